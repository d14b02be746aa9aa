/** `scalars(select(User.id, User.name))`: only the first column comes back. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const scalarsOfSeveralColumns: Rule = {
  id: 'scalars-of-several-columns',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`scalars()` or `scalar()` of a statement that selects several columns',
    why: 'Both keep the first column of each row and drop the others without a word, after the database has sent them.',
    instead: 'Use `session.execute(statement)` for rows of several columns, or select only what is needed.',
    references: ['https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Result.scalars'],
  },
  examples: [
    {
      bad: 'def pairs(session: Session) -> object:\n    return session.scalars(select(User.id, User.name)).all()',
      good: 'def pairs(session: Session) -> object:\n    return session.execute(select(User.id, User.name)).all()',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'dropped-columns') return;
  const { node, method, count } = fact;
  const dropped = count === 2 ? 'the second is dropped' : `the other ${count - 1} are dropped`;
  context.report({
    range: nameRange(node),
    message: `${method}() keeps the first of ${count} columns: ${dropped}`,
  });
}
