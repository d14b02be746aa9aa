/** `await session.commit()`, then `user.name`: the object is expired, and reading it wants a SELECT that cannot be awaited. */
import type { FlowFact, LazyLoad } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { lineOf, readBehind } from '../shared/code/session-words.ts';

export const expiredAttributeOnAsyncSession: Rule = {
  id: 'expired-attribute-on-async-session',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An attribute is read from an object of an `AsyncSession` after it has expired',
    why: '`commit()` expires every object of the session unless the session was made with `expire_on_commit=False`; `rollback()` expires them always, also where it answers an error; an UPDATE leaves columns with `onupdate=func.now()` to be fetched. The next access sends a SELECT, which an AsyncSession cannot do from plain attribute access: `MissingGreenlet: greenlet_spawn has not been called`.',
    instead:
      'Make the session with `async_sessionmaker(engine, expire_on_commit=False)`, or load the object again: `await session.refresh(user)`. What an error message needs is read before `rollback()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession',
      'https://docs.sqlalchemy.org/en/20/errors.html#error-xd2s',
    ],
  },
  examples: [
    {
      bad: 'async def rename(engine, user_id: int) -> str:\n    async with AsyncSession(engine) as session:\n        user = await session.get_one(User, user_id)\n        user.name = "New"\n        await session.commit()\n        return user.name',
      good: 'async def rename(engine, user_id: int) -> str:\n    async with AsyncSession(engine, expire_on_commit=False) as session:\n        user = await session.get_one(User, user_id)\n        user.name = "New"\n        await session.commit()\n        return user.name',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'lazy-load' || fact.detached) return;
  if (fact.cause === 'unloaded' || fact.cause === 'new') return;
  context.report({ range: fact.node, message: `${messageFor(fact, context)}${readBehind(fact.node)}` });
}

function messageFor({ attribute, model, cause, causedBy }: LazyLoad, context: FileContext): string {
  const name = `${model.name}.${attribute}`;
  const line = causedBy === null ? '' : ` in line ${lineOf(context, causedBy)}`;
  switch (cause) {
    case 'rollback':
      return `rollback()${line} has expired this object: reading ${name} raises MissingGreenlet`;
    case 'computed':
      return `The database computes ${name} in the UPDATE${line}: reading it raises MissingGreenlet until it is refreshed`;
    case 'expire':
      return `expire()${line} has expired this object: reading ${name} raises MissingGreenlet`;
    default:
      return `The commit${line} has expired this object: reading ${name} raises MissingGreenlet`;
  }
}
