"""Why the stock is what it is."""

import enum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Enum, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Base
from app.db.mixins import IntegerKeyMixin, TimestampMixin
from app.db.types import BigKey, enum_values

if TYPE_CHECKING:
    from app.models.product import Product


class StockReason(str, enum.Enum):
    """What made the stock change."""

    DELIVERY = "delivery"
    ORDER = "order"
    RETURN = "return"
    CORRECTION = "correction"


class StockMovement(IntegerKeyMixin, TimestampMixin, Base):
    """One change of one product's stock. Rows are added, never changed."""

    __tablename__ = "stock_movements"
    __table_args__ = (CheckConstraint("delta <> 0", name="delta_not_zero"),)

    product_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    delta: Mapped[int]
    # Not a PostgreSQL enum: reasons come and go, and a plain check is easier to change.
    reason: Mapped[StockReason] = mapped_column(
        Enum(
            StockReason,
            name="reason_known",
            native_enum=False,
            length=20,
            create_constraint=True,
            values_callable=enum_values,
        )
    )

    product: Mapped["Product"] = relationship(back_populates="stock_movements", lazy="raise_on_sql")
