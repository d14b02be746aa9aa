"""Bases, mixins and shared types that the other samples build on."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, MetaData, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
from typing_extensions import Annotated

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

str50 = Annotated[str, mapped_column(String(50))]
str_text = Annotated[str, "text"]
intpk = Annotated[int, mapped_column(BigInteger, primary_key=True)]
created = Annotated[datetime.datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
LENGTH = 30


def camel_to_snake(name: str) -> str:
    """Turn a class name into a table name."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=convention)
    type_annotation_map = {
        str_text: Text,
        dict[str, Any]: JSONB,
        datetime.datetime: DateTime(timezone=True),
    }


class SchemaBase(DeclarativeBase):
    metadata = MetaData(schema="sales", naming_convention=convention)


class NamedMixin:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return camel_to_snake(cls.__name__) + "s"


class TimestampMixin:
    created_at: Mapped[created]
    updated_at: Mapped[datetime.datetime | None] = mapped_column(onupdate=func.now())


class UuidMixin:
    id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4, sort_order=-10)


class OwnedMixin:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def owner(cls) -> Mapped[Account]:
        return relationship("Account", foreign_keys=[cls.owner_id])


class AbstractThing(NamedMixin, TimestampMixin, Base):
    __abstract__ = True

    id: Mapped[intpk]
    note: Mapped[str_text | None]


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str50]
    nick: Mapped[str50 | None]
    email: Mapped[str] = mapped_column(String(LENGTH * 2), unique=True, index=True)
    data: Mapped[dict[str, Any]]
