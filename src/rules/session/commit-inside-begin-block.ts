/** `with session.begin(): … session.commit()`: the block ends its transaction itself. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { lineOf, nameRange } from '../shared/code/session-words.ts';

export const commitInsideBeginBlock: Rule = {
  id: 'commit-inside-begin-block',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A transaction is committed or rolled back inside the block that will do it',
    why: "`with session.begin():` commits at its end, and rolls back on an error. After a `commit()` inside it, the next statement raises `InvalidRequestError: Can't operate on closed transaction inside context manager`. As the last call of the block it does no harm until somebody adds a line.",
    instead:
      'Leave the `commit()` out, or take the block away and commit by hand. For a part that may fail by itself, use `with session.begin_nested():`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/session_transaction.html#managing-transactions'],
  },
  examples: [
    {
      bad: 'def register(session: Session, name: str) -> None:\n    with session.begin():\n        session.add(User(name=name, age=1))\n        session.commit()',
      good: 'def register(session: Session, name: str) -> None:\n    with session.begin():\n        session.add(User(name=name, age=1))',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'commit-in-block') return;
  const { node, method, used } = fact;
  const message =
    used === null
      ? `The begin() block commits by itself: any statement after this ${method}() raises InvalidRequestError`
      : `${method}() ends the transaction of the begin() block: the call in line ${lineOf(context, used)} raises InvalidRequestError`;
  context.report({ range: nameRange(node), message, ...(used === null ? { severity: 'warning' } : {}) });
}
