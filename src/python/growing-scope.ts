/** Scopes while they are being read: what opens them and what binds names in them. `scope.ts` fills them. */
import type { TextRange } from '../base/range.ts';
import type { Binding } from './binding.ts';
import type {
  ClassDefinition,
  Comprehension,
  FunctionDefinition,
  ImportFrom,
  Lambda,
  Module,
  TypeAlias,
} from './syntax.ts';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'type-parameters';

export type ScopeNode = Module | ClassDefinition | FunctionDefinition | Lambda | Comprehension | TypeAlias;

/** As `Scope`, with room to grow. */
export interface GrowingScope {
  readonly kind: ScopeKind;
  readonly node: ScopeNode;
  readonly range: TextRange;
  readonly hole: TextRange | null;
  readonly parent: GrowingScope | null;
  readonly children: GrowingScope[];
  readonly bindings: Map<string, Binding[]>;
  readonly declared: Map<string, 'global' | 'nonlocal'>;
  readonly starImports: ImportFrom[];
}

export interface ScopeOpening {
  readonly kind: ScopeKind;
  readonly node: ScopeNode;
  readonly range: TextRange;
  readonly hole?: TextRange;
}

export function openScope(parent: GrowingScope | null, opening: ScopeOpening): GrowingScope {
  const { kind, node, range, hole = null } = opening;
  const scope: GrowingScope = {
    kind,
    node,
    range,
    hole,
    parent,
    children: [],
    bindings: new Map(),
    declared: new Map(),
    starImports: [],
  };
  parent?.children.push(scope);
  return scope;
}

/** Binds in the scope that the name belongs to. */
export function bind(scope: GrowingScope, binding: Binding): void {
  // Half-typed code defines what has no name yet.
  if (binding.name === '') return;
  const owner = ownerOf(scope, binding.name);
  const kept: Binding = owner === scope ? binding : { ...binding, branch: 'deferred' };
  const list = owner.bindings.get(kept.name);
  if (list === undefined) owner.bindings.set(kept.name, [kept]);
  else list.push(kept);
}

function ownerOf(scope: GrowingScope, name: string): GrowingScope {
  const declared = scope.declared.get(name);
  if (declared === undefined) return scope;
  let owner = scope;
  while (owner.parent !== null) {
    owner = owner.parent;
    if (declared === 'nonlocal' && owner.kind === 'function' && owner.bindings.has(name)) return owner;
  }
  return declared === 'global' ? owner : scope;
}

/** Deferred bindings come from functions, which are read where they stand. */
export function sortBindings(module: GrowingScope): void {
  const scopes = [module];
  for (let scope = scopes.pop(); scope !== undefined; scope = scopes.pop()) {
    for (const list of scope.bindings.values()) list.sort((a, b) => a.range.start - b.range.start);
    scopes.push(...scope.children);
  }
}
