"""Declarative 2.0 in its many forms."""

from __future__ import annotations

import datetime
import decimal
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, List, Literal, Optional, Union

import sqlalchemy as sa
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DynamicMapped,
    Mapped,
    WriteOnlyMapped,
    backref,
    column_property,
    composite,
    deferred,
    foreign,
    mapped_column,
    relationship,
    remote,
    synonym,
)

from .base import AbstractThing, Base, NamedMixin, OwnedMixin, SchemaBase, TimestampMixin, UuidMixin

if TYPE_CHECKING:
    from .base import Account


class Status(enum.Enum):
    ACTIVE = "active"
    CLOSED = "closed"
    SHUT = "closed"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


def values_of(cls: type[enum.Enum]) -> list[str]:
    return [member.value for member in cls]


@dataclass
class Point:
    x: int
    y: Optional[int]


class Author(AbstractThing):
    name: Mapped[str] = mapped_column(String(100))
    status: Mapped[Status]
    shown: Mapped[Status] = mapped_column(Enum(Status, values_callable=lambda e: [m.value for m in e], name="shown_status"))
    other: Mapped[Optional[Status]] = mapped_column(
        sa.Enum(Status, values_callable=values_of, native_enum=False, length=20)
    )
    level: Mapped[Level]
    kind: Mapped[Literal["a", "bcd"]]
    books: Mapped[List["Book"]] = relationship(back_populates="author", cascade="all, delete-orphan")
    newest: Mapped["Book"] = relationship(viewonly=True, uselist=False, order_by="Book.id.desc()")
    tags: Mapped[set["Label"]] = relationship(secondary="author_labels", back_populates="authors")
    tag_names: AssociationProxy[list[str]] = association_proxy("tags", "name")
    drafts: WriteOnlyMapped["Draft"] = relationship(back_populates="author")
    dyn: DynamicMapped["Draft"] = relationship(viewonly=True)
    counter: ClassVar[int] = 0

    @hybrid_property
    def upper(self) -> str:
        return self.name.upper()

    @upper.expression
    def upper(cls):
        return func.upper(cls.name)

    @property
    def plain(self) -> int:
        return 1


author_labels = Table(
    "author_labels",
    Base.metadata,
    Column("author_id", ForeignKey("authors.id", ondelete="CASCADE"), primary_key=True),
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
)


class Label(NamedMixin, Base):
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[Optional[str]] = mapped_column("label_name", unique=True)
    authors: Mapped[List[Author]] = relationship(secondary=lambda: author_labels, back_populates="tags")


class Draft(Base):
    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(Sequence("draft_seq"), primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id))
    author: Mapped["Author"] = relationship(back_populates="drafts")


class Book(AbstractThing):
    __table_args__ = (
        UniqueConstraint("title", "author_id"),
        CheckConstraint("price > 0", name="price_positive"),
        Index("ix_books_title_lower", func.lower(sa.text("title")), unique=True),
        Index(None, "price", "title"),
        Index("ix_gin", "meta", postgresql_using="gin"),
        Index("ix_part", "title", postgresql_where=text("price > 10")),
        {"comment": "All books", "schema": None},
    )

    title: Mapped[str] = mapped_column(index=True, comment="the title")
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id", ondelete="SET NULL", name="fk_book_author"))
    author: Mapped[Author] = relationship(back_populates="books", lazy="joined")
    price: Mapped[decimal.Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    weight: Mapped[float | None]
    double: Mapped[decimal.Decimal] = mapped_column(Computed("price * 2"))
    meta: Mapped[dict | None] = mapped_column(postgresql.JSONB(astext_type=sa.Text()), server_default="{}")
    tags: Mapped[list[str]] = mapped_column(postgresql.ARRAY(String(20)), server_default=text("'{}'::varchar[]"))
    flag: Mapped[bool] = mapped_column(server_default=sa.false())
    big: Mapped[str] = deferred(mapped_column(sa.Text))
    published: Mapped[datetime.date | None]
    published_at: Mapped[datetime.datetime]
    duration: Mapped[datetime.timedelta]
    at: Mapped[datetime.time]
    raw: Mapped[bytes]
    ident: Mapped[str] = mapped_column(default="x", server_default=func.gen_random_uuid())
    renamed = synonym("title")
    full: Mapped[str] = column_property(title + " " + ident)


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    parent: Mapped[Optional["Node"]] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list["Node"]] = relationship(back_populates="parent")
    up: Mapped["Node | None"] = relationship("Node", remote_side="Node.id", viewonly=True)


class Message(Base):
    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sender: Mapped["Account"] = relationship(foreign_keys=[sender_id], backref="sent")
    receiver: Mapped["Account"] = relationship(
        foreign_keys="Message.receiver_id", backref=backref("received", lazy="selectin")
    )
    by_join: Mapped["Account"] = relationship(
        primaryjoin="and_(Message.sender_id == Account.id, Account.nick == None)", viewonly=True
    )
    marked = relationship(
        "Account", primaryjoin=lambda: foreign(Message.receiver_id) == remote(Account_alias.id), viewonly=True
    )


class Vertex(Base):
    __tablename__ = "vertex"
    id: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[Point] = composite(mapped_column("x1"), mapped_column("y1"))
    stop: Mapped[Point] = composite(Point, mapped_column("x2"), mapped_column("y2"))


class Invoice(UuidMixin, TimestampMixin, OwnedMixin, Base):
    __tablename__ = "invoice"
    number: Mapped[int] = mapped_column(sa.BigInteger(), unique=True)


class Line(Base):
    __tablename__ = "line"
    invoice_id: Mapped[object] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    position: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    parts: Mapped[list["Part"]] = relationship(back_populates="line")


class Part(Base):
    __tablename__ = "part"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    invoice_id: Mapped[Union[object, None]]  = mapped_column(postgresql.UUID)
    position: Mapped[Union[int, None]] = mapped_column(sa.SmallInteger)
    line: Mapped[Optional[Line]] = relationship(back_populates="parts")
    __table_args__ = (
        ForeignKeyConstraint(["invoice_id", "position"], ["line.invoice_id", "line.position"], ondelete="CASCADE"),
        {"schema": "stock"},
    )


class Plain(Base):
    __tablename__ = "plain"
    __table_args__ = (PrimaryKeyConstraint("b", "a"),)
    a = Column(Integer)
    b = Column(String(10))
    c = Column("cc", String, nullable=False, default="x")
    d: Mapped[int] = Column(Integer)
    type = Column(sa.String)
    date: Mapped[datetime.date]


Plain.late = mapped_column(Integer, index=True)
Plain.node_id = Column(ForeignKey("node.id"))
Plain.node = relationship(Node)


class Region(SchemaBase):
    __tablename__ = "region"
    id: Mapped[int] = orm.mapped_column(primary_key=True)
    state: Mapped[Status]
    shops: Mapped[list["Shop"]] = relationship(back_populates="region")


class Shop(SchemaBase):
    __tablename__ = "shop"
    id: Mapped[int] = orm.mapped_column(primary_key=True)
    region_id: Mapped[int] = orm.mapped_column(ForeignKey("region.id"), index=True)
    region: Mapped[Region] = relationship(back_populates="shops")


from .base import Account as Account_alias  # noqa: E402
