import enum
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Optional

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..types import UtcDateTime
from .base import Base, Printed

if TYPE_CHECKING:
    from .country import CountryModel


class Size(str, enum.Enum):
    SMALL = "small"
    LARGE = "large"


class CityModel(Printed, Base):
    __tablename__ = "cities"

    id: Mapped[uuid.UUID] = mapped_column(
        Uuid(native_uuid=False), primary_key=True, default=uuid.uuid4
    )
    name: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[Optional[datetime]] = mapped_column(UtcDateTime)
    country_id: Mapped[Optional[uuid.UUID]] = mapped_column(
        Uuid(native_uuid=False), ForeignKey("countries.id"), index=True
    )

    country: Mapped[Optional["CountryModel"]] = relationship(back_populates="cities")


class RiverModel(Printed, Base):
    __tablename__ = "rivers"

    id: Mapped[uuid.UUID] = mapped_column(
        Uuid(native_uuid=False), primary_key=True, default=uuid.uuid4
    )
    city_id: Mapped[uuid.UUID] = mapped_column(
        Uuid(native_uuid=False), ForeignKey("cities.id"), index=True
    )
