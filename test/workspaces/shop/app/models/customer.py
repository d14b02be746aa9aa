"""Customers."""

from typing import TYPE_CHECKING

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, SoftDeleteMixin, TimestampMixin

if TYPE_CHECKING:
    from app.models.address import Address
    from app.models.customer_profile import CustomerProfile
    from app.models.gift_card import GiftCard
    from app.models.order import Order
    from app.models.review import Review


class Customer(IntegerKeyMixin, TimestampMixin, SoftDeleteMixin, Base):
    """Somebody who buys. The address of a deleted customer may sign up again."""

    __tablename__ = "customers"
    __table_args__ = (
        Index(
            "uq_customers_email_live",
            "email",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
    )

    email: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120))

    # One to many: the parts go with the whole.
    addresses: Mapped[list["Address"]] = relationship(
        back_populates="customer",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="raise_on_sql",
    )
    # One to one: the other side's foreign key is unique.
    profile: Mapped["CustomerProfile | None"] = relationship(
        back_populates="customer",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="raise_on_sql",
    )
    orders: Mapped[list["Order"]] = relationship(
        back_populates="customer", passive_deletes="all", lazy="raise_on_sql"
    )
    reviews: Mapped[list["Review"]] = relationship(
        back_populates="customer", passive_deletes=True, lazy="raise_on_sql"
    )
    gift_cards: Mapped[list["GiftCard"]] = relationship(
        back_populates="customer", passive_deletes=True, lazy="raise_on_sql"
    )
