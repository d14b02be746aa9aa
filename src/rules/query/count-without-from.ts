/** `select(func.count())`: without a FROM there is one row to count, whatever the tables hold. */
import { sliceOf } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, Rule } from '../rule.ts';
import { type Execution, executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const countWithoutFrom: Rule = {
  id: 'count-without-from',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`select(func.count())` without a FROM always gives 1',
    why: '`func.count()` names no table, so the statement is `SELECT count(*)`: PostgreSQL counts the one row that a SELECT without FROM has. The answer is 1 for an empty table and for a full one.',
    instead:
      'Name what to count: `select(func.count()).select_from(User)`, or count a column as in `select(func.count(User.id))`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/functions.html#sqlalchemy.sql.functions.count'],
  },
  examples: [
    {
      bad: 'def users(session: Session) -> int:\n    return session.scalars(select(func.count())).one()',
      good: 'def users(session: Session) -> int:\n    return session.scalars(select(func.count()).select_from(User)).one()',
    },
    {
      bad: "def users(session: Session) -> int | None:\n    return session.scalar(select(func.count('*')))",
      good: 'def users(session: Session) -> int | None:\n    return session.scalar(select(func.count(User.id)))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(countsNothing)) return;
  const range = countRange(execution, context) ?? execution.statement;
  context.report({
    range,
    message: `${sliceOf(context.file.text, range)} has no table to count, so the answer is always 1: add select_from()`,
  });
}

function countsNothing(outline: StatementOutline): boolean {
  const { kind, complete, items, fromGroups, unknownConditions } = outline;
  if ((kind !== 'select' && kind !== 'query') || !complete || unknownConditions > 0) return false;
  return fromGroups?.length === 0 && items.length > 0 && items.every(item => item.kind === 'count');
}

/** Just the call of `count`, where it stands in this file. */
function countRange({ outlines }: Execution, { file }: FileContext) {
  const location = outlines[0]?.items[0]?.location;
  return location?.path === file.path ? location.range : null;
}
