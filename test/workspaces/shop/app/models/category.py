"""The tree of categories."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey

if TYPE_CHECKING:
    from app.models.product import Product


class Category(IntegerKeyMixin, TimestampMixin, Base):
    """A node of the tree; one without a parent is a root."""

    __tablename__ = "categories"
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_its_own_parent"),)

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("categories.id", ondelete="RESTRICT"), index=True
    )

    # Self-referential: `remote_side` says which of the two is the "one".
    parent: Mapped["Category | None"] = relationship(
        back_populates="children", remote_side="Category.id", lazy="raise_on_sql"
    )
    children: Mapped[list["Category"]] = relationship(
        back_populates="parent", passive_deletes="all", lazy="raise_on_sql"
    )
    products: Mapped[list["Product"]] = relationship(
        back_populates="category", passive_deletes="all", lazy="raise_on_sql"
    )
