/** `select(User).limit(10)`: without an order PostgreSQL picks whichever rows it meets first. */
import { sliceOf } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import { executionOf, queryExecutionOf } from '../executed-statement.ts';
import type { FileContext, Rule } from '../rule.ts';

export const limitWithoutOrderBy: Rule = {
  id: 'limit-without-order-by',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A LIMIT or OFFSET without an ORDER BY takes arbitrary rows',
    why: 'Without ORDER BY PostgreSQL may return rows in any order, and in another one tomorrow. Pages made by `limit()` and `offset()` then repeat some rows and leave others out.',
    instead:
      'Order by something unique, such as the primary key: `.order_by(User.id)`. A `limit(1)` without an offset, as in a test for existence, is left alone.',
    references: ['https://www.postgresql.org/docs/current/queries-limit.html'],
  },
  examples: [
    {
      bad: 'def page(session: Session) -> object:\n    return session.scalars(select(User).limit(10)).all()',
      good: 'def page(session: Session) -> object:\n    return session.scalars(select(User).order_by(User.id).limit(10)).all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(outline => isArbitrary(outline, context))) return;
  const limit = execution.outlines[0]?.limit?.location;
  const own = limit?.path === context.file.path ? limit.range : null;
  context.report({
    range: own ?? execution.statement,
    message: 'Without order_by() these are arbitrary rows, and the next page may repeat or miss some',
  });
}

function isArbitrary(outline: StatementOutline, context: FileContext): boolean {
  const { kind, complete, limit, offset, ordered, fromGroups, items } = outline;
  if (!complete || ordered || (kind !== 'select' && kind !== 'query' && kind !== 'compound')) return false;
  if (!offset && (limit === null || isOne(outline, context))) return false;
  if (kind === 'compound') return true;
  return (
    (fromGroups?.length ?? 0) > 0 && !items.every(item => item.kind === 'count' || item.kind === 'aggregate')
  );
}

function isOne({ limit }: StatementOutline, { project }: FileContext): boolean {
  const location = limit?.location;
  const text = location && project.files.get(location.path)?.text;
  return text ? sliceOf(text, location.range) === '1' : false;
}
