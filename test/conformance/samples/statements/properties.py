"""What classes map besides plain columns: SQL expressions, composites, synonyms, association proxies."""

import dataclasses
from typing import Optional

from sqlalchemy import ForeignKey, String, and_, case, cast, func, literal, or_, select, update
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    column_property,
    composite,
    declared_attr,
    defer,
    deferred,
    joinedload,
    load_only,
    mapped_column,
    query_expression,
    relationship,
    selectinload,
    synonym,
    undefer,
    with_expression,
)


class Base(DeclarativeBase):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Article(Base):
    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id"))
    title: Mapped[str]
    body: Mapped[str] = mapped_column(deferred=True)
    writer: Mapped["Writer"] = relationship(back_populates="articles")


class Letter(Base):
    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id"))


class Named:
    first: Mapped[str]
    last: Mapped[str]

    @declared_attr
    def initials(cls) -> Mapped[str]:
        return column_property(func.left(cls.first, 1) + func.left(cls.last, 1))


class Writer(Named, Base):
    __tablename__ = "writers"

    id: Mapped[int] = mapped_column(primary_key=True)
    articles: Mapped[list[Article]] = relationship(back_populates="writer")
    article_titles: AssociationProxy[list[str]] = association_proxy("articles", "title")


class Person(Base):
    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str] = mapped_column("first_name")
    last: Mapped[str] = mapped_column(String(50))
    nick = synonym("first")
    full = column_property(first + " " + last)
    upper_full: Mapped[str] = column_property(func.upper(full), deferred=True)
    pets_number: Mapped[int] = column_property(
        select(func.count(1)).where(literal(1) == 1).correlate_except(None).scalar_subquery()
    )
    score: Mapped[Optional[int]] = query_expression()
    base_score: Mapped[int] = query_expression(default_expr=literal(5))
    start: Mapped[Point] = composite(mapped_column("x1"), mapped_column("y1"))
    pets: Mapped[list["Pet"]] = relationship(back_populates="owner")
    pet_names: AssociationProxy[list[str]] = association_proxy("pets", "name")
    clubs: Mapped[list["Club"]] = relationship(secondary="memberships")
    club_names = association_proxy("clubs", "name")
    toys = association_proxy("pets", "toys")
    toy_names = association_proxy("pets", "toy_names")


class Pet(Base):
    __tablename__ = "pets"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str]
    owner: Mapped[Person] = relationship(back_populates="pets")
    toys: Mapped[list["Toy"]] = relationship()
    toy_names = association_proxy("toys", "name")
    owner_last = association_proxy("owner", "last")
    owner_pets = association_proxy("owner", "pets")


class Toy(Base):
    __tablename__ = "toys"

    id: Mapped[int] = mapped_column(primary_key=True)
    pet_id: Mapped[int] = mapped_column(ForeignKey("pets.id"))
    name: Mapped[str]


class Club(Base):
    __tablename__ = "clubs"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Membership(Base):
    __tablename__ = "memberships"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"), primary_key=True)


class Shop(Base):
    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="shop")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    total: Mapped[int]
    shop: Mapped[Shop] = relationship(back_populates="orders")


Shop.order_count = column_property(
    select(func.count(Order.id)).where(Order.shop_id == Shop.id).correlate_except(Order).scalar_subquery()
)
Shop.revenue = column_property(
    select(func.sum(Order.total)).where(Order.shop_id == Shop.id).scalar_subquery(), deferred=True
)

