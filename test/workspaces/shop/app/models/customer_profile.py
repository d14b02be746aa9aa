"""What is known about a customer beyond name and email."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey

if TYPE_CHECKING:
    from app.models.customer import Customer


class CustomerProfile(IntegerKeyMixin, TimestampMixin, Base):
    """The profile of one customer, who has at most one."""

    __tablename__ = "customer_profiles"

    customer_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("customers.id", ondelete="CASCADE"), unique=True
    )
    phone: Mapped[str | None] = mapped_column(String(32))
    birth_date: Mapped[date | None]
    newsletter: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str | None] = mapped_column(Text)

    customer: Mapped["Customer"] = relationship(back_populates="profile", lazy="raise_on_sql")
