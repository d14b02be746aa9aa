/** Files that a scaffold would make where others are: found, and settled as the user chooses. */
import type { ClashChoice } from '../base/clash-choice.ts';
import type { Rendering, ScaffoldFile } from './scaffold.ts';

/** Paths of files that are to be made and are there already. `exists` knows files of every kind. */
export function clashesIn(
  files: readonly ScaffoldFile[],
  exists: (path: string) => boolean,
): readonly string[] {
  return files.flatMap(file =>
    file.kind === 'create' && !file.replaces && exists(file.path) ? [file.path] : [],
  );
}

export type ClashChoices = (path: string) => ClashChoice | undefined;

/** Clashes without a choice stay as they are. */
export function settleClashes<Files extends Pick<Rendering, 'files' | 'open'>>(
  rendering: Files,
  choiceOf: ClashChoices,
  exists: (path: string) => boolean,
): Files {
  const clashes = new Set(clashesIn(rendering.files, exists));
  const moved = new Map<string, string>();
  const files = rendering.files.flatMap((file): readonly ScaffoldFile[] => {
    const choice = clashes.has(file.path) ? choiceOf(file.path) : undefined;
    if (file.kind !== 'create' || choice === undefined) return [file];
    if (choice === 'keep') return [];
    if (choice === 'replace') return [{ ...file, replaces: true }];
    const path = freePath(file.path, exists);
    moved.set(file.path, path);
    return [{ ...file, path }];
  });
  const { open } = rendering;
  return { ...rendering, files, open: open === null ? null : (moved.get(open) ?? open) };
}

/** `health_new.py`, or `health_new_2.py`. */
function freePath(path: string, exists: (path: string) => boolean): string {
  const [, stem = path, ending = ''] = /^(.*?)(\.[^./]*)?$/.exec(path) ?? [];
  for (let number = 1; ; number++) {
    const free = `${stem}_new${number === 1 ? '' : `_${number}`}${ending}`;
    if (!exists(free)) return free;
  }
}
