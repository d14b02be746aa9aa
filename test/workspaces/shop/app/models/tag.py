"""Tags, and the table that ties them to products."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin
from app.db.types import BigKey

if TYPE_CHECKING:
    from app.models.product import Product

product_tags = Table(
    "product_tags",
    Base.metadata,
    Column("product_id", BigKey, ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "tag_id",
        BigKey,
        ForeignKey("tags.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Tag(IntegerKeyMixin, Base):
    """A word that products can be found by."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(String(50), unique=True)

    # Many to many: the table between holds nothing but the two keys.
    products: Mapped[list["Product"]] = relationship(
        secondary=product_tags, back_populates="tags", passive_deletes=True, lazy="raise_on_sql"
    )
