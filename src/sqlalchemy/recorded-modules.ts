/**
 * Names across files, with a record of every module that an answer came from. What was read with it holds for as long
 * as these modules stay as they are, those whose code was looked at in all, the others in what they bind: that is how an
 * edit finds out which readings it touches, and no others.
 */
import { surfaceOf } from '../python/module-surface.ts';
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
  /** Names of the modules of the view before that are not the same in this one. */
  readonly replaced: ReadonlySet<string>;
  /** Whether the same paths bear the same names: then an import leads to the path that it led to before. */
  readonly sameNames: boolean;
}

/** Modules that answers came from, by name. */
export interface AskedModules {
  /** Those whose code was looked at. */
  readonly read: ReadonlyMap<string, ModuleEntry>;
  /** At the code that binds which names. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those that were asked what a name leads to, and nothing else. */
  readonly named: ReadonlyMap<string, ModuleEntry>;
  /** Names that led to no module of that very name: one that comes or goes may be what they mean. */
  readonly missed: ReadonlySet<string>;
}

export interface RecordedModules {
  readonly table: NamedModules;
  readonly names: NameResolver;
  /** The file as it is now, of which more is looked at than what it binds: at what it binds to the name. */
  open(file: SourceFile, name: string): SourceFile;
  /** Every module that an answer came from; grows with the questions. */
  readonly asked: AskedModules;
  /** Whether every answer so far would be given again. */
  holds(change: ModuleChange): boolean;
  /** The same for any view. */
  holdsIn(view: ModuleView): boolean;
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
  const replaced = new Set<string>();
  let sameNames = before.files.size === view.files.size;
  for (const [name, file] of before.files) {
    const now = view.files.get(name);
    if (now === file) continue;
    replaced.add(name);
    sameNames &&= now?.path === file.path;
  }
  return replaced.size === 0 && sameNames ? null : { view, replaced, sameNames };
}

/** `before`: modules that an earlier reading of the same asked, and that are as they were. */
export function recordModules(first: ModuleView, before: AskedModules | null = null): RecordedModules {
  let view = first;
  const read = onDemand<string, ModuleEntry>(before?.read);
  const parts = onDemand<string, ReadonlySet<string>>(before?.parts);
  const asked = onDemand<string, ModuleEntry>(before?.named);
  /** By the name of the importer, and the name that it asked for: the path of what was found. */
  const finds = onDemand<string, Map<string, string | null>>();
  const paths = onDemand<string, string | null>();
  const packages = onDemand<string, boolean>();
  const memo = onDemand<string, string | null | undefined>();
  const named = <Entry extends ModuleEntry | null>(entry: Entry): Entry => {
    if (entry !== null) asked.made().set(entry.name, entry);
    return entry;
  };
  const table: NamedModules = {
    get memo() {
      return memo.made();
    },
    ofScope: scope => named(view.table.ofScope(scope)),
    isWithin: name => kept(packages.made(), name, () => view.table.isWithin(name)),
    find(name, importer) {
      named(importer);
      const found = named(view.table.find(name, importer));
      kept(finds.made(), importer.name, () => new Map<string, string | null>()).set(
        name,
        found?.path ?? null,
      );
      return found;
    },
  };
  const files = {
    get(name: string) {
      const file = view.files.get(name);
      if (file) named(file);
      paths.made().set(name, file?.path ?? null);
      return file;
    },
    open(file: SourceFile, name: string) {
      const now = view.files.get(file.name) ?? file;
      read.made().set(now.name, now);
      const known = parts.made().get(now.name);
      if (!known?.has(name)) parts.made().set(now.name, new Set([...(known ?? []), name]));
      return now;
    },
  };
  // Made when something is asked: of most recordings nothing is between one edit and the next.
  let resolver: NameResolver | null = null;
  const names = () => {
    resolver ??= createNameResolver(table, files);
    return resolver;
  };
  const isRead = (name: string, now: ModuleView) => {
    const entry = read.map?.get(name);
    return entry === undefined || now.files.get(name) === entry;
  };
  const isNamed = (name: string, now: ModuleView) => {
    const entry = asked.map?.get(name);
    if (entry === undefined) return true;
    const current = now.files.get(name);
    if (current === undefined || !isSameSurface(current, entry)) return false;
    // The newest, or the one before would be kept with all of its tree.
    asked.made().set(name, current);
    return true;
  };
  const leadsAsBefore = (now: ModuleView) =>
    everyEntry(paths.map, (name, path) => (now.files.get(name)?.path ?? null) === path) &&
    everyEntry(packages.map, (name, within) => now.table.isWithin(name) === within) &&
    everyEntry(finds.map, (name, found) => {
      const importer = now.files.get(name);
      return (
        importer !== undefined &&
        everyEntry(found, (each, path) => (now.table.find(each, importer)?.path ?? null) === path)
      );
    });
  return {
    table,
    names: {
      qualify: (expression, file) => names().qualify(expression, file),
      definitionOf: qualifiedName => names().definitionOf(qualifiedName),
    },
    open: (file, name) => files.open(file, name),
    get asked() {
      return {
        read: read.map ?? noModules,
        parts: parts.map ?? noParts,
        named: asked.map ?? noModules,
        missed: missedIn(finds.map, view, before?.missed),
      };
    },
    holds({ view: now, replaced, sameNames }) {
      for (const name of replaced) if (!isRead(name, now) || !isNamed(name, now)) return false;
      return sameNames || leadsAsBefore(now);
    },
    holdsIn(now) {
      return (
        everyEntry(read.map, name => isRead(name, now)) &&
        everyEntry(asked.map, name => isNamed(name, now)) &&
        leadsAsBefore(now)
      );
    },
    moveTo(next) {
      if (view === next) return;
      view = next;
      // It knows definitions as they were.
      resolver = null;
    },
  };
}

const noModules: ReadonlyMap<string, ModuleEntry> = new Map();
const noParts: ReadonlyMap<string, ReadonlySet<string>> = new Map();

function isSameSurface(one: ModuleEntry, two: ModuleEntry): boolean {
  return one === two || (one.path === two.path && surfaceOf(one.symbols) === surfaceOf(two.symbols));
}

function missedIn(
  finds: ReadonlyMap<string, ReadonlyMap<string, string | null>> | null,
  { files }: ModuleView,
  before: Iterable<string> = [],
): ReadonlySet<string> {
  const missed = new Set(before);
  for (const found of finds?.values() ?? [])
    for (const [name, path] of found) if (path === null || files.get(name)?.path !== path) missed.add(name);
  return missed;
}

/** Several recordings are made of every file, and most are asked nothing: an empty map takes more than what is in it. */
interface OnDemand<Key, Value> {
  map: Map<Key, Value> | null;
  made(): Map<Key, Value>;
}

function onDemand<Key, Value>(before?: ReadonlyMap<Key, Value>): OnDemand<Key, Value> {
  return {
    map: before === undefined ? null : new Map(before),
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
