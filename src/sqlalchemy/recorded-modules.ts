/**
 * Names across files, with a record of every module that an answer came from. What was read with it holds for as long
 * as these modules stay as they are, those whose code was looked at in all, the others in what they bind: that is how an
 * edit finds out which readings it touches, and no others.
 */
import { firstPart } from '../base/dotted-name.ts';
import type { MemberMemo, ModuleEntry, NamedModules } from '../python/modules/modules.ts';
import type { Scope } from '../python/scopes/scope.ts';
import type { Expression } from '../python/syntax.ts';
import type { Definition } from './linked-project.ts';
import {
  type FileStamp,
  type ModuleChange,
  type ModuleView,
  type SurfaceStamp,
  stampOf,
} from './module-view.ts';
import type { SourceFile } from './project.ts';
import { createNameResolver, type FilesByName } from './reading/name-resolver.ts';
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
  readonly missed: readonly string[];
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
  /** Lets go of what makes further questions cheaper: it takes more memory than all that has to be kept. */
  rest(): void;
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

export function recordModules(at: ViewHolder, options: RecordingOptions = {}): RecordedModules {
  return new Recording(at, options);
}

/** All of it in one object: several are made of every file, and kept. Maps are made when something is noted in them. */
class Recording implements RecordedModules, NamedModules, NameResolver, FilesByName {
  #at: ViewHolder;
  readonly #listener: AskedListener;
  readonly #before: AskedModules | null;
  #read: Map<string, FileStamp> | null;
  #parts: Map<string, ReadonlySet<string>> | null;
  /** Those of `#parts` that are nobody else's. */
  #grown: Map<string, Set<string>> | null = null;
  #named: Map<string, SurfaceStamp> | null;
  /** By the name of the importer, and the name that it asked for: the path of what was found. */
  #finds: Map<string, Map<string, string | null>> | null = null;
  #paths: Map<string, string | null> | null = null;
  /** By their top-level names. */
  #packages: Map<string, boolean> | null = null;
  #memo: MemberMemo | null = null;
  /** What `asked` gave last; null once more was asked, or other modules are there. */
  #asked: AskedModules | null = null;
  #resolver: NameResolver | null = null;
  /** Of the resolver, which knows definitions as they are there. */
  #resolved: ModuleView | null = null;

  constructor(at: ViewHolder, { before = null, listener = nobody }: RecordingOptions) {
    this.#at = at;
    this.#listener = listener;
    this.#before = before;
    this.#read = before && new Map(before.read);
    this.#parts = before && new Map(before.parts);
    this.#named = before && new Map(before.named);
  }

  get table(): NamedModules {
    return this;
  }

  get names(): NameResolver {
    return this;
  }

  get asked(): AskedModules {
    this.#asked ??= {
      read: this.#read ?? noModules,
      parts: this.#parts ?? noModules,
      named: this.#named ?? noModules,
      missed: missedIn(this.#finds, this.#at.view, this.#before?.missed),
    };
    return this.#asked;
  }

