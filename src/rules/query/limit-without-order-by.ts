/** `select(User).limit(10)`: without an order PostgreSQL picks whichever rows it meets first. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const limitWithoutOrderBy: Rule = {
  id: 'limit-without-order-by',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'review',
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
  const own = ownRange(execution.outlines[0]?.limit?.location, context);
  context.report({
    range: own ?? execution.statement,
    message: 'Without order_by() these are arbitrary rows, and the next page may repeat or miss some',
    fixes: own && execution.outlines.length === 1 ? orderFix(execution.outlines[0], own, context) : [],
  });
}

/** By the primary key of the one class that is selected, before the call that limits. */
function orderFix(
  outline: StatementOutline | undefined,
  limit: TextRange,
  context: FileContext,
): readonly ReportedFix[] {
  const [item, ...others] = outline?.items ?? [];
  const entity = ownRange(item?.location, context);
  const keys = item?.model?.attributes.filter(each => each.kind === 'column' && each.primaryKey) ?? [];
  const { text } = context.file;
  const call = /\.\s*(?:limit|fetch)\s*\(\s*(?:\w+\s*=\s*)?$/.exec(text.slice(0, limit.start));
  if (!entity || others.length > 0 || keys.length === 0 || !call) return [];
  const name = sliceOf(text, entity);
  const order = `.order_by(${keys.map(key => `${name}.${key.name}`).join(', ')})`;
  // A chain with one call a line stays one.
  const lead = /\n\s*$/.exec(text.slice(0, call.index))?.[0] ?? '';
  const range = { start: call.index, end: call.index };
  return [{ title: `Add ${order}`, edits: [{ range, newText: `${order}${lead}` }] }];
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
