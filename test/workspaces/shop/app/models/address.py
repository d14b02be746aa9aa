"""Where orders go."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import CountryCode, CustomerKey

if TYPE_CHECKING:
    from app.models.customer import Customer
    from app.models.order import Order


class Address(IntegerKeyMixin, TimestampMixin, Base):
    """A postal address of one customer."""

    __tablename__ = "addresses"
    __table_args__ = (CheckConstraint("length(country) = 2", name="country_two_letters"),)

    customer_id: Mapped[CustomerKey]
    line1: Mapped[str] = mapped_column(String(200))
    line2: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    city: Mapped[str] = mapped_column(String(100))
    country: Mapped[CountryCode]
    is_default: Mapped[bool] = mapped_column(default=False, server_default=false())

    # Many to one.
    customer: Mapped["Customer"] = relationship(back_populates="addresses", lazy="raise_on_sql")
    orders: Mapped[list["Order"]] = relationship(
        back_populates="shipping_address", passive_deletes=True, lazy="raise_on_sql"
    )
