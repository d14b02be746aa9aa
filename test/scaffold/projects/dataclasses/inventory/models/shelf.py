"""Shelves."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from inventory.base import Base


class Shelf(Base, kw_only=True):
    """Where things are."""

    __tablename__ = "shelves"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    label: Mapped[str] = mapped_column(String(20))
