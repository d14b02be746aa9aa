/** The parts of a database layer as templates: engine and session factory, FastAPI's dependency, its lifespan, its application. */
import type { CodeStyle } from '../project-facts.ts';
import { generatorType } from '../python-template/generator-type.ts';
import type { LayerPlan } from './layer-plan.ts';

/** `own` are imports of what another file of the layer defines; empty where all is in one file. */
export function engineSource({ driver, engine, application }: LayerPlan, own: string): string {
  const made = engine === null ? newEngine({ driver, application }) : '';
  const held = engine?.name ?? 'engine';
  const options = driver.concurrency === 'async' ? ', expire_on_commit=False' : '';
  const documentation =
    engine === null ? 'The engine, and what makes sessions on it.' : 'What makes sessions.';
  return `"""${documentation}"""
import os
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
${own}

${made}session_factory = async_sessionmaker(${held}${options})
`;
}

function newEngine({ driver, application }: Pick<LayerPlan, 'driver' | 'application'>): string {
  const { scheme, dialect, concurrency } = driver;
  const address =
    dialect === 'sqlite' ? `${scheme}:///${application}.db` : `${scheme}://localhost/${application}`;
  const pool =
    dialect === 'sqlite'
      ? []
      : [
          '    pool_size=5,',
          '    max_overflow=5,',
          '    pool_timeout=10,',
          '    # Seconds: below what firewalls and proxies allow an idle connection.',
          '    pool_recycle=1800,',
          '    pool_pre_ping=True,',
        ];
  const connect = driver.connectArguments(application).map(line => `        ${line}`);
  return `DEVELOPMENT_URL = "${address}"


def database_url() -> URL:
    """Return what DATABASE_URL names, else a database for development."""
    url = make_url(os.environ.get("DATABASE_URL", DEVELOPMENT_URL))
    # A host gives no driver, or another one: that is decided here.
    return url.set(drivername="${scheme}")


engine = create_async_engine(
    database_url(),
${pool.length > 0 ? `${pool.join('\n')}\n` : ''}    connect_args={
${connect.join('\n')}
    },
)
${dialect === 'sqlite' ? foreignKeys(concurrency) : ''}`;
}

function foreignKeys(concurrency: 'sync' | 'async'): string {
  return `

@event.listens_for(${concurrency === 'async' ? 'engine.sync_engine' : 'engine'}, "connect")
def enforce_foreign_keys(
    connection: DBAPIConnection,
    _record: ConnectionPoolEntry,
) -> None:
    """Switch on what SQLite leaves off for each new connection."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


`;
}

export function sessionSource(own: string, factory = 'session_factory'): string {
  return `"""A session for each request."""
from collections.abc import AsyncIterator
from typing import Annotated
from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
${own}

async def get_session() -> AsyncIterator[AsyncSession]:
    """Yield one request's session; what is not committed is rolled back."""
    async with ${factory}() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]
`;
}

/** FastAPI's lifespan is asynchronous, whatever the engine is: rendered as such. */
export function lifespanSource({ driver, engine }: LayerPlan, own: string, style: CodeStyle): string {
  const wait = driver.concurrency === 'async' ? 'await ' : '';
  return `"""What happens when the application starts and stops."""
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from fastapi import FastAPI
${own}

@asynccontextmanager
async def lifespan(_app: FastAPI) -> ${generatorType('None', 'async', style)}:
    """Close the connections when the application stops."""
    try:
        yield
    finally:
        ${wait}${engine?.name ?? 'engine'}.dispose()
`;
}

export function applicationSource(own: string): string {
  return `"""The application."""
from fastapi import FastAPI
${own}

app = FastAPI(lifespan=lifespan)
`;
}
