"""What is for sale."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey, Cents, JsonObject
from app.models.tag import product_tags

if TYPE_CHECKING:
    from app.models.category import Category
    from app.models.order_item import OrderItem
    from app.models.review import Review
    from app.models.stock_movement import StockMovement
    from app.models.tag import Tag


class Product(IntegerKeyMixin, TimestampMixin, Base):
    """A product. `version` makes the second of two concurrent changes fail."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
        Index("ix_products_attributes", "attributes", postgresql_using="gin"),
    )

    sku: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    description: Mapped[str | None] = mapped_column(Text)
    price_cents: Mapped[Cents]
    stock: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    attributes: Mapped[dict[str, Any]] = mapped_column(
        JsonObject, default=dict, server_default=text("'{}'")
    )
    version: Mapped[int] = mapped_column(server_default=text("1"))
    category_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("categories.id", ondelete="RESTRICT"), index=True
    )

    __mapper_args__: Any = {"version_id_col": version, "eager_defaults": True}

    category: Mapped["Category"] = relationship(back_populates="products", lazy="raise_on_sql")
    tags: Mapped[list["Tag"]] = relationship(
        secondary=product_tags, back_populates="products", passive_deletes=True, lazy="raise_on_sql"
    )
    order_items: Mapped[list["OrderItem"]] = relationship(
        back_populates="product", passive_deletes="all", lazy="raise_on_sql"
    )
    reviews: Mapped[list["Review"]] = relationship(
        back_populates="product", passive_deletes=True, lazy="raise_on_sql"
    )
    stock_movements: Mapped[list["StockMovement"]] = relationship(
        back_populates="product", passive_deletes=True, lazy="raise_on_sql"
    )