entity_with_expressions = select(Person)
expression_selected = select(Person.id, Person.full)
expression_where = select(Person.id).where(Person.full == "Ann Lee")
expression_where_like = select(Person.id).where(Person.full.ilike("%ann%"), Person.upper_full.is_not(None))
expression_order = select(Person.id).order_by(Person.full.desc(), Person.upper_full)
expression_of_expression = select(Person.upper_full)
expression_labelled = select(Person.full.label("name")).group_by(Person.full)
expression_in_function = select(func.count(Person.full)).where(func.length(Person.full) > 3)
expression_in_subquery = select(select(Person.full, Person.id).subquery())
expression_filter_by = select(Person.id).filter_by(full="x", nick="y")
expression_legacy = Session().query(Person.full, Person.id).filter(Person.full == "x")
expression_legacy_entity = Session().query(Person)
expression_undeferred = select(Person).options(undefer(Person.upper_full))
expression_load_only = select(Person).options(load_only(Person.id, Person.full))
expression_load_only_columns = select(Person).options(load_only(Person.last))
expression_deferred = select(Person).options(defer(Person.full))
_person = aliased(Person)
expression_aliased = select(_person.full, Person.full).where(_person.full == Person.full)
expression_aliased_entity = select(_person)
mixin_expression = select(Writer)
mixin_expression_where = select(Writer.id).where(Writer.initials == "AB")

scalar_expression = select(Shop)
scalar_expression_selected = select(Shop.id, Shop.order_count)
scalar_expression_where = select(Shop.id).where(Shop.order_count > 3).order_by(Shop.order_count.desc())
scalar_expression_order = select(Shop).order_by(Shop.order_count)
scalar_expression_undeferred = select(Shop).options(undefer(Shop.revenue))
scalar_expression_revenue = select(Shop.revenue)
_shop = aliased(Shop)
scalar_expression_aliased = select(_shop)
scalar_expression_aliased_column = select(_shop.id, _shop.order_count).where(_shop.order_count > 1)
scalar_expression_joined = select(Order).options(joinedload(Order.shop))
scalar_expression_through_join = select(Order.id).join(Order.shop).where(Shop.order_count > 2)
scalar_expression_legacy = Session().query(Shop).filter(Shop.order_count > 5)
scalar_expression_in_sum = select(func.sum(Shop.order_count))
scalar_expression_label = select(Shop.order_count.label("n")).order_by("n")

with_given_expression = select(Person).options(with_expression(Person.score, Person.id + 1))
with_given_default = select(Person).options(with_expression(Person.base_score, func.length(Person.last)))

composite_selected = select(Person.start)
composite_where = select(Person.id).where(Person.start == Point(1, 2))
composite_where_not = select(Person.id).where(Person.start != Point(1, 2))
composite_order = select(Person.id).order_by(Person.start)
composite_update = update(Person).where(Person.id == 1).values({Person.start: Point(1, 2)})

synonym_where = select(Person.id, Person.nick).where(Person.nick == "x").order_by(Person.nick)
synonym_aliased = select(_person.nick)

proxy_any = select(Person.id).where(Person.pet_names.any())
proxy_equals = select(Person.id).where(Person.pet_names == "rex")
proxy_contains = select(Person.id).where(Person.pet_names.contains("rex"))
proxy_any_by = select(Person.id).where(Person.pets.any(name="rex"))
proxy_like = select(Person.id).where(Person.pet_names.like("r%"))
proxy_in = select(Person.id).where(Person.pet_names.in_(["a", "b"]))
proxy_not_equals = select(Pet.id).where(Pet.owner_last != "x")
proxy_scalar_equals = select(Pet.id).where(Pet.owner_last == "x")
proxy_scalar_none = select(Pet.id).where(Pet.owner_last == None)
proxy_scalar_not_none = select(Pet.id).where(Pet.owner_last != None)
proxy_scalar_compare = select(Pet.id).where(Pet.owner_last > "x")
proxy_scalar_ilike = select(Pet.id).where(Pet.owner_last.ilike("x%"))
proxy_scalar_has = select(Pet.id).where(Pet.owner_last.has())
proxy_secondary = select(Person.id).where(Person.club_names.contains("chess"))
proxy_secondary_equals = select(Person.id).where(Person.club_names == "chess")
proxy_object_any = select(Person.id).where(Person.toys.any(Toy.name == "ball"))
proxy_of_proxy_contains = select(Person.id).where(Person.toy_names.contains("ball"))
proxy_object_any_by = select(Person.id).where(Person.toys.any(name="ball"))
proxy_aliased = select(_person.id).where(_person.pet_names == "rex")
proxy_filter_by = select(Person.id).filter_by(pet_names="rex")
proxy_negated = select(Person.id).where(~Person.pet_names.any())
proxy_or = select(Person.id).where(or_(Person.last == "x", Person.pet_names.contains("rex")))


