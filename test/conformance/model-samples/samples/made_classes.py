"""Classes that no class statement at the top of a module makes."""

import types
from typing import Any, cast

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.ext.declarative import AbstractConcreteBase
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "made_authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))


# By type(), with everything written out, or with a dictionary under a name.
Pen = type(
    "Pen",
    (Base,),
    {
        "__tablename__": "made_pens",
        "id": Column(Integer, primary_key=True),
        "author_id": Column(ForeignKey("made_authors.id"), nullable=False),
        "author": relationship(Author),
    },
)

ink_attributes = {"__tablename__": "made_inks", "id": mapped_column(Integer, primary_key=True)}
Ink = type("Ink", (Base,), ink_attributes)

Nib = types.new_class(
    "Nib",
    (Base,),
    {},
    lambda namespace: namespace.update({"__tablename__": "made_nibs", "id": Column(Integer, primary_key=True)}),
)


# By a function, as a class statement or by type().
def make_setting(owner: str, length: int = 20) -> type[Base]:
    class Setting(Base):
        __tablename__ = f"made_{owner}_settings"

        id: Mapped[int] = mapped_column(primary_key=True)
        value: Mapped[str] = mapped_column(String(length))
        owner_id: Mapped[int] = mapped_column(ForeignKey(f"made_{owner}s.id", ondelete="CASCADE"))

    return Setting


AuthorSetting = make_setting("author")
PenSetting = make_setting("pen", length=40)


def make_comment(parent: type[Any], *, column: str = "parent_id") -> type[Base]:
    name = f"{parent.__name__}Comment"
    members = {
        "__tablename__": f"{parent.__tablename__}_comments",
        "id": mapped_column(Integer, primary_key=True),
        column: mapped_column(ForeignKey(parent.id)),
        "parent": relationship(parent),
    }
    return cast(type[Base], type(name, (Base,), members))


AuthorComment = make_comment(Author, column="author_id")

# In a loop.
tags = {}
for kind in ("author", "pen"):
    table = Table(
        f"made_{kind}_tags",
        Base.metadata,
        Column(f"{kind}_id", ForeignKey(f"made_{kind}s.id"), primary_key=True),
        Column("tag", String(10), primary_key=True),
    )
    tags[kind] = type(kind.title() + "Tag", (Base,), {"__table__": table})

for name, size in (("Small", 5), ("Large", 500)):

    class Note(Base):
        __tablename__ = f"made_{name.lower()}_notes"

        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str] = mapped_column(String(size))


# A mixin that is made for a call.
def keyed(type_: type[Any], name: str = "id") -> type[Any]:
    class Keyed:
        key = mapped_column(name, type_, primary_key=True)

    return Keyed


class Shelf(keyed(String), Base):
    __tablename__ = "made_shelves"


NumberKeyed = keyed(Integer, "number")


class Room(NumberKeyed, Base):
    __tablename__ = "made_rooms"


# By SQLAlchemy, for each class of a mixin.
class Event:
    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str]


class HasEvents:
    @declared_attr
    def events(cls: Any):
        cls.Event = type(
            f"{cls.__name__}Event",
            (Event, Base),
            dict(
                __tablename__=f"{cls.__name__.lower()}_events",
                source_id=mapped_column(ForeignKey(f"{cls.__tablename__}.id"), index=True),
                source=relationship(cls, back_populates="events"),
            ),
        )
        return relationship(cls.Event, back_populates="source")


class Desk(HasEvents, Base):
    __tablename__ = "made_desks"

    id: Mapped[int] = mapped_column(primary_key=True)


class Chair(HasEvents, Base):
    __tablename__ = "made_chairs"

    id: Mapped[int] = mapped_column(primary_key=True)


# Mapped over its subclasses, and a mixin to each of them.
class Document(AbstractConcreteBase, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))


class Invoice(Document):
    __tablename__ = "made_invoices"
    __mapper_args__ = {"polymorphic_identity": "invoice", "concrete": True}

    amount: Mapped[int]
