/**
 * Canonical dotted names of names and attribute chains, across files: through imports, re-exports, star imports and plain
 * aliases. What is not in the table keeps the name it is imported by. Leaves out values: `x = f()` is named `module.x`.
 */
import { ownerPart } from '../../base/dotted-name.ts';
import { type Binding, effectiveBindings } from '../scopes/binding.ts';
import { BUILTINS } from '../scopes/builtins.ts';
import { moduleScopeOf, owningScope } from '../scopes/lookup.ts';
import type { Scope } from '../scopes/scope.ts';
import type { Expression, ImportFrom, Name } from '../syntax.ts';
import { folderOf, isPackageFile } from './module-names.ts';
import type { ModuleEntry, NamedModules } from './modules.ts';

/** `package.module.Class.member`; names inside functions have `<locals>` in them, as in `__qualname__`. */
export type QualifiedName = string;

/** How many bindings one question may look at. */
const STEP_LIMIT = 500;

interface Resolution {
  readonly table: NamedModules;
  steps: number;
  /** Members being resolved: modules may import each other in a circle. */
  readonly active: Set<string>;
  /** How often a circle was met. */
  circles: number;
}

/** Undefined where there is no such name, null where it is no name for something or may mean two things. */
type Resolved = QualifiedName | null | undefined;

/**
 * The canonical name of a Name or Attribute chain used in a scope; null for anything else, for parameters, loop variables
 * and builtins, and where it may mean two things. The scope must be of a module of the table.
 */
export function qualify(expression: Expression, scope: Scope, table: NamedModules): QualifiedName | null {
  return resolveChain(expression, scope, begin(table)) ?? null;
}

/** The canonical name of what an absolute module offers under a name, as seen from a file; null as for `qualify`. */
export function qualifyMember(
  module: string,
  name: string,
  from: ModuleEntry,
  table: NamedModules,
): QualifiedName | null {
  return resolveImported(module, name, from, begin(table)) ?? null;
}

function begin(table: NamedModules): Resolution {
  return { table, steps: 0, active: new Set(), circles: 0 };
}

function resolveChain(expression: Expression, scope: Scope, resolution: Resolution): Resolved {
  const attributes: string[] = [];
  let root = expression;
  while (root.kind === 'attribute') {
    attributes.push(root.attribute.id);
    root = root.value;
  }
  const entry = resolution.table.ofScope(moduleScopeOf(scope));
  if (root.kind !== 'name' || entry === null) return undefined;
  let qualified = resolveName(root, scope, entry, resolution);
  for (
    let name = attributes.pop();
    name !== undefined && typeof qualified === 'string';
    name = attributes.pop()
  ) {
    qualified = resolveAttribute(qualified, name, entry, resolution);
  }
  return qualified;
}

function resolveName(name: Name, scope: Scope, entry: ModuleEntry, resolution: Resolution): Resolved {
  const owner = owningScope(scope, name.id);
  if (owner === null) return resolveStar(name.id, entry, resolution);
  const offset = runsWith(scope, owner) ? name.start : undefined;
  // Functions see of their module what other modules do, and ask for the same names over and over.
  if (offset === undefined && owner === entry.symbols.scope) return resolveMember(entry, name.id, resolution);
  const bindings = effectiveBindings(owner.bindings.get(name.id) ?? [], offset);
  return agreed(bindings, binding => resolveBinding(binding, owner, entry, resolution));
}

/** Whether code in a scope runs where it stands in the owner: functions run later, with all that was bound by then. */
function runsWith(scope: Scope, owner: Scope): boolean {
  let outer: Scope | null = scope;
  while (outer !== null && outer !== owner && outer.kind !== 'function' && outer.kind !== 'lambda')
    outer = outer.parent;
  return outer === owner;
}

/** The one name that all bindings lead to. */
function agreed(bindings: readonly Binding[], resolve: (binding: Binding) => Resolved): QualifiedName | null {
  const [first, ...others] = bindings;
  const name = first === undefined ? null : (resolve(first) ?? null);
  return name !== null && others.every(binding => resolve(binding) === name) ? name : null;
}

function resolveBinding(
  binding: Binding,
  owner: Scope,
  entry: ModuleEntry,
  resolution: Resolution,
): Resolved {
  if (++resolution.steps > STEP_LIMIT) return null;
  switch (binding.kind) {
    case 'import':
      return resolution.table.find(binding.module, entry)?.name ?? binding.module;
    case 'import-from': {
      const module = absoluteModule(binding.node, entry);
      return module === null ? null : resolveImported(module, binding.imported, entry, resolution);
    }
    case 'assignment': {
      if (binding.unpacked) return null;
      const isAlias = binding.value.kind === 'name' || binding.value.kind === 'attribute';
      const target = isAlias ? resolveChain(binding.value, owner, resolution) : null;
      return target ?? ownName(binding.name, owner, entry);
    }
    case 'annotation':
    case 'class':
    case 'function':
    case 'type-alias':
      return ownName(binding.name, owner, entry);
    default:
      return null;
  }
}

