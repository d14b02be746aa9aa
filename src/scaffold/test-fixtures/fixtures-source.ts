/** `conftest.py` and a test of it, as templates. */

export interface FixturesPlan {
  readonly dialect: 'postgresql' | 'sqlite';
  /** `postgresql+asyncpg`. */
  readonly driver: string;
  readonly database: string;
  /** The line that imports it. */
  readonly base: string;
  readonly baseName: string;
  /** Modules that define the models. */
  readonly modules: readonly string[];
}

export function fixturesSource(plan: FixturesPlan, concurrency: 'sync' | 'async'): string {
  const { dialect, driver, database, base, baseName, modules } = plan;
  const address = dialect === 'sqlite' ? `${driver}:///${database}.db` : `${driver}://localhost/${database}`;
  const fixture = concurrency === 'async' ? 'pytest_asyncio.fixture' : 'pytest.fixture';
  return `
"""The tables once, and for each test a session whose work is undone."""
import asyncio
import os
from collections.abc import AsyncIterator, Iterator
import pytest
import pytest_asyncio
from sqlalchemy import Connection, Engine, NullPool, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
${modules.map(module => `import ${module}`).join('\n')}
${base}

TEST_URL = "${address}"
${modules.length === 0 ? '' : `# Importing the models fills the metadata.\nMODELS = (${modules.join(', ')}${modules.length === 1 ? ',' : ''})\n`}

def url_of_tests() -> URL:
    """Return what TEST_DATABASE_URL names, else a database of this machine."""
    url = make_url(os.environ.get("TEST_DATABASE_URL", TEST_URL))
    return url.set(drivername="${driver}")


def new_engine() -> AsyncEngine:
    """Make an engine that keeps no connection: each test has its own loop."""
${engineBody(dialect, concurrency)}


${dialect === 'sqlite' ? sqliteEvents : ''}async def create_tables() -> None:
    """Make the tables of all models anew."""
    engine = new_engine()
    async with engine.begin() as connection:
${runOnConnection(concurrency, `${baseName}.metadata.drop_all`)}
${runOnConnection(concurrency, `${baseName}.metadata.create_all`)}
    await engine.dispose()


@pytest.fixture(scope="session")
def tables() -> None:
    """Make the tables, once for all tests."""
    ${concurrency === 'async' ? 'asyncio.run(create_tables())' : 'create_tables()'}


@${fixture}
async def connection(tables: None) -> AsyncIterator[AsyncConnection]:
    """Open a connection whose transaction is rolled back after the test."""
    assert tables is None
    engine = new_engine()
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()
    await engine.dispose()


@${fixture}
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """Open a session in that transaction: its commit releases a savepoint."""
    async with AsyncSession(
        connection,
        join_transaction_mode="create_savepoint",
${concurrency === 'async' ? '        expire_on_commit=False,\n' : ''}    ) as session:
        yield session
`;
}

function engineBody(dialect: 'postgresql' | 'sqlite', concurrency: 'sync' | 'async'): string {
  if (dialect === 'postgresql') return '    return create_async_engine(url_of_tests(), poolclass=NullPool)';
  const held = concurrency === 'async' ? 'engine.sync_engine' : 'engine';
  return `    engine = create_async_engine(url_of_tests(), poolclass=NullPool)
    begin_by_hand(${held})
    return engine`;
}

function runOnConnection(concurrency: 'sync' | 'async', call: string): string {
  return concurrency === 'async'
    ? `        await connection.run_sync(${call})`
    : `        ${call}(connection)`;
}

/** As SQLAlchemy's documentation of pysqlite has it. */
const sqliteEvents = `def begin_by_hand(engine: Engine) -> None:
    """Keep the driver from ending transactions by itself."""

    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    _ = connect, begin


`;

export function fixturesTestSource(concurrency: 'sync' | 'async'): string {
  const mark = concurrency === 'async' ? '@pytest.mark.asyncio\n' : '';
  const test = (name: string): string => `${mark}async def ${name}(session: AsyncSession) -> None:
    """What one test commits, the other does not see."""
    connection = await session.connection()
    await connection.exec_driver_sql("CREATE TABLE only_here (id INTEGER)")
    await session.commit()
    assert await session.scalar(text("SELECT count(*) FROM only_here")) == 0
`;
  return `
"""The fixtures keep tests apart."""
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

${test('test_a_commit_is_undone')}

${test('test_a_commit_is_undone_again')}`;
}
