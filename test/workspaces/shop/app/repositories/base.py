"""What every repository can do."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.db.mixins import IntegerKeyMixin
from app.errors import NotFoundError

ModelT = TypeVar("ModelT", bound=IntegerKeyMixin)


class Repository(Generic[ModelT]):
    """The rows of one model, within one session. It never commits."""

    model: type[ModelT]

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def query(self) -> Select[ModelT]:
        """Return the SELECT that all reads start from; override it to hide rows."""
        return select(self.model)

    async def get(self, key: int) -> ModelT | None:
        """Return the row with this key, or None."""
        return await self._session.scalar(self.query().where(self.model.id == key))

    async def get_one(self, key: int) -> ModelT:
        """Return the row with this key.

        Raises:
            NotFoundError: there is none.
        """
        found = await self.get(key)
        if found is None:
            raise NotFoundError(self.model.__name__.lower(), key)
        return found

    async def page(
        self, *criteria: ColumnElement[bool], after: int = 0, limit: int = 50
    ) -> Sequence[ModelT]:
        """Return the rows that follow the key `after`, in the order of keys.

        A page begins behind the last row of the one before, so that it costs the same however
        far in it is, and rows that come and go meanwhile shift nothing.
        """
        statement = (
            self.query()
            .where(self.model.id > after, *criteria)
            .order_by(self.model.id)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()

    async def count(self, *criteria: ColumnElement[bool]) -> int:
        """Return how many rows meet all criteria."""
        rows = self.query().where(*criteria).subquery()
        return (await self._session.scalars(select(func.count()).select_from(rows))).one()

    async def exists(self, *criteria: ColumnElement[bool]) -> bool:
        """Return whether any row meets all criteria."""
        statement = select(self.query().where(*criteria).exists())
        return (await self._session.scalars(statement)).one()

    def add(self, row: ModelT) -> ModelT:
        """Insert the row with the next flush, and return it."""
        self._session.add(row)
        return row

    def add_all(self, rows: Iterable[ModelT]) -> None:
        """Insert the rows with the next flush."""
        self._session.add_all(rows)

    async def remove(self, row: ModelT) -> None:
        """Delete the row with the next flush; override it to hide the row instead."""
        await self._session.delete(row)
