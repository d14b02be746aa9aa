"""Engines: one for each database, made once and disposed of at the end."""

from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

APPLICATION_NAME = "shop-api"


def create_engine(database_url: str) -> AsyncEngine:
    """Create the engine for a PostgreSQL (asyncpg) or an SQLite (aiosqlite) URL."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return create_sqlite_engine(database_url)
    return create_postgresql_engine(database_url)


def create_postgresql_engine(database_url: str) -> AsyncEngine:
    """Create an engine that opens at most ten connections for each process of the shop."""
    return create_async_engine(
        database_url,
        pool_size=5,
        max_overflow=5,
        pool_timeout=10,
        pool_recycle=1800,
        pool_pre_ping=True,
        connect_args={
            "server_settings": {
                "application_name": APPLICATION_NAME,
                "statement_timeout": "15s",
                "lock_timeout": "5s",
                "idle_in_transaction_session_timeout": "60s",
            },
        },
    )


def create_sqlite_engine(database_url: str) -> AsyncEngine:
    """Create an engine that enforces foreign keys and has real transactions and savepoints."""
    engine = create_async_engine(database_url)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


# The driver begins a transaction only before the first change, which leaves savepoints outside.
# So its own handling is switched off, and BEGIN is sent from here.
def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
