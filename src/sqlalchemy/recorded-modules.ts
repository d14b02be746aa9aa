/**
 * Names across files, with a record of every module that an answer came from. What was read with it holds for as long
 * as these modules stay as they are: that is how an edit finds out which readings it touches, and no others.
 */
import type { ModuleEntry, ModuleTable, NamedModules } from '../python/modules.ts';
import type { SourceFile } from './project.ts';
import { createNameResolver } from './reading/name-resolver.ts';
import type { NameResolver } from './reading/site.ts';

/** All modules of a project at one time. */
export interface ModuleView {
  readonly table: ModuleTable;
  /** By module name. */
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** What became of the modules between two views. */
export interface ModuleChange {
  readonly view: ModuleView;
  /** Entries of the view before that are not in this one. */
  readonly replaced: ReadonlySet<ModuleEntry>;
  /** Whether the same paths bear the same names: then an import leads to the path that it led to before. */
  readonly sameNames: boolean;
}

export interface RecordedModules {
  readonly table: NamedModules;
  readonly names: NameResolver;
  /** Every module that an answer came from; grows with the questions. */
  readonly asked: ReadonlySet<ModuleEntry>;
  /** Whether every answer so far would be given again. */
  holds(change: ModuleChange): boolean;
  /** Further questions go to another view, in which the answers so far hold. */
  moveTo(view: ModuleView): void;
}

const views = new WeakMap<ModuleTable, ModuleView>();

/** The same view for the same table, which is made of the files. */
export function viewOf(files: readonly SourceFile[], table: ModuleTable): ModuleView {
  const known = views.get(table);
  if (known) return known;
  const view = { table, files: new Map(files.map(file => [file.name, file])) };
  views.set(table, view);
  return view;
}

interface KnownChange {
  /** Weak, or each view would keep all views before it. */
  readonly before: WeakRef<ModuleView>;
  readonly change: ModuleChange | null;
}

/** What led to a view from the one before it, which several readings ask for. */
const changes = new WeakMap<ModuleView, KnownChange>();

/** Null where nothing changed. */
export function changeBetween(before: ModuleView, view: ModuleView): ModuleChange | null {
  const known = changes.get(view);
  if (known?.before.deref() === before) return known.change;
  const change = compareViews(before, view);
  changes.set(view, { before: new WeakRef(before), change });
  return change;
}

function compareViews(before: ModuleView, view: ModuleView): ModuleChange | null {
  const replaced = new Set<ModuleEntry>();
  let sameNames = before.files.size === view.files.size;
  for (const [name, file] of before.files) {
    const now = view.files.get(name);
    if (now === file) continue;
    replaced.add(file);
    sameNames &&= now?.path === file.path;
  }
  return replaced.size === 0 && sameNames ? null : { view, replaced, sameNames };
}

/** `before`: modules that an earlier reading of the same asked, and that are as they were. */
export function recordModules(first: ModuleView, before: Iterable<ModuleEntry> = []): RecordedModules {
  let view = first;
  const modules = new Set<ModuleEntry>(before);
  const finds = onDemand<ModuleEntry, Map<string, ModuleEntry | null>>();
  const named = onDemand<string, SourceFile | undefined>();
  const packages = onDemand<string, boolean>();
  const memo = onDemand<string, string | null | undefined>();
  const seen = <Entry extends ModuleEntry | null | undefined>(entry: Entry): Entry => {
    if (entry) modules.add(entry);
    return entry;
  };
  const table: NamedModules = {
    get memo() {
      return memo.made();
    },
    ofScope: scope => seen(view.table.ofScope(scope)),
    isWithin: name => kept(packages.made(), name, () => view.table.isWithin(name)),
    find(name, importer) {
      seen(importer);
      const found = kept(finds.made(), importer, () => new Map<string, ModuleEntry | null>());
      return kept(found, name, () => seen(view.table.find(name, importer)));
    },
  };
  const files = { get: (name: string) => kept(named.made(), name, () => seen(view.files.get(name))) };
  return {
    table,
    names: createNameResolver(table, files),
    asked: modules,
    holds({ view: now, replaced, sameNames }) {
      for (const entry of replaced) if (modules.has(entry)) return false;
      if (sameNames) return true;
      return (
        everyEntry(named.map, (name, file) => now.files.get(name) === file) &&
        everyEntry(packages.map, (name, within) => now.table.isWithin(name) === within) &&
        everyEntry(finds.map, (importer, found) =>
          everyEntry(found, (name, entry) => now.table.find(name, importer) === entry),
        )
      );
    },
    moveTo(next) {
      view = next;
    },
  };
}

/** Several recordings are made of every file, and most are asked nothing: an empty map takes more than what is in it. */
interface OnDemand<Key, Value> {
  map: Map<Key, Value> | null;
  made(): Map<Key, Value>;
}

function onDemand<Key, Value>(): OnDemand<Key, Value> {
  return {
    map: null,
    made() {
      this.map ??= new Map();
      return this.map;
    },
  };
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, read: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined || map.has(key)) return known as Value;
  const value = read();
  map.set(key, value);
  return value;
}

function everyEntry<Key, Value>(
  map: ReadonlyMap<Key, Value> | null,
  test: (key: Key, value: Value) => boolean,
): boolean {
  for (const [key, value] of map ?? []) if (!test(key, value)) return false;
  return true;
}
