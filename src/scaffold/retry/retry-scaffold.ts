/** Add Retry: transactions that are run again after a serialization failure or a deadlock, told by SQLSTATE. */
import { importLine, reachOf, reachProblem, renderNewModule } from '../module-scaffold.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { failed, type Rendering, type Scaffold } from '../scaffold.ts';

export const retryScaffold: Scaffold = {
  kind: 'retry',
  title: 'Add Retry',
  problem: reachProblem,
  questions: () => [],
  check: () => null,
  render,
};

function render(facts: ProjectFacts): Rendering {
  const reach = reachOf(facts);
  if (reach === null) return failed(reachProblem(facts) ?? '');
  const { concurrency } = reach;
  const factory = reach.kind === 'imported' ? reach.factory : null;
  const newGenerics = facts.style.python >= 312;
  const result = concurrency === 'async' ? 'Awaitable[ResultT]' : 'ResultT';
  const source = `
"""Transactions that are run again when another one was in their way."""
import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession${factory ? '' : ', async_sessionmaker'}
${factory ? importLine(factory.from) : ''}

${newGenerics ? '' : 'ResultT = TypeVar("ResultT")\n\n'}# serialization_failure and deadlock_detected: the server asks to try again.
# Its messages are translated, its codes are not.
RETRIED = frozenset({"40001", "40P01"})

_jitter = random.SystemRandom()


def is_retried(error: DBAPIError) -> bool:
    """Return whether the same transaction can succeed at another time."""
    cause: object = error.orig
    state: object = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return state in RETRIED


async def retry_transaction${newGenerics ? '[ResultT]' : ''}(
${factory ? '' : '    sessions: async_sessionmaker[AsyncSession],\n'}    work: Callable[[AsyncSession], ${result}],
    *,
    attempts: int = 5,
    delay: float = 0.05,
) -> ResultT:
    """Run the work in a transaction of its own, and commit it.

    After a conflict all of it runs again, in a new session: the work must not
    do anything that the database cannot roll back.
    """
    attempt = 1
    while True:
        try:
            async with ${factory?.expression ?? 'sessions'}.begin() as session:
                return await work(session)
        except DBAPIError as error:
            if attempt >= attempts or not is_retried(error):
                raise
        # Those that met wait for different times, and do not meet again.
        await asyncio.sleep(_jitter.uniform(0, delay * 2**attempt))
        attempt += 1
`;
  return renderNewModule(facts, { name: 'retry', source, concurrency });
}
