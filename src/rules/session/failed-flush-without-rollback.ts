/** `except IntegrityError:` that goes on without a rollback: the session refuses every further call. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { lineOf, nameRange } from '../shared/code/session-words.ts';

export const failedFlushWithoutRollback: Rule = {
  id: 'failed-flush-without-rollback',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A failed flush or commit is caught, and the session is used again without a rollback',
    why: "When `flush()` or `commit()` fails, the transaction is over, and the session waits for a `rollback()`. Any further call raises `PendingRollbackError: This Session's transaction has been rolled back due to a previous exception during flush`.",
    instead:
      'Call `session.rollback()` in the handler. Where the rest of the transaction shall live on, put the part that may fail into `with session.begin_nested():`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/errors.html#error-7s2a',
      'https://docs.sqlalchemy.org/en/20/faq/sessions.html#this-session-s-transaction-has-been-rolled-back-due-to-a-previous-exception-during-flush-or-similar',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy.exc import IntegrityError\n\n\ndef register(session: Session, name: str) -> User | None:\n    try:\n        session.add(User(name=name, age=1))\n        session.commit()\n    except IntegrityError:\n        print("there already")\n    return session.scalar(select(User).where(User.name == name))',
      good: 'from sqlalchemy.exc import IntegrityError\n\n\ndef register(session: Session, name: str) -> User | None:\n    try:\n        session.add(User(name=name, age=1))\n        session.commit()\n    except IntegrityError:\n        session.rollback()\n    return session.scalar(select(User).where(User.name == name))',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'use-after-failure') return;
  const { node, failed, handler } = fact;
  context.report({
    range: nameRange(node),
    message: `After the error caught in line ${lineOf(context, handler)} (from line ${lineOf(context, failed)}) the session waits for rollback(): PendingRollbackError`,
  });
}
