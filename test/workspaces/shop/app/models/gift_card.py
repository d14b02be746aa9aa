"""Gift cards."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey, Cents

if TYPE_CHECKING:
    from app.models.customer import Customer


class GiftCard(IntegerKeyMixin, TimestampMixin, Base):
    """Money on a card; it belongs to nobody until a customer redeems it."""

    __tablename__ = "gift_cards"
    __table_args__ = (CheckConstraint("balance_cents >= 0", name="balance_not_negative"),)

    code: Mapped[str] = mapped_column(String(32), unique=True)
    balance_cents: Mapped[Cents]
    expires_on: Mapped[date | None]
    customer_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )

    customer: Mapped["Customer | None"] = relationship(
        back_populates="gift_cards", lazy="raise_on_sql"
    )
