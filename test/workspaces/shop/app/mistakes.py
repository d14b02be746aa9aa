"""Ten mistakes, on purpose: each is the only one of its function, and the comment names it.

Nothing calls what is in here. Importing it is harmless: the one model has a base of its own.
"""

from datetime import datetime

from sqlalchemy import DateTime, String, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column

from app.models import Customer, Order, OrderStatus, Product


async def customers_not_deleted(session: AsyncSession) -> list[Customer]:
    # Python's "is" compares objects, not rows: the condition is always false, and nothing is found.
    statement = select(Customer).where(Customer.deleted_at is None)
    return list(await session.scalars(statement))


async def products_not_for_sale(session: AsyncSession) -> list[Product]:
    # Python's "not" turns the column into plain False: nothing is found.
    statement = select(Product).where(not Product.is_active)
    return list(await session.scalars(statement))


async def paid_orders_of(session: AsyncSession, customer_id: int) -> list[Order]:
    # Python's "and" drops the second condition: the paid orders of all customers are found.
    statement = select(Order).where(
        Order.status == OrderStatus.PAID and Order.customer_id == customer_id
    )
    return list(await session.scalars(statement))


async def customer_by_name(session: AsyncSession, name: str) -> Customer | None:
    # The keyword is misspelt: a customer has a name, not a nmae.
    statement = select(Customer).filter_by(nmae=name).order_by(Customer.id).limit(1)
    return await session.scalar(statement)


async def customer_emails(session: AsyncSession) -> list[str]:
    # The attribute is misspelt: a customer has an email, not an emial.
    statement = select(Customer.emial).where(Customer.deleted_at.is_(None))
    return list(await session.scalars(statement))


async def search_by_sku(session: AsyncSession, sku: str) -> list[int]:
    # What the visitor typed becomes part of the SQL, and can be SQL itself.
    statement = text(f"SELECT id FROM products WHERE sku = '{sku}'")
    return list(await session.scalars(statement))


class MistakesBase(DeclarativeBase):
    """Kept apart from the shop's own tables."""


class LoginAttempt(MistakesBase):
    __tablename__ = "login_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255))
    # A plain string is a constant: the time at which the table was made, for every row.
    attempted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default="now()")


async def cancel_pending_orders(session: AsyncSession) -> None:
    # The WHERE is missing: every order is cancelled, shipped ones too.
    await session.execute(update(Order).values(status=OrderStatus.CANCELLED))


async def orders_with_items(session: AsyncSession) -> list[Order]:
    # A collection loaded by a join repeats its owner on every row: unique() has to take that out.
    statement = select(Order).options(joinedload(Order.items)).order_by(Order.id)
    return list(await session.scalars(statement))


async def number_of_products(session: AsyncSession) -> int:
    # There is nothing to count from: without FROM the answer is always 1.
    return (await session.scalars(select(func.count()))).one()
