/**
 * The modules of a workspace and what each of them offers under which name. A module's symbols come from its own text
 * only, so that an edit touches one module; what names lead to in other modules is in `qualify.ts`, worked out on demand.
 */
import { lastPart as lastOfDotted } from '../../base/dotted-name.ts';
import { groupBy } from '../../base/group-by.ts';
import type { Binding } from '../scopes/binding.ts';
import type { Scope } from '../scopes/scope.ts';
import type { Expression, ImportFrom, Module } from '../syntax.ts';
import { folderOf } from './module-names.ts';

export interface ModuleSymbols {
  readonly scope: Scope;
  /** What the module binds at its top level, by name. */
  readonly exports: ReadonlyMap<string, readonly Binding[]>;
  /** In source order. */
  readonly starImports: readonly ImportFrom[];
  /** The names in `__all__`; null where there is none, or where it is computed. */
  readonly all: readonly string[] | null;
}

/** One module of the table; a parsed source file is one. */
export interface ModuleEntry {
  readonly path: string;
  /** Dotted, and its own: see `module-names.ts`. */
  readonly name: string;
  readonly symbols: ModuleSymbols;
}

/** What members of modules lead to, by the name of the module and their own. */
export type MemberMemo = Map<string, Map<string, string | null | undefined>>;

/** Modules as names are resolved with: asked one by one. */
export interface NamedModules {
  /** The module that `name` means when imported in a file. */
  find(name: string, importer: ModuleEntry): ModuleEntry | null;
  /** The module that a scope is part of. */
  ofScope(moduleScope: Scope): ModuleEntry | null;
  /** Whether a module would be part of the workspace: one of the same top-level package is in the table. */
  isWithin(name: string): boolean;
  /** Results of `qualify.ts`, which hold as long as the table. */
  readonly memo: MemberMemo;
}

export interface ModuleTable extends NamedModules {
  /** The table with other entries in place of those of the same paths, which must bear the same names. */
  replacing(entries: Iterable<ModuleEntry>): ModuleTable;
}

export function readModuleSymbols(module: Module, scopes: Scope): ModuleSymbols {
  return {
    scope: scopes,
    exports: scopes.bindings,
    starImports: scopes.starImports,
    all: readAll(module),
  };
}

/** Follows `__all__ = […]`, `__all__ += […]`, `.append(…)` and `.extend(…)` at the top level. */
function readAll(module: Module): readonly string[] | null {
  let names: string[] | null = null;
  for (const statement of module.body) {
    if (statement.kind === 'assignment') {
      if (!statement.targets.some(isAll) || statement.value === null) continue;
      names = stringsOf(statement.value);
    } else if (statement.kind === 'augmented-assignment') {
      if (isAll(statement.target)) names = joined(names, stringsOf(statement.value));
    } else if (statement.kind === 'expression' && statement.expression.kind === 'call') {
      const { function: called, arguments: values } = statement.expression;
      if (called.kind !== 'attribute' || !isAll(called.value)) continue;
      const [value] = values;
      const added = value === undefined ? null : stringsOf(value.value);
      names = called.attribute.id === 'remove' ? null : joined(names, added);
    }
  }
  return names;
}

function isAll(expression: Expression): boolean {
  return expression.kind === 'name' && expression.id === '__all__';
}

function joined(names: string[] | null, more: string[] | null): string[] | null {
  return names === null || more === null ? null : [...names, ...more];
}

function stringsOf(expression: Expression): string[] | null {
  if (expression.kind === 'string') return expression.value === null ? null : [expression.value];
  if (expression.kind === 'binary' && expression.operator === '+') {
    return joined(stringsOf(expression.left), stringsOf(expression.right));
  }
  if (expression.kind !== 'list' && expression.kind !== 'tuple' && expression.kind !== 'set') return null;
  const names: string[] = [];
  for (const element of expression.elements) {
    if (element.kind !== 'string' || element.value === null) return null;
    names.push(element.value);
  }
  return names;
}

export interface ModuleTableOptions {
  /**
   * Top-level names that always mean an installed package, also where a file of the workspace could be imported by that
   * name from its own folder (`adapters/sqlalchemy.py`).
   */
  readonly external?: ReadonlySet<string>;
}

