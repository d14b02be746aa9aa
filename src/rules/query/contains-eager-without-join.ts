/** `select(User).options(contains_eager(User.posts))`: the option takes what a join has brought, and there is none. */
import type { Call } from '../../python/syntax.ts';
import type { EagerCollection } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, Rule } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const containsEagerWithoutJoin: Rule = {
  id: 'contains-eager-without-join',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`contains_eager()` names a relationship that the statement does not join',
    why: 'The option says that the columns of the related class are part of the statement already. Without a join SQLAlchemy adds its table to FROM with a comma: every row is combined with every row of the other table, and each object gets all of them as its related ones. It raises nothing, and warns at most.',
    instead:
      'Join first: `.join(User.posts).options(contains_eager(User.posts))`. To load a relationship that is not joined, use `selectinload()` or `joinedload()`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html#contains-eager'],
  },
  examples: [
    {
      bad: 'def users(session: Session) -> object:\n    return session.scalars(select(User).options(contains_eager(User.posts))).unique().all()',
      good: 'def users(session: Session) -> object:\n    return session.scalars(select(User).join(User.posts).options(contains_eager(User.posts))).unique().all()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(each => each.complete)) return;
  const [missing] = execution.outlines.map(each => each.eagerWithoutFrom[0]);
  if (!missing || execution.outlines.some(each => each.eagerWithoutFrom.length === 0)) return;
  context.report({
    range: ownRange(missing.location, context) ?? execution.statement,
    message: messageFor(missing),
  });
}

function messageFor({ attribute }: EagerCollection): string {
  return `Nothing joins ${attribute}: its table is added to FROM with a comma, and each object gets all rows of it`;
}
