"""The declarative base, and what every model has."""

from datetime import datetime

from sqlalchemy import DateTime, func
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    declared_attr,
    mapped_column,
)


class Base(DeclarativeBase):
    """The declarative base."""


class Entity(Base):
    """What every model inherits from."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now()
    )

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Derive the name of the table from that of the class."""
        return cls.__name__.lower()