export function createModuleTable(
  entries: Iterable<ModuleEntry>,
  options: ModuleTableOptions = {},
): ModuleTable {
  const byName = new Map<string, ModuleEntry>();
  const byLastPart = new Map<string, ModuleEntry[]>();
  const byScope = new Map<Scope, ModuleEntry>();
  const packages = new Set<string>();
  /** Whether the module lies in a package, and the imported name says nothing of it. */
  const isOfPackage = (found: string, name: string, importer: ModuleEntry) =>
    !name.includes('.') &&
    found.endsWith(`.${name}`) &&
    // The package's own `__init__` may be no part of the table.
    (byName.has(found.slice(0, -name.length - 1)) || topOf(found) === topOf(importer.name));
  for (const entry of entries) {
    byName.set(entry.name, entry);
    packages.add(topOf(entry.name));
    byScope.set(entry.symbols.scope, entry);
    const last = lastPart(modulePath(entry.path));
    const namesakes = byLastPart.get(last);
    if (namesakes === undefined) byLastPart.set(last, [entry]);
    else namesakes.push(entry);
  }
  const base: NamedModules = {
    memo: new Map(),
    isWithin: name => packages.has(topOf(name)),
    ofScope: scope => byScope.get(scope) ?? null,
    find: (name, importer) => {
      const exact = byName.get(name);
      if (exact !== undefined) return exact;
      if (name === '' || options.external?.has(topOf(name)) === true) return null;
      const namesakes = byLastPart.get(lastOfDotted(name));
      if (namesakes === undefined) return null;
      const found = nearest(namesakes, name.replaceAll('.', '/'), importer);
      return found !== null && isOfPackage(found.name, name, importer) && knowsItsPackage(importer)
        ? null
        : found;
    },
  };
  return { ...base, replacing: replaced => replacing(base, new Map(), replaced) };
}

/** An edit replaces one of thousands: the tables by name stay, and lead to the newest entry of a path. */
function replacing(
  base: NamedModules,
  before: ReadonlyMap<string, ModuleEntry>,
  replaced: Iterable<ModuleEntry>,
): ModuleTable {
  const newest = new Map(before);
  for (const entry of replaced) newest.set(entry.path, entry);
  const byScope = new Map([...newest.values()].map(entry => [entry.symbols.scope, entry]));
  return {
    memo: new Map(),
    isWithin: base.isWithin,
    ofScope(scope) {
      const entry = byScope.get(scope) ?? base.ofScope(scope);
      return entry === null || (newest.get(entry.path) ?? entry) === entry ? entry : null;
    },
    find(name, importer) {
      const entry = base.find(name, importer);
      return entry === null ? null : (newest.get(entry.path) ?? entry);
    },
    replacing: more => replacing(base, newest, more),
  };
}

/**
 * The module whose path ends with the imported name, for projects below the workspace's folder and for namesakes. The
 * nearest to the importer counts, none where two are equally near. One part alone must lie in a folder above the importer.
 */
function nearest(namesakes: readonly ModuleEntry[], tail: string, importer: ModuleEntry): ModuleEntry | null {
  let found: ModuleEntry | null = null;
  let most = -1;
  for (const entry of namesakes) {
    const root = folderOfImport(entry.path, tail, importer);
    if (root === null) continue;
    const shared = sharedFolders(root, importer.path);
    if (shared === most) found = null;
    else if (shared > most) {
      most = shared;
      found = entry;
    }
  }
  return found;
}

/** The folder from which an import finds the file by its path's end; null where it does not. */
function folderOfImport(file: string, tail: string, importer: ModuleEntry): string | null {
  const path = modulePath(file);
  if (file === importer.path || (path !== tail && !path.endsWith(`/${tail}`))) return null;
  const root = path.slice(0, Math.max(0, path.length - tail.length - 1));
  return tail.includes('/') || isWithin(importer.path, root) ? root : null;
}

/** Files of a workspace by the names that others may import them by, also those that are not parsed. */
export function filesByImport<F extends { readonly path: string; readonly name: string }>(
  files: readonly F[],
): (name: string, importer: ModuleEntry) => readonly F[] {
  const byName = groupBy(files, each => each.name);
  const byLastPart = groupBy(files, each => lastPart(modulePath(each.path)));
  return (name, importer) =>
    byName.get(name) ??
    (byLastPart.get(lastOfDotted(name)) ?? []).filter(
      each => folderOfImport(each.path, name.replaceAll('.', '/'), importer) !== null,
    );
}

/**
 * Files that import their own package by its full name, or relatively, are found by Python from above it: a bare name then
 * means an installed package, not the file beside it.
 */
export function knowsItsPackage({ name, symbols }: ModuleEntry): boolean {
  const top = topOf(name);
  const bindings = [...symbols.exports.values()].flat();
  return bindings.some(
    each =>
      (each.kind === 'import-from' && (each.level > 0 || topOf(each.module) === top)) ||
      (each.kind === 'import' && topOf(each.module) === top),
  );
}

function topOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** A module's path without what a dotted name leaves out. */
function modulePath(path: string): string {
  return path.replace(/\.pyi?$/, '').replace(/(^|\/)__init__$/, '');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function sharedFolders(root: string, path: string): number {
  const left = root.split('/');
  const right = folderOf(path).split('/');
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}
