/** `asyncio.gather(work(session), more(session))`: an AsyncSession is for one task at a time. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';

export const asyncSessionInSeveralTasks: Rule = {
  id: 'async-session-in-several-tasks',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'One `AsyncSession` is used by several tasks at once',
    why: 'A session has one connection and one transaction. When a second task uses it while the first waits, SQLAlchemy raises `InvalidRequestError: This session is provisioning a new connection; concurrent operations are not permitted`, or the driver `another operation is in progress`. With a warm pool it may pass for a while, and then mixes the two transactions.',
    instead:
      'Give each task a session of its own, `async with factory() as session:` inside the coroutine, or await one after the other.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#using-asyncsession-with-concurrent-tasks',
      'https://docs.sqlalchemy.org/en/20/errors.html#error-isce',
    ],
  },
  examples: [
    {
      bad: 'import asyncio\n\n\nasync def load(session: AsyncSession) -> None:\n    await asyncio.gather(session.scalars(select(User)), session.scalars(select(Post)))',
      good: 'async def load(session: AsyncSession) -> None:\n    await session.scalars(select(User))\n    await session.scalars(select(Post))',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'shared-session') return;
  context.report({
    range: fact.node,
    message: 'Several tasks use one AsyncSession at once: concurrent operations are not permitted',
  });
}
