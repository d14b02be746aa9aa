/** Advanced Alchemy's bases, mixins and types, also by the names under which Litestar offers them. */

const types = `
from sqlalchemy import JSON, BigInteger, DateTime, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB, UUID

class GUID(TypeDecorator):
    impl = UUID

class DateTimeUTC(TypeDecorator):
    impl = DateTime(timezone=True)

class EncryptedString(TypeDecorator):
    impl = String
    def __init__(self, key=None, backend=None, length=None, **kwargs):
        super().__init__()

class EncryptedText(EncryptedString):
    impl = Text

class PasswordHash(TypeDecorator):
    impl = String
    def __init__(self, backend, length=255):
        super().__init__(length=length)

JsonB = JSON().with_variant(JSONB, "postgresql")
BigIntIdentity = BigInteger()
`;

const mixins = `
import datetime
from uuid import UUID, uuid4

from sqlalchemy import Identity, Index, Sequence, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from advanced_alchemy.types import BigIntIdentity, DateTimeUTC

def now():
    return datetime.datetime.now(datetime.timezone.utc)

class SentinelMixin:
    @declared_attr
    def _sentinel(cls) -> Mapped[int]:
        return mapped_column(
            name="sa_orm_sentinel",
            insert_default=now,
            _omit_from_statements=True,
            nullable=True,
            sort_order=3001,
        )

class UUIDPrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True, sort_order=-100)

class UUIDv6PrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True, sort_order=-100)

class UUIDv7PrimaryKey(SentinelMixin):
    id: Mapped[UUID] = mapped_column(default=uuid4, primary_key=True, sort_order=-100)

class NanoIDPrimaryKey(SentinelMixin):
    id: Mapped[str] = mapped_column(default=uuid4, primary_key=True, sort_order=-100)

class BigIntPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(
            BigIntIdentity,
            Sequence(f"{cls.__tablename__}_id_seq", optional=False),
            primary_key=True,
            sort_order=-100,
        )

class IdentityPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(BigIntIdentity, Identity(start=1, increment=1), primary_key=True, sort_order=-100)

class AuditColumns:
    created_at: Mapped[datetime.datetime] = mapped_column(DateTimeUTC(timezone=True), default=now, sort_order=3002)
    updated_at: Mapped[datetime.datetime] = mapped_column(
        DateTimeUTC(timezone=True), default=now, onupdate=now, sort_order=3003
    )

class SlugKey:
    @declared_attr
    def slug(cls) -> Mapped[str]:
        return mapped_column(String(length=100), nullable=False)

    @declared_attr.directive
    def __table_args__(cls):
        return (
            UniqueConstraint(cls.slug, name=f"uq_{cls.__tablename__}_slug"),
            Index(f"ix_{cls.__tablename__}_slug_unique", cls.slug, unique=True).ddl_if(callable_=is_spanner),
        )

class UniqueMixin: ...
`;

const keys = ['UUID', 'UUIDv6', 'UUIDv7', 'NanoID', 'BigInt', 'Identity'];

/** `UUIDBase` and `UUIDAuditBase`, and so on for every kind of key. */
const bases = keys.map(
  key => `
class ${key}Base(${key}PrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase, AsyncAttrs):
    __abstract__ = True

class ${key}AuditBase(CommonTableAttributes, ${key}PrimaryKey, AuditColumns, AdvancedDeclarativeBase, AsyncAttrs):
    __abstract__ = True
`,
);

const base = `
import datetime
import re
from typing import Any
from uuid import UUID

from sqlalchemy import Date, MetaData, String
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, declared_attr, registry

from advanced_alchemy.mixins import *
from advanced_alchemy.types import GUID, DateTimeUTC, JsonB

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
table_name_regexp = re.compile("((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")

orm_registry = registry(
    metadata=MetaData(naming_convention=convention),
    type_annotation_map={
        UUID: GUID,
        datetime.datetime: DateTimeUTC,
        datetime.date: Date,
        dict: JsonB,
        dict[str, Any]: JsonB,
        dict[str, str]: JsonB,
    },
)

class BasicAttributes:
    def to_dict(self, exclude=None): ...

class CommonTableAttributes(BasicAttributes):
    @declared_attr.directive
    def __tablename__(cls):
        return table_name_regexp.sub(r"_\\1", cls.__name__).lower()

class AdvancedDeclarativeBase(DeclarativeBase):
    registry = orm_registry
    __abstract__ = True

class DefaultBase(CommonTableAttributes, AdvancedDeclarativeBase, AsyncAttrs):
    __abstract__ = True
${bases.join('')}
class SQLQuery(BasicAttributes, AdvancedDeclarativeBase, AsyncAttrs):
    __abstract__ = True
`;

const again = 'from advanced_alchemy.base import *\n';

export const advancedAlchemy: Readonly<Record<string, string>> = {
  'advanced_alchemy.types': types,
  'advanced_alchemy.mixins': mixins,
  'advanced_alchemy.base': base,
  'advanced_alchemy.extensions.litestar': 'from advanced_alchemy import base, mixins, types\n',
  'litestar.plugins.sqlalchemy': 'from advanced_alchemy import base, mixins, types\n',
  'litestar.plugins.sqlalchemy.base': again,
  'litestar.contrib.sqlalchemy.base': again,
};
