"""Columns that many models have in common."""

from datetime import datetime, timezone

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.types import IntegerKey


class IntegerKeyMixin:
    """A number that the database hands out as the primary key."""

    id: Mapped[IntegerKey]


class TimestampMixin:
    """When the row was made and last changed, by the database's clock."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=1)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=1
    )


class SoftDeleteMixin:
    """Rows that are hidden instead of deleted. Repositories leave hidden rows out."""

    deleted_at: Mapped[datetime | None] = mapped_column(sort_order=1)

    def mark_deleted(self) -> None:
        """Hide the row from now on."""
        self.deleted_at = datetime.now(timezone.utc)
