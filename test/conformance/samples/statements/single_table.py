"""Classes that share the table of their parent."""

import enum

from sqlalchemy import Enum, ForeignKey, String, case, delete, exists, func, insert, or_, select, union, update
from sqlalchemy.orm import (
    Mapped,
    aliased,
    declared_attr,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    Session,
)

from tables import Base


class Kind(enum.Enum):
    STAFF = "staff"
    COOK = "cook"


class Kitchen(Base):
    __tablename__ = "kitchens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    workers: Mapped[list["Worker"]] = relationship(back_populates="kitchen")
    cooks: Mapped[list["Cook"]] = relationship(viewonly=True)


class Worker(Base):
    __tablename__ = "workers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    kitchen_id: Mapped[int | None] = mapped_column(ForeignKey("kitchens.id"))
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    kitchen: Mapped[Kitchen | None] = relationship(back_populates="workers")
    boss: Mapped["Worker | None"] = relationship(remote_side=[id])
    head: Mapped["Chef | None"] = relationship(remote_side=[id], viewonly=True)

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "worker"}


class Waiter(Worker):
    tips: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "waiter"}


class Cook(Worker):
    stars: Mapped[int | None]
    dishes: Mapped[list["Dish"]] = relationship(back_populates="cook")
    __mapper_args__ = {"polymorphic_identity": "cook"}


class Chef(Cook):
    signature: Mapped[str | None] = mapped_column(String(40))
    __mapper_args__ = {"polymorphic_identity": "chef"}


class Dish(Base):
    __tablename__ = "dishes"

    id: Mapped[int] = mapped_column(primary_key=True)
    cook_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    cook: Mapped[Cook] = relationship(back_populates="dishes")


class NamedByClass:
    @declared_attr
    def __mapper_args__(cls):
        return {"polymorphic_identity": cls.__name__.lower()}


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[Kind] = mapped_column(Enum(Kind))
    __mapper_args__ = {"polymorphic_on": sort, "polymorphic_abstract": True}


class Car(NamedByClass, Vehicle):
    doors: Mapped[int | None] = mapped_column("door_count")


class Van(NamedByClass, Vehicle):
    pass


class Plain(Base):
    __tablename__ = "plain"
    id: Mapped[int] = mapped_column(primary_key=True)


class PlainToo(Plain):
    more: Mapped[int | None]


class Ship(Base):
    __tablename__ = "ships"
    id: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "sort", "polymorphic_identity": "ship"}


class Ferry(Ship):
    __tablename__ = "ferries"
    id: Mapped[int] = mapped_column(ForeignKey("ships.id"), primary_key=True)
    seats: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "ferry"}


class CarFerry(Ferry):
    lanes: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "car_ferry"}


session = Session()
other = aliased(Cook)

