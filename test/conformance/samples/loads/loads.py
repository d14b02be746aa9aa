"""Statements whose relationships are loaded by further ones, with rows that make SQLAlchemy send those."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Table, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    defaultload,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    relationship,
    selectin_polymorphic,
    selectinload,
    subqueryload,
    with_loader_criteria,
)


class Base(DeclarativeBase):
    pass


order_tags = Table(
    "order_tags",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="user", order_by="Order.number")
    vip_orders: Mapped[list["Order"]] = relationship(
        primaryjoin="and_(User.id == Order.user_id, Order.number > 5)", viewonly=True
    )
    notes: Mapped[list["Note"]] = relationship(lazy="selectin")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    number: Mapped[int]
    user: Mapped[User] = relationship(back_populates="orders")
    lines: Mapped[list["Line"]] = relationship(back_populates="order")
    tags: Mapped[list["Tag"]] = relationship(secondary=order_tags)


class Line(Base):
    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    text: Mapped[str]
    order: Mapped[Order] = relationship(back_populates="lines", lazy="joined")


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("kinds.id"))
    kind: Mapped["Kind"] = relationship(lazy="selectin")


class Kind(Base):
    __tablename__ = "kinds"

    id: Mapped[int] = mapped_column(primary_key=True)


class Node(Base):
    __tablename__ = "nodes"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    children: Mapped[list["Node"]] = relationship(back_populates="parent")
    parent: Mapped["Node | None"] = relationship(remote_side=[id], back_populates="children")


class Pair(Base):
    __tablename__ = "pairs"

    one: Mapped[int] = mapped_column(primary_key=True)
    two: Mapped[int] = mapped_column(primary_key=True)
    parts: Mapped[list["Part"]] = relationship(back_populates="pair")


class Part(Base):
    __tablename__ = "parts"
    __table_args__ = (ForeignKeyConstraint(["pair_one", "pair_two"], ["pairs.one", "pairs.two"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_one: Mapped[int]
    pair_two: Mapped[int]
    pair: Mapped[Pair] = relationship(back_populates="parts")


class Company(Base):
    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employees: Mapped[list["Employee"]] = relationship(back_populates="company")


class Employee(Base):
    __tablename__ = "employees"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    company: Mapped[Company] = relationship(back_populates="employees")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}


class Manager(Employee):
    __tablename__ = "managers"

    id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    title: Mapped[str]
    reports: Mapped[list["Report"]] = relationship(back_populates="manager")
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Engineer(Employee):
    __tablename__ = "engineers"

    id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    language: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Intern(Employee):
    school: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "intern"}


class Report(Base):
    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("managers.id"))
    manager: Mapped[Manager] = relationship(back_populates="reports")


class Shape(Base):
    __tablename__ = "shapes"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "shape"}


class Circle(Shape):
    __tablename__ = "circles"

    id: Mapped[int] = mapped_column(ForeignKey("shapes.id"), primary_key=True)
    radius: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "circle", "polymorphic_load": "selectin"}


def rows():
    tag = Tag(id=1, label="t")
    order = Order(id=1, number=7, lines=[Line(id=1, text="x")], tags=[tag])
    user = User(id=1, name="a", orders=[order], notes=[Note(id=1, kind=Kind(id=1))])
    root = Node(id=1, children=[Node(id=2, children=[Node(id=3)])])
    pair = Pair(one=1, two=2, parts=[Part(id=1)])
    staff = [
        Manager(id=1, name="m", title="t", reports=[Report(id=1)]),
        Engineer(id=2, name="e", language="l"),
        Intern(id=3, name="i", school="s"),
    ]
    return [user, root, pair, Company(id=1, name="c", employees=staff), Circle(id=1, radius=1)]


mapped = select(User)
mapped_off = select(User).options(lazyload(User.notes))
mapped_all_off = select(User).options(lazyload("*"))
collection = select(User).options(selectinload(User.orders))
nested = select(User).options(selectinload(User.orders).selectinload(Order.lines))
nested_joined = select(User).options(selectinload(User.orders).joinedload(Order.lines))
nested_options = select(User).options(
    selectinload(User.orders).options(joinedload(Order.tags), selectinload(Order.lines), load_only(Order.number))
)
many_to_one = select(Order).options(selectinload(Order.user))
many_to_many = select(Order).options(selectinload(Order.tags))
through_joined = select(Order).options(joinedload(Order.user).selectinload(User.notes))
custom = select(User).options(selectinload(User.vip_orders))
columns = select(User).options(selectinload(User.orders).load_only(Order.number))
with_joined_back = select(Order).options(selectinload(Order.lines))
tree = select(Node).where(Node.id == 1).options(selectinload(Node.children))
tree_up = select(Node).where(Node.id == 2).options(selectinload(Node.parent))
tree_deep = select(Node).where(Node.id == 1).options(selectinload(Node.children).selectinload(Node.children))
composite = select(Pair).options(selectinload(Pair.parts))
composite_to_one = select(Part).options(selectinload(Part.pair))
default = select(User).options(defaultload(User.notes).selectinload(Note.kind))
criteria = select(User).options(selectinload(User.orders), with_loader_criteria(Order, Order.number > 3))
legacy = Session().query(User).options(selectinload(User.orders))
subquery = select(User).options(subqueryload(User.orders))
subquery_where = select(User).where(User.name == "a").order_by(User.name).options(subqueryload(User.orders))
subquery_limit = select(User).order_by(User.name).limit(5).options(subqueryload(User.orders))
subquery_to_one = select(Order).options(subqueryload(Order.user))
subquery_many = select(Order).options(subqueryload(Order.tags))
subquery_join = select(User).join(User.orders).where(Order.number > 3).options(subqueryload(User.orders))
subquery_selectin = select(User).options(subqueryload(User.orders).selectinload(Order.lines))
subquery_joined = select(User).options(subqueryload(User.orders).joinedload(Order.tags))
subquery_columns = select(User).options(subqueryload(User.orders).load_only(Order.number))
subquery_self = select(Node).where(Node.id == 1).options(subqueryload(Node.children))
immediate = select(User).options(immediateload(User.orders))
immediate_to_one = select(Order).options(immediateload(Order.user))
immediate_many = select(Order).options(immediateload(Order.tags))
immediate_custom = select(User).options(immediateload(User.vip_orders))
immediate_self = select(Node).where(Node.id == 2).options(immediateload(Node.parent))
immediate_composite = select(Pair).options(immediateload(Pair.parts))
immediate_nested = select(User).options(immediateload(User.orders).selectinload(Order.lines))
polymorphic = select(Employee).options(selectin_polymorphic(Employee, [Manager, Engineer]))
polymorphic_one = select(Employee).where(Employee.id > 0).options(selectin_polymorphic(Employee, [Engineer]))
polymorphic_single = select(Employee).options(selectin_polymorphic(Employee, [Intern]))
polymorphic_mapped = select(Shape)
polymorphic_below = select(Company).options(selectinload(Company.employees).selectin_polymorphic([Manager]))
polymorphic_and = select(Employee).options(selectin_polymorphic(Employee, [Manager]), selectinload(Manager.reports))
inherited = select(Manager).options(selectinload(Manager.reports))
inherited_to_one = select(Report).options(selectinload(Report.manager))
