"""The database as the running application holds it: engine, sessions and the pool's figures."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.pool import AsyncAdaptedQueuePool
from typing_extensions import Self

from app.db.engine import create_engine

SessionFactory = async_sessionmaker[AsyncSession]


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """The pool at one moment, in connections; `waiting` counts requests without one."""

    size: int
    overflow: int
    in_use: int
    idle: int
    waiting: int


class Database:
    """One engine and the session factory on it, from the start of the application to its end."""

    def __init__(self, engine: AsyncEngine, sessions: SessionFactory) -> None:
        self.engine = engine
        self.sessions = sessions
        self._waiting = 0

    @classmethod
    def connect(cls, database_url: str) -> Self:
        """Set everything up; the first connection is opened when it is first needed."""
        engine = create_engine(database_url)
        return cls(engine, async_sessionmaker(engine, expire_on_commit=False))

    @contextmanager
    def waiting(self) -> Generator[None, None, None]:
        """Count the caller as waiting for a connection as long as the block runs."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    def pool_figures(self) -> PoolFigures | None:
        """Return the pool's figures, or None where the engine keeps no queue of connections."""
        pool = self.engine.pool
        if not isinstance(pool, AsyncAdaptedQueuePool):
            return None
        return PoolFigures(
            size=pool.size(),
            overflow=max(0, pool.overflow()),  # it counts up from minus the size
            in_use=pool.checkedout(),
            idle=pool.checkedin(),
            waiting=self._waiting,
        )

    async def dispose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
