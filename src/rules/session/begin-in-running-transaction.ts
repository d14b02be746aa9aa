/** `session.begin()` after a statement: the statement has begun the transaction already. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { lineOf, nameRange } from '../shared/code/session-words.ts';

export const beginInRunningTransaction: Rule = {
  id: 'begin-in-running-transaction',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`session.begin()` is called when a transaction is running already',
    why: 'The first statement of a session begins a transaction, a SELECT as well, and so does `add()`. A later `with session.begin():` raises `InvalidRequestError: A transaction is already begun on this Session`.',
    instead:
      'Begin before the first statement, commit or roll back what is running, use `begin_nested()` for a savepoint, or leave `begin()` out and commit at the end.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/session_transaction.html#explicit-begin'],
  },
  examples: [
    {
      bad: 'def rename(session: Session, user_id: int, name: str) -> None:\n    user = session.get_one(User, user_id)\n    with session.begin():\n        user.name = name',
      good: 'def rename(session: Session, user_id: int, name: str) -> None:\n    with session.begin():\n        user = session.get_one(User, user_id)\n        user.name = name',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'begin-in-transaction') return;
  context.report({
    range: nameRange(fact.node),
    message: `Line ${lineOf(context, fact.begunBy)} has begun a transaction: begin() raises InvalidRequestError`,
  });
}