single_parent = select(Worker)
single_entity = select(Cook)
single_leaf = select(Chef)
single_where = select(Cook).where(Cook.stars > 1, Cook.name == "x")
single_or = select(Cook).where(or_(Cook.stars > 1, Cook.name == "x"))
single_column = select(Cook.name)
single_own_column = select(Chef.signature, Chef.stars, Chef.name)
single_count = select(func.count(Cook.id))
single_from = select(func.count()).select_from(Cook)
single_where_only = select(Kitchen).where(Kitchen.id == Cook.kitchen_id)
single_where_two = select(func.now()).where(Waiter.name == Cook.name, Chef.id > 3)
single_mixed = select(Worker).where(Cook.stars > 1)
single_both = select(Worker.name, Cook.stars)
single_expression = select(Worker.id + Cook.stars)
single_case = select(case((Cook.stars > 1, "a"), else_=Cook.name))
single_join = select(Kitchen).join(Kitchen.cooks)
single_join_on = select(Kitchen).join(Cook, Cook.kitchen_id == Kitchen.id)
single_join_implicit = select(Kitchen.name, Chef.name).join(Chef)
single_outer_join = select(Kitchen.name, Cook.stars).outerjoin(Cook, Cook.kitchen_id == Kitchen.id).where(Cook.stars.is_(None))
single_of_type = select(Kitchen.name).join(Kitchen.workers.of_type(Cook))
single_join_from = select(Kitchen.name).join_from(Cook, Kitchen)
single_join_left = select(Kitchen.name).join(Cook.kitchen)
single_join_both = select(Cook).join(Cook.dishes)
single_join_many = select(Dish.id).join(Dish.cook).where(Cook.stars == 3)
single_join_criteria = select(Kitchen).join(Kitchen.cooks.and_(Cook.stars > 1))
single_has = select(Dish).where(Dish.cook.has(Cook.stars > 1))
single_has_nothing = select(Dish).where(Dish.cook.has())
single_any = select(Kitchen).where(Kitchen.cooks.any(Cook.stars > 1))
single_any_keyword = select(Kitchen).where(Kitchen.cooks.any(stars=1))
single_not_any = select(Kitchen).where(~Kitchen.cooks.any())
single_any_of_type = select(Kitchen).where(Kitchen.workers.of_type(Cook).any(Cook.stars > 1))
single_alias = select(other).where(other.stars > 1)
single_alias_column = select(other.name).order_by(other.name)
single_alias_join = select(Kitchen).join(other, Kitchen.cooks)
single_alias_join_on = select(Cook.name, other.name).join(other, Cook.boss_id == other.id)
single_subquery = select(select(Cook.id, Cook.stars).subquery().c.stars)
single_scalar = select(Kitchen.name, select(func.count(Cook.id)).where(Cook.kitchen_id == Kitchen.id).scalar_subquery())
single_in = select(Dish).where(Dish.cook_id.in_(select(Cook.id).where(Cook.stars > 2)))
single_correlated = select(Cook.name, select(func.count(Dish.id)).where(Dish.cook_id == Cook.id).scalar_subquery())
single_exists = select(Kitchen).where(exists().where(Cook.kitchen_id == Kitchen.id))
single_exists_select = select(Kitchen).where(select(Cook.id).where(Cook.kitchen_id == Kitchen.id).exists())
single_order = select(Cook.id).order_by(Chef.signature)
single_group = select(Cook.stars, func.count()).group_by(Cook.stars).having(func.count() > 1)
single_filter_by = select(Cook).filter_by(stars=1, name="x")
single_filter_by_joined = select(Kitchen).join(Kitchen.cooks).filter_by(stars=2)
single_relationship = select(Cook).where(Cook.kitchen == Kitchen(id=1))
single_relationship_none = select(Cook).where(Cook.kitchen == None)  # noqa: E711
single_options = select(Cook).options(selectinload(Cook.dishes)).limit(3)
single_eager = select(Cook).options(joinedload(Cook.kitchen))
single_eager_target = select(Kitchen).options(joinedload(Kitchen.cooks))
single_eager_limit = select(Kitchen).options(joinedload(Kitchen.cooks)).limit(3)
single_eager_own_limit = select(Cook).options(joinedload(Cook.dishes)).where(Cook.stars > 1).limit(3)
single_self = select(Worker).join(Worker.head.of_type(other))
single_union = union(select(Cook.id), select(Waiter.id))
single_cte = select(select(Cook.id).cte("cooks").c.id)
single_query = session.query(Cook).filter(Cook.stars > 1)
single_query_column = session.query(Cook.id)
single_query_count = session.query(func.count(Cook.id))
single_query_join = session.query(Kitchen).join(Kitchen.cooks)
single_query_filter_by = session.query(Cook).filter_by(stars=1)
single_query_union = session.query(Cook).union(session.query(Cook).filter(Cook.stars > 1))
single_update = update(Cook).where(Cook.id == 1).values(stars=2)
single_update_parent = update(Worker).values(name="x")
single_update_all = update(Chef).values(signature="x")
single_delete = delete(Cook).where(Cook.stars < 1)
single_delete_using = delete(Waiter).where(Waiter.id == Dish.cook_id)
single_update_from = update(Cook).where(Cook.id == Dish.cook_id).values(stars=1)
single_update_returning = update(Cook).where(Cook.id == 1).values(stars=2).returning(Cook.id, Cook.stars)
single_insert = insert(Cook).values(name="x", kind="cook", stars=1)
single_table = select(Cook.__table__)
single_declared = select(Car)
single_declared_column = select(Van.id, Car.doors)
single_abstract_parent = select(Vehicle)
single_without_discriminator = select(PlainToo)
single_below_joined = select(CarFerry)
single_below_joined_column = select(CarFerry.lanes, CarFerry.seats)
single_below_joined_where = select(Ferry.seats).where(CarFerry.lanes > 1)
single_joined_parent = select(Ferry)


class Boat(Base):
    __tablename__ = "boats"
    id: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "sort", "polymorphic_identity": "boat", "with_polymorphic": "*"}


class Yacht(Boat):
    sails: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "yacht"}


class Trimaran(Yacht):
    width: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "trimaran"}


class Canoe(Boat):
    paddles: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "canoe"}


class Pet(Base):
    __tablename__ = "pets"
    id: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "sort"}


class Cat(Pet):
    lives: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "cat", "polymorphic_load": "inline"}


class Lion(Cat):
    mane: Mapped[bool | None]
    __mapper_args__ = {"polymorphic_identity": "lion", "polymorphic_load": "inline"}


class Dog(Pet):
    trick: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "dog"}


single_loads_all = select(Boat)
single_loads_all_alias = select(aliased(Boat))
single_loads_all_below = select(Yacht)
single_loads_inline = select(Pet).where(Pet.id > 1)
single_loads_inline_below = select(Cat)
single_loads_nothing = select(Dog)
single_loads_all_column = select(Boat.id).where(Boat.sort == "yacht")
