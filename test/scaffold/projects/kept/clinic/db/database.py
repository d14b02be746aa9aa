"""The database as the running application holds it."""

from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine


class Database:
    """One engine and its sessions, from the start of the application to its end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)


def connect(url: str) -> Database:
    """Return a database that is opened when it is first needed."""
    return Database(create_async_engine(url, pool_pre_ping=True))
