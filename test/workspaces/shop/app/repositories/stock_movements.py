"""The repository of stock movements."""

from sqlalchemy import func, select

from app.models import StockMovement
from app.repositories.base import Repository


class StockMovementRepository(Repository[StockMovement]):
    """Every change of stock there ever was."""

    model = StockMovement

    async def balance(self, product_id: int) -> int:
        """Return the sum of all movements of the product."""
        total = func.coalesce(func.sum(StockMovement.delta), 0)
        statement = select(total).where(StockMovement.product_id == product_id)
        return int((await self._session.scalars(statement)).one())
