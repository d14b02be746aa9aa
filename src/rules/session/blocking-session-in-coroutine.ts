/** A synchronous Session in an `async def`: the event loop stands still while the database answers. */
import type { FlowFact } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { nameRange } from '../shared/code/session-words.ts';

export const blockingSessionInCoroutine: Rule = {
  id: 'blocking-session-in-coroutine',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A synchronous session talks to the database inside an `async def`',
    why: 'The call blocks the thread of the event loop until the database has answered: every other request waits, and a slow query stops the whole process. FastAPI runs a plain `def` endpoint in a thread pool, where this does no harm.',
    instead:
      'Use an `AsyncSession` with an async driver, or make the endpoint a plain `def`, or hand the work to a thread: `await run_in_threadpool(work)`.',
    references: [
      'https://fastapi.tiangolo.com/async/',
      'https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html',
    ],
  },
  examples: [
    {
      bad: 'async def users(session: Session) -> object:\n    return session.scalars(select(User)).all()',
      good: 'def users(session: Session) -> object:\n    return session.scalars(select(User)).all()',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'blocking-call' || isTestModule(context.file.name)) return;
  context.report({
    range: nameRange(fact.node),
    message: 'This synchronous call stops the event loop, and all other requests, until the database answers',
  });
}
