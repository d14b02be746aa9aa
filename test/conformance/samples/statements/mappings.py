"""Tables of a hierarchy joined by conditions of their own, and types that have a name in the database."""

import enum
from typing import Literal

from sqlalchemy import Enum, ForeignKey, ForeignKeyConstraint, String, TypeDecorator, and_, cast, func, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import DOMAIN, ENUM, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Project(Base):
    __tablename__ = "projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    class State(enum.Enum):
        OPEN = "open"
        DONE = "done"

    state: Mapped[State] = mapped_column(Enum(State, name="project_state"))




class Node(Base):
    __tablename__ = "nodes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "node"}


class Link(Node):
    __tablename__ = "links"

    id: Mapped[int] = mapped_column(ForeignKey("nodes.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("nodes.id"))
    target: Mapped[Node] = relationship(foreign_keys=[target_id])
    __mapper_args__ = {"polymorphic_identity": "link", "inherit_condition": (id == Node.id)}


class Copy(Node):
    __tablename__ = "copies"

    copy_id: Mapped[int] = mapped_column("id", ForeignKey("nodes.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("nodes.id"))
    __mapper_args__ = {"polymorphic_identity": "copy", "inherit_condition": Node.id == copy_id}


class Versioned(Base):
    __tablename__ = "versioned"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind"}


class Page(Versioned):
    __tablename__ = "pages"
    __table_args__ = (ForeignKeyConstraint(["id", "version"], ["versioned.id", "versioned.version"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    base_version: Mapped[int]
    title: Mapped[str]
    __mapper_args__ = {
        "polymorphic_identity": "page",
        "inherit_condition": and_(id == Versioned.id, version == Versioned.version),
    }


class Loose(Node):
    __tablename__ = "loose"

    loose_id: Mapped[int] = mapped_column(primary_key=True)
    node_name: Mapped[str]
    __mapper_args__ = {
        "polymorphic_identity": "loose",
        "inherit_condition": loose_id == Node.id,
        "inherit_foreign_keys": [loose_id],
    }


class Strict(Node):
    __tablename__ = "strict"

    id: Mapped[int] = mapped_column(ForeignKey("nodes.id"), primary_key=True)
    rank: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "strict", "inherit_condition": and_(id == Node.id, Node.name != "hidden")}


condition_entity = select(Link)
condition_where = select(Link.id, Link.name).where(Link.target_id == 5)
_target = aliased(Node)
condition_relationship = select(Link).join(Link.target.of_type(_target)).where(_target.name == "x")
condition_mirrored = select(Copy).where(Copy.source_id == 5)
condition_several = select(Page).where(Page.title == "x")
condition_loose = select(Loose)

mood = ENUM("sad", "ok", name="mood", schema="types")
email = DOMAIN("email", postgresql.CITEXT, check="VALUE ~ '@'")


class Lowered(TypeDecorator):
    impl = String(50)
    cache_ok = True

    def bind_expression(self, bindvalue):
        return func.lower(bindvalue)


class Plain(TypeDecorator):
    impl = JSONB
    cache_ok = True


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    mood: Mapped[str] = mapped_column(mood)
    address: Mapped[str] = mapped_column(email)
    level: Mapped[Literal["low", "high"]]
    code: Mapped[str] = mapped_column(Plain)
    nick: Mapped[str] = mapped_column(Lowered)
    state: Mapped[str] = mapped_column(postgresql.ENUM("a", "b", name="person_state", create_type=False))


named_where = select(Person.id).where(Person.mood == "sad", Person.address == "a@b", Person.level == "low")
named_cast = select(cast("sad", mood), cast(Person.address, email), cast(Person.level, Enum("low", "high", name="level", native_enum=False)))
named_in = select(Person.id).where(Person.mood.in_(["sad", "ok"]), Person.state.in_(["a"]))
named_update = update(Person).values(mood="ok", address=func.lower(Person.address))
named_order = select(Person.mood).order_by(Person.mood).group_by(Person.mood)
named_like = select(Person.id).where(cast(Person.mood, String).like("s%"), Person.address.ilike("%x"))
decorated = select(Person.id).where(Person.code == {"a": 1})
decorated_item = select(Person.code["a"])
