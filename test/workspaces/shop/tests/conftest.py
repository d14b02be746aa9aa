"""Fixtures: every test runs on aiosqlite, and on PostgreSQL where a server is named.

`SHOP_TEST_DATABASE_URL` is the address of any database on a server where the role may create
databases. The tests make their own there and drop it at the end.
"""

import os
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from app.db.base import Base
from app.db.database import Database, SessionFactory
from app.db.engine import create_engine
from app.main import create_app
from app.settings import Settings
from app.unit_of_work import UnitOfWork
from tests.factories import Factory
from tests.postgresql import temporary_database, upgrade

SERVER_URL = os.environ.get("SHOP_TEST_DATABASE_URL")
BACKENDS = ["sqlite"] if SERVER_URL is None else ["sqlite", "postgresql"]


def pytest_report_header() -> str:
    if SERVER_URL is None:
        return "databases: aiosqlite (name a server in SHOP_TEST_DATABASE_URL for PostgreSQL)"
    return "databases: aiosqlite, PostgreSQL"


@pytest.fixture(scope="session")
def server_url() -> str:
    """The PostgreSQL server; tests that need one are skipped without it."""
    if SERVER_URL is None:
        pytest.skip("needs PostgreSQL: set SHOP_TEST_DATABASE_URL")
    return SERVER_URL


@pytest_asyncio.fixture(scope="session", params=BACKENDS)
async def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[AsyncEngine]:
    """An engine on a database with all tables: SQLite's from the models, PostgreSQL's migrated."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("sqlite") / "shop.db"
        engine = create_engine(f"sqlite+aiosqlite:///{file}")
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield engine
        await engine.dispose()
        return
    assert SERVER_URL is not None
    async with temporary_database(SERVER_URL) as url:
        await upgrade(url, "head")
        engine = create_engine(url)
        yield engine
        await engine.dispose()


@pytest_asyncio.fixture
async def sessions(engine: AsyncEngine) -> AsyncIterator[SessionFactory]:
    """Sessions inside one transaction, rolled back after the test.

    What the code under test commits is only the release of a savepoint.
    """
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield async_sessionmaker(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        await transaction.rollback()


@pytest_asyncio.fixture
async def work(sessions: SessionFactory) -> AsyncIterator[UnitOfWork]:
    async with UnitOfWork(sessions) as work:
        yield work


@pytest.fixture
def make(work: UnitOfWork) -> Factory:
    """Makes rows in the unit of work of the test."""
    return Factory(work)


@pytest_asyncio.fixture
async def client(engine: AsyncEngine, sessions: SessionFactory) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, within the transaction of the test."""
    app = create_app(Settings())
    app.state.database = Database(engine, sessions)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield client
