"""Orders."""

import enum
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, SoftDeleteMixin, TimestampMixin
from app.db.types import BigKey, Cents, enum_values

if TYPE_CHECKING:
    from app.models.address import Address
    from app.models.customer import Customer
    from app.models.order_item import OrderItem
    from app.models.payment import Payment


class OrderStatus(str, enum.Enum):
    """The steps of an order, in the order in which they happen."""

    PENDING = "pending"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Order(IntegerKeyMixin, TimestampMixin, SoftDeleteMixin, Base):
    """An order. Outside of the shop it goes by `public_id`, which tells nothing of the others."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("total_cents >= 0", name="total_not_negative"),
        Index("ix_orders_status_placed_at", "status", "placed_at"),
    )

    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    status: Mapped[OrderStatus] = mapped_column(
        Enum(OrderStatus, name="order_status", values_callable=enum_values),
        default=OrderStatus.PENDING,
        server_default=OrderStatus.PENDING.value,
    )
    placed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    total_cents: Mapped[Cents]
    note: Mapped[str | None] = mapped_column(Text)
    customer_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("customers.id", ondelete="RESTRICT"), index=True
    )
    shipping_address_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("addresses.id", ondelete="SET NULL"), index=True
    )

    customer: Mapped["Customer"] = relationship(back_populates="orders", lazy="raise_on_sql")
    shipping_address: Mapped["Address | None"] = relationship(
        back_populates="orders", lazy="raise_on_sql"
    )
    items: Mapped[list["OrderItem"]] = relationship(
        back_populates="order",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="raise_on_sql",
    )
    payments: Mapped[list["Payment"]] = relationship(
        back_populates="order", passive_deletes="all", lazy="raise_on_sql"
    )
