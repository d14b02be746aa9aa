"""The repositories that a unit of work has."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


class OrderRepository:
    """The statements about orders."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session


class SyncOrderRepository:
    """The same without asyncio."""

    def __init__(self, session: Session) -> None:
        self._session = session
