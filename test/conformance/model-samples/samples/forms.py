"""Dataclasses, concrete classes, composites, domains and ranges, proxies and synonyms, types by annotation."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Annotated, Any, NewType, Optional

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Numeric, String, func
from sqlalchemy.dialects.postgresql import CITEXT, DATERANGE, DOMAIN, INT4RANGE, JSONB, TSTZMULTIRANGE, Range
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,

    composite,
    declared_attr,
    mapped_column,
    registry,
    relationship,
    synonym,
)

Money = NewType("Money", int)
Slug = Annotated[str, mapped_column(String(80), index=True)]
big_key = Annotated[int, mapped_column(BigInteger, primary_key=True)]
postal_code = DOMAIN("postal_code", CITEXT, check="VALUE ~ '^[0-9]+$'")


class Forms(MappedAsDataclass, DeclarativeBase):
    registry = registry(type_annotation_map={Money: Numeric(12, 2), dict[str, Any]: JSONB, Range[int]: INT4RANGE})


@dataclass
class Span:
    first: datetime.date
    last: Optional[datetime.date]


class Stay(Forms):
    __tablename__ = "stays"
    id: Mapped[big_key] = mapped_column(init=False)
    slug: Mapped[Slug]
    price: Mapped[Money]
    extra: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    rooms: Mapped[Range[int] | None] = mapped_column(default=None)
    during: Mapped[Range[datetime.date] | None] = mapped_column(DATERANGE, default=None)
    blocked: Mapped[Any] = mapped_column(TSTZMULTIRANGE, nullable=True, default=None)
    code: Mapped[str | None] = mapped_column(postal_code, default=None)
    span: Mapped[Span] = composite(mapped_column("first_on"), mapped_column("last_on"), default=None)
    guests: Mapped[list[Guest]] = relationship(default_factory=list, back_populates="stay")
    guest_names: AssociationProxy[list[str]] = association_proxy("guests", "name", init=False)
    label: Mapped[str] = synonym("slug", init=False)


class Guest(Forms, kw_only=True):
    __tablename__ = "guests"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    name: Mapped[str]
    stay_id: Mapped[int] = mapped_column(ForeignKey("stays.id"))
    stay: Mapped[Stay] = relationship(back_populates="guests", init=False)


class Concrete(DeclarativeBase):
    pass


class Sheet(Concrete):
    __tablename__ = "sheets"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Poster(Sheet):
    __tablename__ = "posters"
    __mapper_args__ = {"concrete": True}
    id: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[int]


class Tagged:
    @declared_attr.cascading
    def key(cls) -> Mapped[int]:
        return mapped_column(primary_key=True)

    @declared_attr
    def made_at(cls) -> Mapped[datetime.datetime]:
        return mapped_column(server_default=func.now())


class Parcel(Tagged, Concrete):
    __tablename__ = "parcels"
    __table_args__ = (CheckConstraint("weight > 0", name="heavy"), {"schema": "post"})
    weight: Mapped[int]
