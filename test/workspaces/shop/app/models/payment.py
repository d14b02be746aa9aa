"""Money that came in."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey, Cents

if TYPE_CHECKING:
    from app.models.order import Order


class Payment(IntegerKeyMixin, TimestampMixin, Base):
    """A payment for one order, under the payment provider's own reference."""

    __tablename__ = "payments"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)

    order_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("orders.id", ondelete="RESTRICT"), index=True
    )
    provider: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(100), unique=True)
    amount_cents: Mapped[Cents]
    captured_at: Mapped[datetime | None]

    order: Mapped["Order"] = relationship(back_populates="payments", lazy="raise_on_sql")
