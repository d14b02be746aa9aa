/** The unit of work as Python: a session of its own for each `with`, repositories on it, rolled back by default. */

import type { ConcurrentThing } from '../named-thing.ts';
import { pluralOf, snakeOf } from '../names.ts';
import type { ProjectFacts, RepositoryFact } from '../project-facts.ts';
import { importOwn } from '../python-code/import-own.ts';
import { importText, renderModule } from '../python-template/python-template.ts';

export interface UnitOfWorkPlan {
  readonly file: { readonly path: string; readonly module: string };
  readonly concurrency: 'sync' | 'async';
  /** What makes a session where the caller names nothing else; null where the project has no factory. */
  readonly factory: ConcurrentThing | null;
  readonly repositories: readonly RepositoryFact[];
}

/** `OrderItem` to `order_items`. */
export function repositoryAttribute({ model }: RepositoryFact): string {
  return pluralOf(snakeOf(model));
}

export function renderUnitOfWork(facts: ProjectFacts, plan: UnitOfWorkPlan): string {
  const { concurrency, factory, repositories } = plan;
  const { style, ownPackages } = facts;
  const own = [...repositories, ...(factory ? [factory] : [])].map(each => importOwn(facts, each, plan.file));
  const parameter = `factory: async_sessionmaker[AsyncSession]${factory ? ` = ${factory.name}` : ''}`;
  const declared = repositories.map(each => `    ${repositoryAttribute(each)}: ${each.name}`);
  const assigned = repositories.map(
    each => `        self.${repositoryAttribute(each)} = ${each.name}(session)`,
  );
  const source = `
"""One transaction over several repositories."""
import asyncio
from types import TracebackType
from ${style.python < 311 ? 'typing_extensions' : 'typing'} import Self
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction, async_sessionmaker
${own.map(importText).join('\n')}

class UnitOfWork:
    """One transaction: what is not committed at its end is rolled back.

    Each entry opens a session of its own, so that one object can be used
    again, but not by two tasks at once: each of them makes its own.
    """

${declared.length === 0 ? '' : `${declared.join('\n')}\n\n`}    def __init__(self, ${parameter}) -> None:
        self._factory = factory
        self._session: AsyncSession | None = None

    @property
    def session(self) -> AsyncSession:
        """The session, for statements that belong to no repository."""
        if self._session is None:
            message = "The unit of work is not open: enter it first."
            raise RuntimeError(message)
        return self._session

    async def __aenter__(self) -> Self:
        """Open a session, and the repositories on it."""
        if self._session is not None:
            message = "The unit of work is open already: make another one."
            raise RuntimeError(message)
        # Closed for good: a repository that was kept cannot begin anew.
        session = self._factory(close_resets_only=False)
        self._session = session
${assigned.length === 0 ? '' : `${assigned.join('\n')}\n`}        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Roll back what was not committed, whatever ended the block."""
        session = self.session
        self._session = None
${concurrency === 'async' ? '        # A second cancellation must not keep the connection from the pool.\n' : ''}        await asyncio.shield(session.close())

    async def commit(self) -> None:
        """Make everything so far permanent; what follows is a new one."""
        await self.session.commit()

    async def rollback(self) -> None:
        """Undo everything since the last commit."""
        await self.session.rollback()

    def savepoint(self) -> AsyncSessionTransaction:
        """Begin a part that can fail alone: enter it as you enter this."""
        return self.session.begin_nested()
`;
  return renderModule(source, { style, ownPackages, concurrency });
}
