/** `session.refresh(user)` of an object that no session has: often the one that was given to `merge()`. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const objectNeverAdded: Rule = {
  id: 'object-never-added',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`refresh()`, `delete()` or `expire()` of an object that was never added to the session',
    why: 'A new object belongs to no session until `add()`: `InvalidRequestError: Instance … is not persistent within this Session`. `merge()` does not add the object that it is given: it returns another one, which is in the session.',
    instead: 'Add the object first, or go on with what `merge()` returns: `user = session.merge(user)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/session_state_management.html#merging'],
  },
  examples: [
    {
      bad: 'def save(session: Session, user_id: int, name: str) -> None:\n    user = User(id=user_id, name=name, age=1)\n    session.merge(user)\n    session.commit()\n    session.refresh(user)',
      good: 'def save(session: Session, user_id: int, name: str) -> None:\n    user = session.merge(User(id=user_id, name=name, age=1))\n    session.commit()\n    session.refresh(user)',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'not-persistent') return;
  const { node, method, merged } = fact;
  const message = merged
    ? `merge() returned the object that is in the session; this one is not: ${method}() raises InvalidRequestError`
    : `This object was never added to the session: ${method}() raises InvalidRequestError`;
  context.report({ range: nameRange(node), message });
}
