/** Follows the result of an execution through the code: which methods are called on it, and who takes its rows. */
import { contains } from '../../../base/range.ts';
import type { Attribute, Call, Expression, Statement, SyntaxNode } from '../../../python/syntax.ts';
import { children } from '../../../python/walk.ts';

export interface ResultUse {
  /** Names of the methods called one after the other, such as `scalars`, `all`. */
  readonly methods: readonly string[];
  /** The last call of the chain. */
  readonly end: Expression;
  /** Takes row after row: a loop, a comprehension, `list(…)`. */
  readonly iterated: boolean;
}

/** Methods that give a result again; all others take rows from it. */
const transforming: ReadonlySet<string> = new Set([
  'scalars',
  'mappings',
  'tuples',
  'columns',
  'unique',
  'yield_per',
  'execution_options',
]);

const iterating: ReadonlySet<string> = new Set(['list', 'tuple', 'set', 'sorted', 'next', 'enumerate']);

/**
 * Uses of what `node` gives: the chain it stands in, or those of the variable it is kept in. Null where the result
 * leaves the function, so that its end is not seen.
 */
export function usesOfResult(
  node: Expression,
  ancestors: readonly (Expression | Statement)[],
): readonly ResultUse[] | null {
  const { use, above } = chainFrom(node, ancestors);
  if (use.iterated || use.methods.some(method => !transforming.has(method))) return [use];
  const parent = above.at(-1);
  if (parent?.kind !== 'assignment') return null;
  const target = parent.targets.length === 1 ? parent.targets[0] : undefined;
  if (target?.kind !== 'name') return null;
  const around = above.findLast(each => each.kind === 'function');
  if (around?.kind !== 'function') return null;
  const later = usesOfName(target.id, around.body, parent);
  return later?.map(each => ({ ...each, methods: [...use.methods, ...each.methods] })) ?? null;
}

interface Chain {
  readonly use: ResultUse;
  /** What stands around the chain, outermost first. */
  readonly above: readonly SyntaxNode[];
}

function chainFrom(node: Expression, ancestors: readonly SyntaxNode[]): Chain {
  const methods: string[] = [];
  let end = node;
  const above = [...ancestors];
  for (;;) {
    const parent = above.at(-1);
    if (parent?.kind === 'await') {
      end = parent;
    } else if (parent?.kind === 'attribute' && isCalled(parent, above.at(-2))) {
      methods.push(parent.attribute.id);
      end = parent;
    } else if (parent?.kind === 'call' && parent.function === end) {
      end = parent;
    } else {
      return { use: { methods, end, iterated: isIterated(end, parent) }, above };
    }
    above.pop();
  }
}

function isCalled(attribute: Attribute, parent: SyntaxNode | undefined): parent is Call {
  return parent?.kind === 'call' && parent.function === attribute;
}

function isIterated(node: Expression, parent: SyntaxNode | undefined): boolean {
  switch (parent?.kind) {
    case 'for':
      return parent.iterable === node;
    case 'comprehension':
      return parent.clauses.some(clause => clause.iterable === node);
    case 'starred':
      return true;
    case 'call':
      return parent.function.kind === 'name' && iterating.has(parent.function.id);
    default:
      return false;
  }
}

/** Uses of a variable from an assignment to the next one, in source order; null where it is handed on whole. */
function usesOfName(
  name: string,
  body: readonly SyntaxNode[],
  assignment: SyntaxNode,
): readonly ResultUse[] | null {
  const uses: ResultUse[] = [];
  const pending: { readonly node: SyntaxNode; readonly above: readonly SyntaxNode[] }[] = body.map(node => ({
    node,
    above: [],
  }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, above } = next;
    if (node.kind === 'name' && node.id === name && !contains(assignment, node)) {
      const { use } = chainFrom(node, above);
      if (use.iterated || use.methods.some(method => !transforming.has(method))) uses.push(use);
      else return null;
    }
    for (const child of children(node)) pending.push({ node: child, above: [...above, node] });
  }
  return uses.toReversed();
}
