"""Hybrid properties and methods on the class."""

import datetime

from sqlalchemy import case, ColumnElement, func, select
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import aliased, Mapped, mapped_column

from tables import Base


class SoftDelete:
    deleted_at: Mapped[datetime.datetime | None] = mapped_column(default=None)

    @hybrid_property
    def is_deleted(self) -> bool:
        """Whether it is there any more."""
        return self.deleted_at is not None

    @is_deleted.inplace.expression
    @classmethod
    def _is_deleted_expression(cls) -> ColumnElement[bool]:
        return cls.deleted_at.is_not(None)


class Box(SoftDelete, Base):
    __tablename__ = "hybrid_boxes"

    id: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    first: Mapped[str]
    last: Mapped[str]

    @hybrid_property
    def area(self) -> int:
        return self.width * self.height

    @hybrid_property
    def full(self) -> str:
        return self.first + " " + self.last

    @hybrid_property
    def size(self) -> str:
        if self.width > 10:
            return "large"
        return "small"

    @size.expression
    def size(cls):
        return case((cls.width > 10, "large"), else_="small")

    @hybrid_method
    def wider_than(self, other: int) -> bool:
        return self.width > other

    @hybrid_property
    def wide(self) -> int:
        return self.width


_box = aliased(Box, name="b")

hybrid_where = select(Box.id).where(Box.area > 5)
hybrid_selected = select(Box.id, Box.area)
hybrid_mixin = select(Box.id).where(Box.is_deleted)
hybrid_not = select(Box.id).where(~Box.is_deleted)
hybrid_order = select(Box.id).order_by(Box.full.desc())
hybrid_expression = select(Box.id).where(Box.size == "large")
hybrid_method_where = select(Box.id).where(Box.wider_than(5))
hybrid_column = select(Box.wide).where(Box.wide == 5)
hybrid_alias = select(_box.id).where(_box.area > 5, _box.is_deleted)
hybrid_group = select(Box.size, func.count()).group_by(Box.size)