  holds({ view: now, replaced, sameNames }: ModuleChange): boolean {
    for (const name of replaced) if (!this.#isRead(name, now) || !this.#isNamed(name, now)) return false;
    if (sameNames) return true;
    this.#asked = null;
    return this.#leadsAsBefore(now);
  }

  holdsIn(now: ModuleView): boolean {
    return (
      everyEntry(this.#read, name => this.#isRead(name, now)) &&
      everyEntry(this.#named, name => this.#isNamed(name, now)) &&
      this.#leadsAsBefore(now)
    );
  }

  detach(holder: ViewHolder): void {
    this.#at = holder;
  }

  rest(): void {
    this.#resolver = null;
    this.#memo = null;
    this.#grown = null;
  }

  get answers(): object | null {
    return this.#names.answers;
  }

  qualify(expression: Expression, file: SourceFile): string | null {
    return this.#names.qualify(expression, file);
  }

  definitionOf(qualifiedName: string): Definition | null {
    return this.#names.definitionOf(qualifiedName);
  }

  get memo(): MemberMemo {
    this.#memo ??= new Map();
    return this.#memo;
  }

  ofScope(scope: Scope): ModuleEntry | null {
    return this.#noted(this.#at.view.table.ofScope(scope));
  }

  isWithin(name: string): boolean {
    const top = firstPart(name);
    this.#packages ??= new Map();
    return kept(this.#packages, top, () => this.#at.view.table.isWithin(top));
  }

  find(name: string, importer: ModuleEntry): ModuleEntry | null {
    this.#noted(importer);
    const found = this.#noted(this.#at.view.table.find(name, importer));
    this.#asked = null;
    this.#finds ??= new Map();
    kept(this.#finds, importer.name, () => new Map<string, string | null>()).set(name, found?.path ?? null);
    return found;
  }

  get(name: string): SourceFile | undefined {
    const file = this.#at.view.files.get(name);
    // Of a library, one note says it of all names.
    if (file === undefined && !this.isWithin(name)) return undefined;
    if (file) this.#noted(file);
    this.#paths ??= new Map();
    this.#paths.set(file?.name ?? name, file?.path ?? null);
    return file;
  }

  open(file: SourceFile, name: string): SourceFile {
    const now = this.#at.view.files.get(file.name) ?? file;
    this.#asked = null;
    this.#read ??= new Map();
    if (!this.#read.has(now.name)) this.#listener.read(now.name);
    this.#read.set(now.name, stampOf(now));
    this.#parts ??= new Map();
    const known = this.#parts.get(now.name);
    if (!known?.has(name)) this.#ownParts(now.name, known).add(name);
    return now;
  }

  /** Those of an earlier reading are shared with it, and copied once more come to them. */
  #ownParts(module: string, known: ReadonlySet<string> | undefined): Set<string> {
    this.#grown ??= new Map();
    let own = this.#grown.get(module);
    if (own === undefined) {
      own = new Set(known);
      this.#grown.set(module, own);
      this.#parts?.set(module, own);
    }
    return own;
  }

  /** Made when something is asked: of most recordings nothing is between one edit and the next. */
  get #names(): NameResolver {
    const { view } = this.#at;
    if (this.#resolver === null || this.#resolved !== view) this.#resolver = createNameResolver(this, this);
    this.#resolved = view;
    return this.#resolver;
  }

  #noted<Entry extends ModuleEntry | null>(entry: Entry): Entry {
    if (entry === null) return entry;
    this.#named ??= new Map();
    if (this.#named.has(entry.name)) return entry;
    this.#asked = null;
    const file = this.#at.view.files.get(entry.name);
    this.#named.set(entry.name, file === undefined ? { path: entry.path } : stampOf(file).surface);
    this.#listener.named(entry.name);
    return entry;
  }

  #isRead(name: string, now: ModuleView): boolean {
    const stamp = this.#read?.get(name);
    const file = now.files.get(name);
    return stamp === undefined || (file !== undefined && stampOf(file) === stamp);
  }

  #isNamed(name: string, now: ModuleView): boolean {
    const surface = this.#named?.get(name);
    const file = now.files.get(name);
    return surface === undefined || (file !== undefined && stampOf(file).surface === surface);
  }

  #leadsAsBefore(now: ModuleView): boolean {
    return (
      everyEntry(this.#paths, (name, path) => (now.files.get(name)?.path ?? null) === path) &&
      everyEntry(this.#packages, (name, within) => now.table.isWithin(name) === within) &&
      everyEntry(this.#finds, (name, found) => {
        const importer = now.files.get(name);
        return (
          importer !== undefined &&
          everyEntry(found, (each, path) => (now.table.find(each, importer)?.path ?? null) === path)
        );
      })
    );
  }
}

const noModules: ReadonlyMap<string, never> = new Map<string, never>();

function missedIn(
  finds: ReadonlyMap<string, ReadonlyMap<string, string | null>> | null,
  { files }: ModuleView,
  before: Iterable<string> = [],
): readonly string[] {
  const missed = new Set(before);
  for (const found of finds?.values() ?? [])
    for (const [name, path] of found) if (path === null || files.get(name)?.path !== path) missed.add(name);
  return [...missed];
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
