/**
 * Queries that a function keeps in variables, to build them further and to run them later: `query = query.filter(…)`. One
 * can be converted where all that becomes of it is known: nothing else is kept in its variables, nobody else gets it, and it
 * is the same session that runs it.
 */
import { contains } from '../../base/range.ts';
import type { Binding } from '../../python/scopes/binding.ts';
import { owningScope, scopeAt } from '../../python/scopes/lookup.ts';
import type { Scope } from '../../python/scopes/scope.ts';
import type { Expression, Name, Statement, SyntaxNode } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { FileConversion } from './file-conversion.ts';
import {
  chainOn,
  embeddings,
  isGivenToIn,
  isIterated,
  type Parents,
  type QueryChain,
} from './query-chain.ts';

export interface KeptQuery {
  /** Where it begins: `query = session.query(User)`, in each branch. */
  readonly roots: readonly QueryChain[];
  /** `query = query.filter(…)`. */
  readonly builds: readonly QueryChain[];
  /** Chains that run it, or make a part of another statement of it. */
  readonly uses: readonly QueryChain[];
}

/** The queries that variables of functions hold, by each chain that one begins with; a sentence where one has to stay. */
export function keptQueries(
  chains: readonly QueryChain[],
  parents: Parents,
  conversion: FileConversion,
): ReadonlyMap<QueryChain, KeptQuery | string> {
  const kept = chains.filter(chain => keptIn(chain, conversion) !== null);
  if (kept.length === 0) return new Map();
  const search: Search = { chains: kept, names: namesIn(conversion), parents, conversion };
  const found = new Map<QueryChain, KeptQuery | string>();
  for (const chain of kept) {
    if (found.has(chain)) continue;
    const query = follow(chain, search);
    const roots = typeof query === 'string' ? [chain] : query.roots;
    for (const root of roots) found.set(root, query);
  }
  return found;
}

interface Search {
  readonly chains: readonly QueryChain[];
  readonly names: ReadonlyMap<string, readonly Name[]>;
  readonly parents: Parents;
  readonly conversion: FileConversion;
}

function namesIn({ file }: FileConversion): ReadonlyMap<string, readonly Name[]> {
  const names = new Map<string, Name[]>();
  for (const statement of file.module.body) {
    for (const node of walk(statement)) {
      if (node.kind !== 'name') continue;
      const known = names.get(node.id);
      if (known) known.push(node);
      else names.set(node.id, [node]);
    }
  }
  return names;
}

/** The variable of a function that a query is kept in, as one assignment says. */
function keptIn({ parent, whole, terminal }: QueryChain, { file }: FileConversion): Variable | null {
  if (parent?.kind !== 'assignment' || parent.value !== whole || parent.annotation !== null) return null;
  const [target, ...others] = parent.targets;
  if (target?.kind !== 'name' || others.length > 0 || terminal !== null) return null;
  const scope = owningScope(scopeAt(file.scopes, target.start), target.id);
  return scope?.kind === 'function' ? { name: target.id, scope } : null;
}

interface Variable {
  readonly name: string;
  readonly scope: Scope;
}

const holdsMore = 'its variable holds something else as well.';
const handedOn = 'it is handed on to other code, which may build it further or run it.';

function follow(first: QueryChain, search: Search): KeptQuery | string {
  const variable = keptIn(first, search.conversion);
  if (variable === null) return handedOn;
  const { scope } = variable;
  const names = new Set([variable.name]);
  const roots: QueryChain[] = [];
  const builds: QueryChain[] = [];
  const uses: QueryChain[] = [];
  for (const name of names) {
    const end = endOf({ name, scope }, first, search);
    const bindings = scope.bindings.get(name) ?? [];
    for (const binding of bindings) {
      if (binding.range.start === end.at) continue;
      if (binding.range.start > end.at) return holdsMore;
      const root = search.chains.find(({ whole }) => isValueOf(whole, binding));
      const source = root ? null : sourceOf(binding);
      if (root) roots.push(root);
      else if (source === null) return holdsMore;
      // Those of another variable are followed from there.
      else names.add(source);
    }
    for (const node of usesOf({ name, scope }, search)) {
      if (node.start >= end.after) continue;
      if (isBelowFunction(node, scope, search.conversion)) return handedOn;
      const chain = chainOn(node, first.session, search.parents);
      const held = keptIn(chain, search.conversion);
      if (held?.scope === scope) {
        builds.push(chain);
        names.add(held.name);
      } else if (chain.terminal !== null || isIterated(chain) || isGivenToIn(chain)) uses.push(chain);
      else return handedOn;
    }
  }
  const kept = { roots, builds, uses };
  const session = first.session;
  const isRun = uses.some(chain => !isEmbedded(chain));
  if (isRun && !isSameSession(session, scope, kept, search))
    return 'which session runs it is not known where it is run.';
  return kept;
}

