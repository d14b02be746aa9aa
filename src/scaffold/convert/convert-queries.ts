/**
 * Legacy queries as statements of 2.0: only where the statement, the rows and their order stay the same. Query removes
 * repeated objects, so that `unique()` is written wherever a row may repeat one.
 */
import type { TextRange } from '../../base/range.ts';
import type { SyntaxNode } from '../../python/syntax.ts';
import { children, walk, walkExpressions } from '../../python/walk.ts';
import type { FileConversion } from './file-conversion.ts';
import { type KeptQuery, keptQueries } from './kept-query.ts';
import { chainFrom, type Parents, type QueryChain } from './query-chain.ts';
import { problemOf } from './query-methods.ts';
import { isWrittenOut, shapeOf } from './query-shape.ts';
import { planEnding, type QueryForm, type Writing, writePart } from './write-query.ts';

export function convertQueries(conversion: FileConversion): number {
  const parents = parentsOf(conversion);
  const chains: QueryChain[] = [];
  walkExpressions(conversion.file.module, expression => {
    const chain = expression.kind === 'call' ? chainFrom(expression, parents, conversion) : null;
    if (chain) chains.push(chain);
  });
  const kept = keptQueries(chains, parents, conversion);
  const writings: WritingAt[] = [];
  let converted = 0;
  for (const chain of chains) {
    const query = kept.get(chain) ?? { roots: [], builds: [], uses: [chain] };
    if (typeof query === 'string') {
      leave(chain, query, conversion);
      continue;
    }
    // Once for a query that begins in several branches.
    if (query.roots.length > 0 && query.roots[0] !== chain) continue;
    const planned = planQuery(query, conversion);
    if (typeof planned === 'string') {
      leave(chain, planned, conversion);
      continue;
    }
    converted += Math.max(1, query.roots.length);
    writings.push(...planned);
  }
  // A query inside of another one first: the outer one takes what became of it.
  const length = ({ at }: WritingAt): number => at.end - at.start;
  for (const { write } of writings.toSorted((a, b) => length(a) - length(b))) write();
  return converted;
}

interface WritingAt {
  readonly at: TextRange;
  readonly write: Writing;
}

function parentsOf({ file }: FileConversion): Parents {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  for (const statement of file.module.body) {
    for (const node of walk(statement)) for (const child of children(node)) parents.set(child, node);
  }
  return parents;
}

function leave({ query, items }: QueryChain, reason: string, conversion: FileConversion): void {
  const said = items.map(item => conversion.textOf(item)).join(', ');
  conversion.leave(query, `query(${said})`, reason);
}

/** All that is written in the place of a query, or why it stays. */
function planQuery(
  { roots, builds, uses }: KeptQuery,
  conversion: FileConversion,
): readonly WritingAt[] | string {
  const starts = roots.length > 0 ? roots : uses;
  const later = [...builds, ...(roots.length > 0 ? uses : [])].map(({ middle }) => middle);
  const all = [...starts.map(({ middle }) => middle), ...later].flat();
  if (!starts.every(({ query }) => isWrittenOut(query))) return 'what it selects is not known.';
  const problem = all.map(call => problemOf(call, all, conversion)).find(each => each !== null);
  if (problem !== undefined) return problem;
  const forms = starts.map((start): QueryForm | string => {
    const shape = shapeOf(start, conversion);
    return typeof shape === 'string' ? shape : { shape, calls: callsFrom(start, starts, later) };
  });
  const writings: WritingAt[] = [...roots, ...builds].map(chain => ({
    at: chain.whole,
    write: () => writePart(chain, conversion),
  }));
  for (const chain of uses) {
    const write = planEnding(chain, forms, conversion);
    if (typeof write === 'string') return write;
    writings.push({ at: chain.whole, write });
  }
  return writings;
}

/** Where a query begins in several branches, what one of them joins is not joined for what follows. */
function callsFrom(
  start: QueryChain,
  starts: readonly QueryChain[],
  later: readonly QueryChain['middle'][],
): QueryForm['calls'] {
  return starts.length === 1 ? [start.middle, ...later] : [[], start.middle, ...later];
}
