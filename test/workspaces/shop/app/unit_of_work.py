"""One business transaction: a session and the repositories on it."""

from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncSessionTransaction
from typing_extensions import Self

from app.db.database import SessionFactory
from app.repositories.categories import CategoryRepository
from app.repositories.customers import CustomerRepository
from app.repositories.gift_cards import GiftCardRepository
from app.repositories.orders import OrderRepository
from app.repositories.payments import PaymentRepository
from app.repositories.products import ProductRepository
from app.repositories.reports import ReportRepository
from app.repositories.reviews import ReviewRepository
from app.repositories.stock_movements import StockMovementRepository
from app.repositories.tags import TagRepository


class UnitOfWork:
    """All or nothing: what has not been committed when the block ends is rolled back.

    async with UnitOfWork(database.sessions) as work:
        work.customers.add(Customer(email=email, name=name))
        await work.commit()
    """

    def __init__(self, sessions: SessionFactory) -> None:
        self._session = sessions()
        self.categories = CategoryRepository(self._session)
        self.customers = CustomerRepository(self._session)
        self.gift_cards = GiftCardRepository(self._session)
        self.orders = OrderRepository(self._session)
        self.payments = PaymentRepository(self._session)
        self.products = ProductRepository(self._session)
        self.reports = ReportRepository(self._session)
        self.reviews = ReviewRepository(self._session)
        self.stock_movements = StockMovementRepository(self._session)
        self.tags = TagRepository(self._session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Closing rolls back, and gives the connection back to the pool.
        await self._session.close()

    async def connect(self) -> None:
        """Take a connection now rather than with the first statement."""
        await self._session.connection()

    async def flush(self) -> None:
        """Send what has been added and changed, so that keys are known."""
        await self._session.flush()

    async def commit(self) -> None:
        """Make everything so far permanent."""
        await self._session.commit()

    async def rollback(self) -> None:
        """Undo everything since the last commit."""
        await self._session.rollback()

    def savepoint(self) -> AsyncSessionTransaction:
        """Return a block (`async with`) that can fail without failing the whole."""
        return self._session.begin_nested()
