/** What is looked for in the texts of all files: after an edit only in those that are others. Has a lifetime. */
import { isSameList } from '../base/same-list.ts';
import { hasMatch, matchesInFile } from './file-matches.ts';
import type { ModuleView } from './module-view.ts';
import type { SourceFile } from './project.ts';

interface Found<Item> {
  readonly view: ModuleView;
  readonly items: readonly Item[];
}

export class TextSearches {
  readonly #files = new Map<string, Found<SourceFile>>();
  readonly #matches = new Map<string, Found<string>>();

  /** See `filesWith` of a project. */
  filesWith(view: ModuleView, pattern: RegExp, part: string): readonly SourceFile[] {
    const key = `${pattern}`;
    const search = (file: SourceFile) => (hasMatch(file, pattern, part) ? [file] : []);
    const before = this.#files.get(key);
    const renewed = before && renewedIn(before.view, view);
    const isAlike = renewed && [...renewed].every(pair => search(pair[0]).length === search(pair[1]).length);
    const items = isAlike
      ? before.items.map(file => renewed.get(file) ?? file)
      : [...view.byPath.values()].flatMap(search);
    this.#files.set(key, { view, items });
    return items;
  }

  /** See `matchesIn` of a project. */
  matchesIn(view: ModuleView, pattern: RegExp, part: string): readonly string[] {
    const key = `${pattern} ${part}`;
    const search = (file: SourceFile) => matchesInFile(file, pattern, part);
    const before = this.#matches.get(key);
    const renewed = before && renewedIn(before.view, view);
    const isAlike = renewed && [...renewed].every(pair => isSameList(search(pair[0]), search(pair[1])));
    const items = isAlike ? before.items : [...view.byPath.values()].flatMap(search);
    this.#matches.set(key, { view, items });
    return items;
  }
}

/** The files of a view by those in whose places they stand; null where files came, went or changed places. */
function renewedIn(before: ModuleView, view: ModuleView): ReadonlyMap<SourceFile, SourceFile> | null {
  const paths = before.byPath.keysApart(view.byPath);
  if (paths === null) return null;
  const renewed = new Map<SourceFile, SourceFile>();
  for (const path of paths) {
    const [file, now] = [before.byPath.get(path), view.byPath.get(path)];
    if (file && now) renewed.set(file, now);
  }
  return renewed;
}
