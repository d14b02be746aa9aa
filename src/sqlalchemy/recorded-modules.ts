/**
 * Names across files, with a record of every module that an answer came from. What was read with it holds for as long
 * as these modules stay as they are, those whose code was looked at in all, the others in what they bind: that is how an
 * edit finds out which readings it touches, and no others.
 */
import type { ModuleEntry, NamedModules } from '../python/modules.ts';
import {
  type FileStamp,
  type ModuleChange,
  type ModuleView,
  type SurfaceStamp,
  stampOf,
} from './module-view.ts';
import type { SourceFile } from './project.ts';
import { createNameResolver } from './reading/name-resolver.ts';
import type { NameResolver } from './reading/site.ts';

/** Modules that answers came from, by name. */
export interface AskedModules {
  /** Those whose code was looked at. */
  readonly read: ReadonlyMap<string, FileStamp>;
  /** At the code that binds which names. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those that were asked what a name leads to, and nothing else. */
  readonly named: ReadonlyMap<string, SurfaceStamp>;
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
  /** Further questions stay with a view, whatever the holder goes on to. */
  detach(holder: ViewHolder): void;
}

/** Where questions go: to another view once that is there. */
export interface ViewHolder {
  readonly view: ModuleView;
}

/** Told once of each module that is asked, by its name: of one whose code is looked at, and of one that is asked what a name leads to. */
export interface AskedListener {
  read(module: string): void;
  named(module: string): void;
}

const nobody: AskedListener = { read() {}, named() {} };

export interface RecordingOptions {
  /** Modules that an earlier reading of the same asked, and that are as they were. */
  readonly before?: AskedModules | null | undefined;
  readonly listener?: AskedListener | undefined;
}

export function recordModules(
  first: ViewHolder,
  { before = null, listener = nobody }: RecordingOptions = {},
): RecordedModules {
  let at = first;
  const read = onDemand<string, FileStamp>(before?.read);
  const parts = onDemand<string, ReadonlySet<string>>(before?.parts);
  const asked = onDemand<string, SurfaceStamp>(before?.named);
  /** By the name of the importer, and the name that it asked for: the path of what was found. */
  const finds = onDemand<string, Map<string, string | null>>();
  const paths = onDemand<string, string | null>();
  const packages = onDemand<string, boolean>();
  const memo = onDemand<string, string | null | undefined>();
  const named = <Entry extends ModuleEntry | null>(entry: Entry): Entry => {
    if (entry === null || asked.made().has(entry.name)) return entry;
    const file = at.view.files.get(entry.name);
    asked.made().set(entry.name, file === undefined ? { path: entry.path } : stampOf(file).surface);
    listener.named(entry.name);
    return entry;
  };
  const table: NamedModules = {
    get memo() {
      return memo.made();
    },
    ofScope: scope => named(at.view.table.ofScope(scope)),
    isWithin: name => kept(packages.made(), name, () => at.view.table.isWithin(name)),
    find(name, importer) {
      named(importer);
      const found = named(at.view.table.find(name, importer));
      kept(finds.made(), importer.name, () => new Map<string, string | null>()).set(
        name,
        found?.path ?? null,
      );
      return found;
    },
  };
  const files = {
    get(name: string) {
      const file = at.view.files.get(name);
      if (file) named(file);
      paths.made().set(name, file?.path ?? null);
      return file;
    },
    open(file: SourceFile, name: string) {
      const now = at.view.files.get(file.name) ?? file;
      if (!read.made().has(now.name)) listener.read(now.name);
      read.made().set(now.name, stampOf(now));
      const known = parts.made().get(now.name);
      if (!known?.has(name)) parts.made().set(now.name, new Set([...(known ?? []), name]));
      return now;
    },
  };
  // Made when something is asked: of most recordings nothing is between one edit and the next.
  let resolver: { readonly view: ModuleView; readonly names: NameResolver } | null = null;
  const names = () => {
    // That of another view knows definitions as they were there.
    if (resolver?.view !== at.view) resolver = { view: at.view, names: createNameResolver(table, files) };
    return resolver.names;
  };
  const isRead = (name: string, now: ModuleView) => {
    const stamp = read.map?.get(name);
    const file = now.files.get(name);
    return stamp === undefined || (file !== undefined && stampOf(file) === stamp);
  };
  const isNamed = (name: string, now: ModuleView) => {
    const surface = asked.map?.get(name);
    const file = now.files.get(name);
    return surface === undefined || (file !== undefined && stampOf(file).surface === surface);
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
        parts: parts.map ?? noModules,
        named: asked.map ?? noModules,
        missed: missedIn(finds.map, at.view, before?.missed),
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
    detach(holder) {
      at = holder;
    },
  };
}

const noModules: ReadonlyMap<string, never> = new Map<string, never>();

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
