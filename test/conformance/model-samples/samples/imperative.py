"""Imperative mapping, registries, __table__ and types of one's own."""

import uuid

from sqlalchemy import (
    CHAR,
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    Float,
    ForeignKey,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    Unicode,
    Uuid,
)
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import Mapped, declarative_base, mapped_column, registry, relationship
from sqlalchemy.types import UserDefinedType

mapper_registry = registry()
metadata = mapper_registry.metadata

people = Table(
    "person",
    metadata,
    Column("person_id", Integer, primary_key=True),
    Column("name", String(40), nullable=False, server_default="nobody"),
    Column("boss_id", ForeignKey("person.person_id")),
)

pets = Table("pet", metadata, Column("id", Integer, primary_key=True), Column("owner_id", None, ForeignKey(people.c.person_id)))


class Person:
    def greet(self) -> str:
        return "hi"


class Pet:
    pass


mapper_registry.map_imperatively(
    Person,
    people,
    properties={"id": people.c.person_id, "pets": relationship(Pet, back_populates="owner")},
)
mapper_registry.map_imperatively(Pet, pets, properties={"owner": relationship(Person, back_populates="pets")})


class GUID(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(pg.UUID())
        else:
            return dialect.type_descriptor(CHAR(32))


class Lower(TypeDecorator):
    impl = String
    cache_ok = True


class ShortLower(Lower):
    pass


class Money(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "MONEY"


class Name(String):
    pass


Base = declarative_base(metadata=MetaData(schema="typed"))
JsonType = JSON().with_variant(pg.JSONB(), "postgresql")


class Everything(Base):
    __tablename__ = "everything"
    guid = Column(GUID, primary_key=True, default=uuid.uuid4)
    lower = Column(Lower(30))
    short = Column(ShortLower())
    money = Column(Money)
    name = Column(Name(12))
    data = Column(MutableDict.as_mutable(JsonType))
    f1 = Column(Float)
    f2 = Column(Float(24))
    f3 = Column(Double)
    b1 = Column(Boolean, nullable=False)
    t1 = Column(Time(timezone=True))
    t2 = Column(DateTime)
    t3 = Column(pg.TIMESTAMP(timezone=True, precision=3))
    i1 = Column(Interval)
    i2 = Column(pg.INTERVAL(fields="DAY TO SECOND"))
    u1 = Column(Uuid)
    u2 = Column(Uuid(native_uuid=False))
    u3 = Column(Unicode(5))
    l1 = Column(LargeBinary)
    s1 = Column(SmallInteger)
    s2 = Column(BigInteger().with_variant(Integer, "sqlite"))
    a1 = Column(pg.ARRAY(Integer, dimensions=2))
    a2 = Column(pg.ARRAY(pg.ENUM("x", "y", name="xy")))
    e1 = Column(pg.ENUM("p", "q", name="pq", schema="other"))
    r1 = Column(pg.INT4RANGE)
    r2 = Column(pg.TSTZRANGE())
    n1 = Column(pg.INET)
    n2 = Column(pg.TSVECTOR)
    n3 = Column(pg.BIT(3))
    n4 = Column(pg.HSTORE)
    n5 = Column(pg.CITEXT())
    c1 = Column(String(10, collation="C"))
    x = Column("select", Text, key=None)


class Fixed(Base):
    __table__ = Table("fixed", Base.metadata, Column("id", Integer, primary_key=True), Column("value", Text))


@mapper_registry.mapped
class Decorated:
    __tablename__ = "decorated"
    id: Mapped[int] = mapped_column(primary_key=True)
    fixed_at: Mapped[str] = mapped_column(String(3))


@mapper_registry.mapped_as_dataclass
class Data:
    __tablename__ = "data"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(default="x")
    other: Mapped[int | None] = mapped_column(default=None)


GeneratedBase = mapper_registry.generate_base()


class Generated(GeneratedBase):
    __tablename__ = "generated"
    id: Mapped[int] = mapped_column(primary_key=True)