class Vehicle(Base):
    __tablename__ = "vehicles"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    brand: Mapped[str] = mapped_column()
    label = column_property(brand + "!")
    wheels: Mapped[list["Wheel"]] = relationship()
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    shop: Mapped[Shop] = relationship()
    shop_orders = association_proxy("shop", "orders")

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "vehicle"}


class Truck(Vehicle):
    __tablename__ = "trucks"

    id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"), primary_key=True)
    load: Mapped[int] = mapped_column()
    double = column_property(load * 2)

    __mapper_args__ = {"polymorphic_identity": "truck"}


class Scooter(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "scooter"}


class Wheel(Base):
    __tablename__ = "wheels"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"))
    size: Mapped[int] = column_property(mapped_column("wheel_size"), deferred=True)


class Line(Base):
    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column()
    y: Mapped[int] = mapped_column("why")
    end = composite(Point, x, y)


inherited_expression = select(Truck)
inherited_expression_base = select(Vehicle)
inherited_expression_column = select(Truck.label, Truck.double).where(Truck.label == "x!")
inherited_expression_single = select(Scooter)
inherited_expression_flat = select(aliased(Truck, flat=True))
_shops = select(Shop).subquery()
expression_of_subquery = select(_shops)
_row = aliased(Vehicle, select(Vehicle).where(Vehicle.brand == "x").subquery())
expression_of_rows = select(_row)
expression_of_rows_column = select(_row.label).where(_row.label == "x")
expression_paged = select(Shop).options(joinedload(Shop.orders)).limit(5)
expression_ordered_page = select(Shop).options(joinedload(Shop.orders)).order_by(Shop.order_count).limit(5)
expression_union = Session().query(Shop).union(Session().query(Shop))
expression_count = select(func.count()).select_from(Shop)
expression_group = select(Shop.order_count, func.count()).group_by(Shop.order_count).having(Shop.order_count > 1)
expression_in_case = select(case((Shop.order_count > 1, "many"), else_="few"))
expression_exists = select(Order.id).where(Order.shop.has(Shop.order_count > 1))
expression_plus = select(Shop.order_count + 1)
deferred_column = select(Wheel)
proxy_object_scalar_any = select(Vehicle.id).where(Vehicle.shop_orders.any(Order.total > 3))
proxy_object_scalar_contains = select(Vehicle.id).where(Vehicle.shop_orders.contains(Order(id=1)))
composite_of_class = select(Line.end).where(Line.end == Point(1, 2))
composite_none = select(Line.id).where(Line.end == None)
composite_by = select(Line.id).filter_by(end=Point(1, 2))
composite_entity = select(Line)
_line = aliased(Line)
composite_alias = select(_line.end).where(_line.end == Point(3, 4))


class Price(Base):
    __tablename__ = "prices"

    id: Mapped[int] = mapped_column(primary_key=True)
    legacy: Mapped[Optional[str]] = mapped_column()
    kind: Mapped[str] = mapped_column()
    __mapper_args__ = {
        "polymorphic_on": case((legacy.is_(None), kind), else_=func.concat("legacy_", kind)),
        "polymorphic_identity": "price",
    }


told_apart_by_expression = select(Price).where(Price.id == 3)
told_apart_beside = select(Price.id, Line.id).where(Price.kind == "x")
_price = aliased(Price)
told_apart_alias = select(_price)
