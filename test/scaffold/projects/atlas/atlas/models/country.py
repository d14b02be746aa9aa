import enum
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, List, Optional

from sqlalchemy import String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..types import EnumText, UtcDateTime
from .base import Base, Printed

if TYPE_CHECKING:
    from .city import CityModel


class Form(str, enum.Enum):
    KINGDOM = "kingdom"
    REPUBLIC = "republic"


class Climate(str, enum.Enum):
    DRY = "dry"
    WET = "wet"


class CountryModel(Printed, Base):
    __tablename__ = "countries"

    id: Mapped[uuid.UUID] = mapped_column(
        Uuid(native_uuid=False), primary_key=True, default=uuid.uuid4
    )
    name: Mapped[str] = mapped_column(String(80), unique=True)
    form: Mapped[Form] = mapped_column(EnumText(Form, 40))
    climate: Mapped[Optional[Climate]] = mapped_column(EnumText(Climate, 40))
    founded_at: Mapped[Optional[datetime]] = mapped_column(UtcDateTime)
    """When it was first heard of."""

    cities: Mapped[List["CityModel"]] = relationship(back_populates="country")
    """Those of today."""
