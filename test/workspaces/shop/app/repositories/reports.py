"""Figures over many tables."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Category, Order, OrderItem, OrderStatus, Product


@dataclass(frozen=True, slots=True)
class CategorySales:
    """What one category has sold."""

    category: str
    orders: int
    pieces: int
    revenue_cents: int


class ReportRepository:
    """Reports; they only read."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sales_by_category(self, since: datetime) -> list[CategorySales]:
        """Return the sales of each category that sold anything, best first."""
        revenue = func.sum(OrderItem.quantity * OrderItem.unit_price_cents)
        statement = (
            select(
                Category.name,
                func.count(Order.id.distinct()),
                func.sum(OrderItem.quantity),
                revenue,
            )
            .join(Product, Product.category_id == Category.id)
            .join(OrderItem, OrderItem.product_id == Product.id)
            .join(Order, Order.id == OrderItem.order_id)
            .where(
                Order.placed_at >= since,
                Order.deleted_at.is_(None),
                Order.status.not_in((OrderStatus.CANCELLED, OrderStatus.REFUNDED)),
            )
            .group_by(Category.id, Category.name)
            .order_by(revenue.desc(), Category.id)
        )
        rows = await self._session.execute(statement)
        return [
            CategorySales(name, orders, int(pieces), int(cents))
            for name, orders, pieces, cents in rows
        ]

    async def take_time(self, seconds: float) -> None:
        """Keep the connection busy, as a report over years of data would."""
        if self._session.get_bind().dialect.name == "postgresql":
            await self._session.execute(select(func.pg_sleep(seconds)))
