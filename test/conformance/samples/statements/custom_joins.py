"""Relationships whose conditions are written out: in quotes, as lambdas, in the class body, between a table and itself."""

from sqlalchemy import ForeignKey, and_, func, or_, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    aliased,
    backref,
    declared_attr,
    foreign,
    joinedload,
    mapped_column,
    relationship,
    remote,
)


class Base(DeclarativeBase):
    pass


class Watched:
    @declared_attr
    def watchers(cls) -> Mapped[list["Watcher"]]:
        return relationship(
            "Watcher",
            primaryjoin=lambda: and_(foreign(Watcher.subject_id) == cls.id, Watcher.kind == cls.__tablename__),
            viewonly=True,
        )


class Firm(Base):
    __tablename__ = "firms"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    people: Mapped[list["Person"]] = relationship(
        primaryjoin="and_(Firm.id == Person.firm_id, Person.active)", viewonly=True
    )
    seniors: Mapped[list["Person"]] = relationship(
        primaryjoin="and_(Person.firm_id == Firm.id, or_(Person.age >= 60, Person.rank.in_(['a', 'b'])))", viewonly=True
    )
    namesakes: Mapped[list["Person"]] = relationship(
        primaryjoin="func.lower(Firm.name) == foreign(func.lower(remote(Person.name)))", viewonly=True
    )
    partners: Mapped[list["Firm"]] = relationship(
        secondary="partnerships",
        primaryjoin="Firm.id == Partnership.left_id",
        secondaryjoin="Partnership.right_id == Firm.id",
        viewonly=True,
    )
    friends: Mapped[list["Person"]] = relationship(
        secondary=lambda: Friendship.__table__,
        primaryjoin=lambda: and_(Firm.id == Friendship.firm_id, Friendship.good.is_(True)),
        viewonly=True,
    )


class Person(Watched, Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    age: Mapped[int]
    rank: Mapped[str]
    active: Mapped[bool]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    home_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    firm: Mapped[Firm] = relationship(primaryjoin=firm_id == Firm.id, foreign_keys=firm_id, viewonly=True)
    home: Mapped[Firm] = relationship(foreign_keys=[home_id])
    boss: Mapped["Person | None"] = relationship(
        primaryjoin="Person.boss_id == remote(Person.id)", backref=backref("staff", viewonly=True)
    )
    active_staff: Mapped[list["Person"]] = relationship(
        primaryjoin="and_(Person.id == Person.boss_id, Person.active == True)", viewonly=True
    )
    grown: Mapped["Person"] = relationship(
        primaryjoin="and_(Person.boss_id == Person.id, Person.age > 20)", remote_side="Person.id", viewonly=True
    )


class Watcher(Base):
    __tablename__ = "watchers"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int]
    kind: Mapped[str]
    person: Mapped[Person] = relationship(
        Person, primaryjoin=lambda: foreign(Watcher.subject_id) == remote(Person.id), viewonly=True
    )


class Partnership(Base):
    __tablename__ = "partnerships"
    left_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True)


class Friendship(Base):
    __tablename__ = "friendships"
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    good: Mapped[bool]


text_join = select(Firm.id).join(Firm.people)
text_seniors = select(Firm.id).join(Firm.seniors)
text_function = select(Firm.id).join(Firm.namesakes)
text_exists = select(Firm.id).where(Firm.people.any(Person.name == "x"))
text_loaded = select(Firm).options(joinedload(Firm.people))
text_secondary = select(Firm.id).join(aliased(Firm), Firm.partners)
secondary_loaded = select(Firm).options(joinedload(Firm.partners))
secondary_exists = select(Firm.id).where(Firm.partners.any(Firm.name == "x"))
half_written = select(Firm.id).join(Firm.friends)
half_exists = select(Firm.id).where(~Firm.friends.any())
class_body = select(Person.id).join(Person.firm)
keys_only = select(Person.id).join(Person.home)
declared = select(Person.id).join(Person.watchers)
lambda_join = select(Watcher.id).join(Watcher.person)
lambda_exists = select(Watcher.id).where(Watcher.person.has(name="x"))
boss = aliased(Person)
self_remote = select(Person.id, boss.id).join(boss, Person.boss)
self_backref = select(Person.id, boss.id).join(boss, Person.staff)
self_default = select(Person.id, boss.id).join(boss, Person.active_staff)
self_side = select(Person.id, boss.id).join(boss, Person.grown)
self_exists = select(Person.id).where(Person.active_staff.any(Person.age > 5))
self_loaded = select(Person).options(joinedload(Person.boss))
alias_parent = select(boss.id).join(boss.firm)
