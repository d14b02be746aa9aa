"""What customers think of products."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey, CustomerKey

if TYPE_CHECKING:
    from app.models.customer import Customer
    from app.models.product import Product


class Review(IntegerKeyMixin, TimestampMixin, Base):
    """One customer's review of one product; a second one replaces the first."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),
        UniqueConstraint("product_id", "customer_id"),
    )

    # No index of its own: the unique constraint's begins with this column.
    product_id: Mapped[int] = mapped_column(BigKey, ForeignKey("products.id", ondelete="CASCADE"))
    customer_id: Mapped[CustomerKey]
    rating: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str | None] = mapped_column(Text)

    product: Mapped["Product"] = relationship(back_populates="reviews", lazy="raise_on_sql")
    customer: Mapped["Customer"] = relationship(back_populates="reviews", lazy="raise_on_sql")
