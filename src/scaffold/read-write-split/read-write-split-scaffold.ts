/** Add Read/Write Split: reads on a replica, writes on the primary, and for a while after a write its reads too. */
import { accessOf, engineProblem, importLine, renderNewModule } from '../module-scaffold.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { generatorType } from '../python-template/generator-type.ts';
import { failed, type Rendering, type Scaffold } from '../scaffold.ts';

export const readWriteSplitScaffold: Scaffold = {
  kind: 'read-write-split',
  title: 'Add Read/Write Split',
  problem,
  questions: () => [],
  check: () => null,
  render,
};

function problem(facts: ProjectFacts): string | null {
  const sqlite = facts.database.engines.some(each => each.driver?.startsWith('sqlite'));
  return engineProblem(facts) ?? (sqlite ? 'The engine is on SQLite, which has no replicas.' : null);
}

function render(facts: ProjectFacts): Rendering {
  const reason = problem(facts);
  const access = accessOf(facts);
  if (!access || reason !== null) return failed(reason ?? '');
  const { engine, factory, concurrency } = access;
  const options = concurrency === 'async' ? ', expire_on_commit=False' : '';
  const source = `
"""Reads on a replica, writes on the primary."""
import os
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Annotated
from fastapi import Depends, Request, Response
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
${importLine(engine)}
${importLine(factory)}


def replica_url() -> URL:
    """Return what REPLICA_DATABASE_URL names, else the primary."""
    named = os.environ.get("REPLICA_DATABASE_URL")
    if named is None:
        return ${engine.name}.url
    # The driver of the primary, whatever a host writes into its URLs.
    return make_url(named).set(drivername=${engine.name}.url.drivername)


replica_engine = create_async_engine(
    replica_url(),
    pool_size=5,
    max_overflow=5,
    pool_timeout=10,
    pool_recycle=1800,
    pool_pre_ping=True,
    # A write that was sent here by mistake fails, on the primary too.
    execution_options={"postgresql_readonly": True},
)
replica_session_factory = async_sessionmaker(replica_engine${options})
${usesFastapi(facts) ? requests(factory.name) : tasks(factory.name, generatorType('AsyncSession', concurrency, facts.style))}`;
  return renderNewModule(facts, { name: 'read_write', source, concurrency });
}

function usesFastapi({ database, web }: ProjectFacts): boolean {
  return web.app !== null || database.dependencies.length > 0;
}

/** Who has written is known by a cookie: the next request may come to another process. */
function requests(factory: string): string {
  return `
# Longer than the replica lags behind.
PIN_SECONDS = 5
PIN_COOKIE = "pinned_to_primary"


async def get_read_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield a session that reads: on the primary for who has just written."""
    pinned = PIN_COOKIE in request.cookies
    factory = ${factory} if pinned else replica_session_factory
    async with factory() as session:
        yield session


async def get_write_session(response: Response) -> AsyncIterator[AsyncSession]:
    """Yield a session on the primary, as for the client's next reads."""
    response.set_cookie(
        PIN_COOKIE,
        "1",
        max_age=PIN_SECONDS,
        secure=True,
        httponly=True,
        samesite="lax",
    )
    async with ${factory}() as session:
        yield session


ReadSession = Annotated[AsyncSession, Depends(get_read_session)]
WriteSession = Annotated[AsyncSession, Depends(get_write_session)]
`;
}

/** Who has written is known for the task, or the thread. */
function tasks(factory: string, generator: string): string {
  return `
_has_written: ContextVar[bool] = ContextVar("has_written", default=False)


@asynccontextmanager
async def read_session() -> ${generator}:
    """Open a session that reads: on the primary once this task has written."""
    pinned = _has_written.get()
    factory = ${factory} if pinned else replica_session_factory
    async with factory() as session:
        yield session


@asynccontextmanager
async def write_session() -> ${generator}:
    """Open a session on the primary, as for this task's later reads."""
    _has_written.set(True)
    async with ${factory}() as session:
        yield session
`;
}
