/** Finds scopes by place and names by Python's rules. Leaves out builtins: a name without bindings may be one. */
import { indexRanges, type RangeIndex } from '../../base/range-index.ts';
import type { Binding } from './binding.ts';
import type { Scope } from './scope.ts';

/** The innermost scope in which a name at the offset is looked up first. */
export function scopeAt(module: Scope, offset: number): Scope {
  let scope = module;
  for (;;) {
    const inner = innerScope(scope.children, offset);
    if (inner === undefined) return scope;
    scope = inner;
  }
}

/** Below this a look at each is quicker. */
const few = 32;
const indexes = new WeakMap<readonly Scope[], RangeIndex<Scope>>();

function innerScope(children: readonly Scope[], offset: number): Scope | undefined {
  if (children.length <= few) return children.find(child => holds(child, offset));
  const index = indexes.get(children) ?? indexRanges(children, ({ range }) => range);
  indexes.set(children, index);
  return index.holding({ start: offset, end: offset }).find(child => holds(child, offset));
}

function holds({ range, hole }: Scope, offset: number): boolean {
  if (offset < range.start || offset > range.end) return false;
  return hole === null || offset < hole.start || offset >= hole.end;
}

/** All bindings of a name as seen from a scope, in source order; empty where no scope around binds it. */
export function lookup(scope: Scope, name: string): readonly Binding[] {
  return owningScope(scope, name)?.bindings.get(name) ?? [];
}

/** The scope whose bindings a name means when used in the given one; null for a builtin or an unbound name. */
export function owningScope(scope: Scope, name: string): Scope | null {
  for (let current: Scope | null = scope; current !== null; current = current.parent) {
    const declared = current.declared.get(name);
    if (declared === 'global')
      return moduleScopeOf(current).bindings.has(name) ? moduleScopeOf(current) : null;
    if (declared === undefined && current.bindings.has(name) && !hides(current, scope)) return current;
  }
  return null;
}

export function moduleScopeOf(scope: Scope): Scope {
  let module = scope;
  while (module.parent !== null) module = module.parent;
  return module;
}

/** The names of a class are seen in its body only, not in the functions and comprehensions below. */
function hides(outer: Scope, from: Scope): boolean {
  if (outer.kind !== 'class') return false;
  let scope: Scope | null = from;
  while (scope !== null && scope !== outer) {
    if (scope.kind !== 'type-parameters') return true;
    scope = scope.parent;
  }
  return false;
}
