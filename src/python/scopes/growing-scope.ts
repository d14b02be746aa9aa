/** Scopes while they are being read: what opens them and what binds names in them. `scope.ts` fills them. */
import type { TextRange } from '../../base/range.ts';
import type {
  ClassDefinition,
  Comprehension,
  FunctionDefinition,
  ImportFrom,
  Lambda,
  Module,
  Statement,
  TypeAlias,
} from '../syntax.ts';
import type { Binding } from './binding.ts';

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
  /**
   * What is in the scopes of functions below, by their bodies; null where it is read with what they stand in. A scope
   * goes with its body: it is made of the nodes in it.
   */
  readonly contents: FunctionScopeContents | null;
}

type FunctionScopeContents = WeakMap<readonly Statement[], ScopeContent>;

type FunctionScopeReader = (scope: GrowingScope, node: FunctionDefinition) => void;

export type ScopeContent = Pick<GrowingScope, 'children' | 'bindings' | 'declared' | 'starImports'>;

export interface ScopeOpening {
  readonly kind: ScopeKind;
  readonly node: ScopeNode;
  readonly range: TextRange;
  readonly hole?: TextRange;
  /** Of a module. */
  readonly contents?: GrowingScope['contents'];
}

export function openScope(parent: GrowingScope | null, opening: ScopeOpening): GrowingScope {
  const { kind, node, range, hole = null, contents = parent?.contents ?? null } = opening;
  const scope: GrowingScope = { kind, node, range, hole, parent, ...emptyContent(), contents };
  parent?.children.push(scope);
  return scope;
}

/** The scope of a function: `read` fills it, at once or as often as its body has been read anew. */
export function openFunctionScope(
  parent: GrowingScope,
  { node, range }: { readonly node: FunctionDefinition; readonly range: TextRange },
  read: FunctionScopeReader,
): void {
  const { contents } = parent;
  if (contents === null) {
    read(openScope(parent, { kind: 'function', node, range }), node);
    return;
  }
  parent.children.push(new FunctionScope(parent, { node, range, contents, read }));
}

/** As long as a definition, whose body may come and go. */
class FunctionScope implements GrowingScope {
  readonly kind = 'function';
  readonly node: FunctionDefinition;
  readonly range: TextRange;
  readonly hole = null;
  readonly parent: GrowingScope;
  readonly contents = null;
  readonly #contents: FunctionScopeContents;
  readonly #read: FunctionScopeReader;

  constructor(parent: GrowingScope, { node, range, contents, read }: FunctionScopeOptions) {
    this.node = node;
    this.range = range;
    this.parent = parent;
    this.#contents = contents;
    this.#read = read;
  }

  get children(): GrowingScope[] {
    return this.#content().children;
  }

  get bindings(): Map<string, Binding[]> {
    return this.#content().bindings;
  }

  get declared(): Map<string, 'global' | 'nonlocal'> {
    return this.#content().declared;
  }

  get starImports(): ImportFrom[] {
    return this.#content().starImports;
  }

  #content(): ScopeContent {
    const { body } = this.node;
    const known = this.#contents.get(body);
    if (known !== undefined) return known;
    const made = emptyContent();
    this.#contents.set(body, made);
    this.#read(this, this.node);
    sortBindings(this);
    return made;
  }
}

interface FunctionScopeOptions {
  readonly node: FunctionDefinition;
  readonly range: TextRange;
  readonly contents: FunctionScopeContents;
  readonly read: FunctionScopeReader;
}

function emptyContent(): ScopeContent {
  return { children: [], bindings: new Map(), declared: new Map(), starImports: [] };
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
export function sortBindings(outer: GrowingScope): void {
  const scopes = [outer];
  for (let scope = scopes.pop(); scope !== undefined; scope = scopes.pop()) {
    for (const list of scope.bindings.values()) list.sort((a, b) => a.range.start - b.range.start);
    const { contents, children } = scope;
    // Those that are read when they are asked for are sorted then.
    scopes.push(...(contents === null ? children : children.filter(({ kind }) => kind !== 'function')));
  }
}