function isEmbedded(chain: QueryChain): boolean {
  return isGivenToIn(chain) || (chain.terminal !== null && embeddings.has(chain.terminal.name));
}

/** `query = query.all()` in the function's own body: from there on, the variable holds what was found. */
function endOf(
  { name, scope }: Variable,
  { session }: QueryChain,
  search: Search,
): { readonly at: number; readonly after: number } {
  for (const statement of bodyOf(scope)) {
    if (statement.kind !== 'assignment' || statement.value === null) continue;
    const [target, ...others] = statement.targets;
    if (target?.kind !== 'name' || target.id !== name || others.length > 0) continue;
    const start = beginningOf(statement.value);
    if (start === null || start.id !== name) continue;
    const chain = chainOn(start, session, search.parents);
    if (chain.terminal !== null && chain.whole === statement.value)
      return { at: target.start, after: statement.end };
  }
  return { at: Number.POSITIVE_INFINITY, after: Number.POSITIVE_INFINITY };
}

/** The name that `query.filter(…).all()` begins with. */
function beginningOf(expression: Expression): Name | null {
  let at = expression;
  while (at.kind === 'call' && at.function.kind === 'attribute') at = at.function.value;
  return at.kind === 'name' ? at : null;
}

function isValueOf(whole: Expression, binding: Binding): boolean {
  return binding.kind === 'assignment' && !binding.unpacked && binding.node.value === whole;
}

/** The variable that an assignment builds further. */
function sourceOf(binding: Binding): string | null {
  if (binding.kind !== 'assignment' || binding.unpacked || binding.annotation !== null) return null;
  if (binding.node.targets.length > 1 || binding.node.value?.kind !== 'call') return null;
  return beginningOf(binding.node.value)?.id ?? null;
}

/** Where the variable is read. */
function usesOf({ name, scope }: Variable, { names, conversion }: Search): readonly Name[] {
  const bound = new Set((scope.bindings.get(name) ?? []).map(({ range }) => range.start));
  return (names.get(name) ?? []).filter(
    node =>
      !bound.has(node.start) && owningScope(scopeAt(conversion.file.scopes, node.start), name) === scope,
  );
}

/** A function or lambda inside may run at any time. */
function isBelowFunction({ start }: SyntaxNode, scope: Scope, { file }: FileConversion): boolean {
  let at: Scope | null = scopeAt(file.scopes, start);
  while (at !== null && at !== scope) {
    if (at.kind !== 'comprehension') return true;
    at = at.parent;
  }
  return false;
}

/** True where the session has the same name, and is the same one, wherever the query begins and is run. */
function isSameSession(
  session: Expression,
  scope: Scope,
  { roots, uses }: KeptQuery,
  search: Search,
): boolean {
  const { conversion, parents } = search;
  const text = conversion.textOf(session);
  if (!/^\w+(\.\w+)*$/.test(text)) return false;
  if (roots.some(root => conversion.textOf(root.session) !== text)) return false;
  if (assignsTo(text, scope, conversion)) return false;
  const bindings = scope.bindings.get(text.split('.')[0] ?? '') ?? [];
  const places = [...roots, ...uses].map(({ whole }) => whole);
  const first = Math.min(...places.map(({ start }) => start));
  const loops = places.flatMap(place => loopsAround(place, parents));
  const isBefore = ({ kind, range }: Binding): boolean =>
    kind !== 'for' && range.start < first && !loops.some(loop => contains(loop, range));
  if (bindings.every(isBefore)) return true;
  // One session after the other under the same name: all happens in the block of one of them.
  return bindings.some(binding => {
    const block = binding.kind === 'with' ? parents.get(binding.node.context) : undefined;
    if (!block) return false;
    const others = bindings.filter(other => other !== binding && contains(block, other.range));
    return others.length === 0 && places.every(place => contains(block, place));
  });
}

function loopsAround(node: SyntaxNode, parents: Parents): readonly SyntaxNode[] {
  const loops: SyntaxNode[] = [];
  for (let above = parents.get(node); above && above.kind !== 'function'; above = parents.get(above)) {
    if (above.kind === 'for' || above.kind === 'while') loops.push(above);
  }
  return loops;
}

/** `self.session = …`, or anything that it is an attribute of. */
function assignsTo(session: string, scope: Scope, conversion: FileConversion): boolean {
  return bodyOf(scope).some(statement =>
    [...walk(statement)].some(
      each =>
        each.kind === 'assignment' &&
        each.targets.some(
          target => target.kind === 'attribute' && `${session}.`.startsWith(`${conversion.textOf(target)}.`),
        ),
    ),
  );
}

/** Of a function. */
function bodyOf({ node }: Scope): readonly Statement[] {
  return 'kind' in node && node.kind === 'function' ? node.body : [];
}
