/** An object that has outlived its session, and an attribute of it that was not loaded. */
import type { FlowFact, LazyLoad } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { lineOf, readBehind } from '../shared/code/session-words.ts';

export const detachedObjectLazyLoad: Rule = {
  id: 'detached-object-lazy-load',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An attribute that is not loaded is read after the session of its object has closed',
    why: 'At the end of `with Session(engine) as session:` its objects are detached: what is loaded stays, and anything else raises `DetachedInstanceError: … is not bound to a Session`. That is a relationship without a loader option, and after a `commit()` that expires every column.',
    instead:
      'Read it while the session is open, load it with the statement (`.options(selectinload(User.posts))`), or keep the loaded columns with `expire_on_commit=False`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/errors.html#error-bhk3',
      'https://docs.sqlalchemy.org/en/20/orm/session_state_management.html#session-object-states',
    ],
  },
  examples: [
    {
      bad: 'def posts(engine, user_id: int) -> list[Post]:\n    with Session(engine) as session:\n        user = session.get_one(User, user_id)\n    return user.posts',
      good: 'def posts(engine, user_id: int) -> list[Post]:\n    with Session(engine) as session:\n        user = session.get_one(User, user_id)\n        return user.posts',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'lazy-load' || !fact.detached) return;
  context.report({ range: fact.node, message: `${messageFor(fact, context)}${readBehind(fact.node)}` });
}

function messageFor({ attribute, model, cause, causedBy }: LazyLoad, context: FileContext): string {
  const name = `${model.name}.${attribute}`;
  const closed = causedBy ? `closed in line ${lineOf(context, causedBy)}` : 'closed';
  const expired = cause === 'unloaded' || cause === 'new' ? `${name} is not loaded` : `${name} is expired`;
  return `${expired} and the session of its object is ${closed}: DetachedInstanceError`;
}