function ownName(name: string, owner: Scope, entry: ModuleEntry): QualifiedName {
  const parts = [name];
  for (let scope: Scope | null = owner; scope !== null; scope = scope.parent) {
    if (scope.kind === 'function') parts.push('<locals>');
    if (scope.kind === 'function' || scope.kind === 'class') {
      parts.push((scope.node as { readonly name: { readonly id: string } }).name.id);
    }
  }
  parts.push(entry.name);
  return parts.reverse().join('.');
}

/** The module that a `from` names, with its dots resolved; null for dots that lead out of every package. */
export function absoluteModule(node: ImportFrom, entry: Pick<ModuleEntry, 'name' | 'path'>): string | null {
  if (node.level === 0) return node.module;
  const parts = entry.name.split('.');
  const up = node.level - (isPackageFile(entry.path) ? 1 : 0);
  if (up > parts.length) return null;
  const base = parts.slice(0, parts.length - up);
  return [...base, ...(node.module === '' ? [] : [node.module])].join('.');
}

function resolveAttribute(
  qualified: QualifiedName,
  name: string,
  entry: ModuleEntry,
  resolution: Resolution,
): Resolved {
  return isModule(qualified, entry, resolution.table)
    ? resolveImported(qualified, name, entry, resolution)
    : `${qualified}.${name}`;
}

/** What a module of the table binds is no module, also where another folder has one of that name: `tests/app/db.py`. */
function isModule(qualified: QualifiedName, importer: ModuleEntry, table: NamedModules): boolean {
  const found = table.find(qualified, importer);
  if (found === null || found.name === qualified) return found !== null;
  const owner = ownerPart(qualified);
  return table.find(owner, importer)?.name !== owner;
}

/** `from module import name`, also for `module.name`: what the module binds, else a module below it. */
function resolveImported(
  module: string,
  name: string,
  importer: ModuleEntry,
  resolution: Resolution,
): Resolved {
  const { table } = resolution;
  const entry = table.find(module, importer);
  const dotted = `${entry?.name ?? module}.${name}`;
  if (entry === null) return table.find(dotted, importer)?.name ?? dotted;
  // A package that imports from itself means the module below: `from . import user`.
  const submodule = submoduleOf(entry, dotted, table);
  if (entry === importer && submodule !== null) return submodule.name;
  const member = resolveMember(entry, name, resolution);
  return member === undefined ? (submodule?.name ?? dotted) : member;
}

/** The module of that name in the package's own folder. */
function submoduleOf(entry: ModuleEntry, dotted: string, table: NamedModules): ModuleEntry | null {
  const found = table.find(dotted, entry);
  return found?.path.startsWith(`${folderOf(entry.path)}/`) === true ? found : null;
}

function resolveMember(entry: ModuleEntry, name: string, resolution: Resolution): Resolved {
  const { memo } = resolution.table;
  const known = memo.get(entry.name) ?? new Map<string, Resolved>();
  memo.set(entry.name, known);
  const found = known.get(name);
  if (found !== undefined || known.has(name)) return found;
  const key = `${entry.name}\0${name}`;
  if (resolution.active.has(key) || ++resolution.steps > STEP_LIMIT) {
    resolution.circles++;
    return undefined;
  }
  const { circles } = resolution;
  resolution.active.add(key);
  const bindings = entry.symbols.exports.get(name);
  const member =
    bindings === undefined
      ? resolveStar(name, entry, resolution)
      : agreed(effectiveBindings(bindings), binding =>
          resolveBinding(binding, entry.symbols.scope, entry, resolution),
        );
  resolution.active.delete(key);
  // In the midst of a circle an answer may lack what the circle's start would add.
  const whole = resolution.circles === circles || resolution.active.size === 0;
  if (whole && resolution.steps <= STEP_LIMIT) known.set(name, member);
  return member;
}

/** The last star import that offers the name; a package outside the table offers it if it is the only one that could. */
function resolveStar(name: string, entry: ModuleEntry, resolution: Resolution): Resolved {
  const { table } = resolution;
  const outside: string[] = [];
  for (const node of entry.symbols.starImports.toReversed()) {
    const module = absoluteModule(node, entry);
    const source = module === null ? null : table.find(module, entry);
    if (source !== null) {
      const member = offers(source, name) ? resolveMember(source, name, resolution) : undefined;
      if (member !== undefined) return member;
    } else if (module !== null && !table.isWithin(module)) outside.push(module);
  }
  const [only] = outside;
  if (only === undefined || BUILTINS.has(name)) return undefined;
  return outside.length === 1 ? `${only}.${name}` : null;
}

function offers({ symbols }: ModuleEntry, name: string): boolean {
  return symbols.all === null ? !name.startsWith('_') : symbols.all.includes(name);
}
