"""The repository of orders."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload
from typing_extensions import override

from app.errors import NotFoundError
from app.models import Order, OrderItem
from app.repositories.base import Repository


class OrderRepository(Repository[Order]):
    """Orders, without the deleted ones."""

    model = Order

    @override
    def query(self) -> Select[Order]:
        return super().query().where(Order.deleted_at.is_(None))

    @override
    async def remove(self, row: Order) -> None:
        row.mark_deleted()

    async def by_public_id(self, public_id: uuid.UUID) -> Order:
        """Return the order with items, their products and payments.

        Raises:
            NotFoundError: there is none.
        """
        statement = (
            self.query()
            .where(Order.public_id == public_id)
            .options(
                selectinload(Order.items).joinedload(OrderItem.product),
                selectinload(Order.payments),
            )
        )
        order = await self._session.scalar(statement)
        if order is None:
            raise NotFoundError("order", public_id)
        return order

    async def latest(self, *, limit: int = 20) -> Sequence[Order]:
        """Return the newest orders with their customers."""
        statement = (
            self.query()
            .options(joinedload(Order.customer))
            .order_by(Order.placed_at.desc(), Order.id.desc())
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()
