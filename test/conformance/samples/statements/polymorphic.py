"""Classes of several joined tables read together, under other names, and through relationships."""

from sqlalchemy import ForeignKey, and_, func, or_, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    joinedload,
    mapped_column,
    relationship,
    selectin_polymorphic,
    selectinload,
    with_polymorphic,
)


class Base(DeclarativeBase):
    pass


class Company(Base):
    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employees: Mapped[list["Employee"]] = relationship(back_populates="company")
    managers: Mapped[list["Manager"]] = relationship(viewonly=True)


class Employee(Base):
    __tablename__ = "employees"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    company: Mapped[Company] = relationship(back_populates="employees")
    boss_id: Mapped[int] = mapped_column(ForeignKey("managers.id"))
    boss: Mapped["Manager"] = relationship(foreign_keys=[boss_id], remote_side="Manager.id")

    __mapper_args__ = {
        "polymorphic_on": "type",
        "polymorphic_identity": "employee",
        "with_polymorphic": None,
    }


class Manager(Employee):
    __tablename__ = "managers"

    id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    title: Mapped[str]
    reports: Mapped[list["Report"]] = relationship(back_populates="manager")

    __mapper_args__ = {"polymorphic_identity": "manager", "inherit_condition": id == Employee.id}


class Engineer(Employee):
    __tablename__ = "engineers"

    id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    language: Mapped[str]
    machines: Mapped[list["Machine"]] = relationship()

    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Intern(Employee):
    __mapper_args__ = {"polymorphic_identity": "intern"}

    school: Mapped[str] = mapped_column(nullable=True)


class Machine(Base):
    __tablename__ = "machines"

    id: Mapped[int] = mapped_column(primary_key=True)
    engineer_id: Mapped[int] = mapped_column(ForeignKey("engineers.id"))
    name: Mapped[str]


class Report(Base):
    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("managers.id"))
    manager: Mapped[Manager] = relationship(back_populates="reports")


_all = with_polymorphic(Employee, "*")
_some = with_polymorphic(Employee, [Manager, Engineer])
_one = with_polymorphic(Employee, [Engineer])
_inner = with_polymorphic(Employee, [Engineer], innerjoin=True)
_flat = with_polymorphic(Employee, [Manager, Engineer], flat=True)
_nested = with_polymorphic(Employee, [Manager, Engineer], aliased=True)
_named = with_polymorphic(Employee, [Engineer], flat=True, name="e")

poly_all = select(_all)
poly_some = select(_some)
poly_one = select(_one)
poly_inner = select(_inner)
poly_flat = select(_flat)
poly_nested = select(_nested)
poly_named = select(_named)
poly_where = select(_some).where(or_(_some.Manager.title == "x", _some.Engineer.language == "y"))
poly_where_own = select(_some).where(_some.name == "x").order_by(_some.id)
poly_flat_where = select(_flat).where(_flat.Engineer.language == "y").order_by(_flat.name)
poly_nested_where = select(_nested).where(_nested.Engineer.language == "y")
poly_columns = select(_some.name, _some.Manager.title, _some.Engineer.language)
poly_column_of_sub = select(_some.Engineer.name).where(_some.Engineer.id == 3)
poly_count = select(func.count(_some.id))
poly_join_from = select(_some).join(_some.company).where(Company.name == "x")
poly_join_sub = select(_one).join(_one.Engineer.machines).where(Machine.name == "m")
poly_join_to = select(Company).join(Company.employees.of_type(_some)).where(_some.Engineer.language == "y")
poly_join_to_flat = select(Company).join(Company.employees.of_type(_flat)).where(_flat.Engineer.language == "y")
poly_outerjoin_to = select(Company.name, _flat.name).outerjoin(Company.employees.of_type(_flat))
poly_legacy = Session().query(_some).filter(_some.Manager.title == "x")
poly_and_company = select(_some, Company).join(_some.company)
poly_contains_eager = (
    select(Company).join(Company.employees.of_type(_flat)).options(contains_eager(Company.employees.of_type(_flat)))
)
poly_joinedload = select(Company).options(joinedload(Company.employees.of_type(_flat)))
poly_any = select(Company.id).where(Company.employees.of_type(_some).any(_some.Engineer.language == "x"))
poly_with_sub_option = select(_some).options(selectinload(_some.Manager.reports))
poly_selectin = select(Employee).options(selectin_polymorphic(Employee, [Manager, Engineer]))

_employee = aliased(Employee)
_manager = aliased(Manager)
_manager_flat = aliased(Manager, flat=True)
_manager_named = aliased(Manager, name="m")
alias_base = select(_employee).where(_employee.name == "x")
alias_sub = select(_manager)
alias_sub_where = select(_manager.name, _manager.title).where(_manager.title == "x", _manager.name == "y")
alias_sub_named = select(_manager_named).where(_manager_named.title == "x")
alias_sub_flat = select(_manager_flat).where(_manager_flat.title == "x", _manager_flat.name == "y")
alias_join_of_type = select(Company).join(Company.employees.of_type(_manager)).where(_manager.title == "x")
alias_join_of_type_flat = (
    select(Company).join(Company.employees.of_type(_manager_flat)).where(_manager_flat.title == "x")
)
alias_join = select(Company).join(_manager, Company.managers)
alias_join_flat = select(Company, _manager_flat).join(_manager_flat, Company.managers)
alias_from = select(_manager).join(_manager.company)
alias_from_flat = select(_manager_flat.title).join(_manager_flat.reports)
alias_and_class = select(Manager.title, _manager_flat.title).where(Manager.id < _manager_flat.id)

joined_any = select(Company.id).where(Company.managers.any(Manager.title == "x"))
joined_any_plain = select(Company.id).where(Company.managers.any())
joined_any_base_column = select(Company.id).where(Company.managers.any(Manager.name == "x"))
joined_any_keyword = select(Company.id).where(Company.managers.any(title="x"))
joined_of_type_any = select(Company.id).where(Company.employees.of_type(Manager).any(Manager.title == "x"))
joined_of_type_any_plain = select(Company.id).where(Company.employees.of_type(Engineer).any())
joined_has = select(Report.id).where(Report.manager.has(Manager.title == "x"))
joined_has_keyword = select(Report.id).where(Report.manager.has(name="x"))
joined_has_from_sub = select(Manager).where(Manager.company.has(Company.name == "x"))
joined_any_from_sub = select(Manager.title).where(Manager.reports.any(Report.id == 1))
joined_self = select(Employee.id).where(Employee.boss.has(Manager.title == "x"))
joined_not_any = select(Company.id).where(~Company.managers.any())
joined_single_any = select(Company.id).where(Company.employees.of_type(Intern).any(Intern.school == "x"))
joined_join = select(Company.name, Manager.title).join(Company.managers)
joined_join_sub = select(Report.id, Manager.name).join(Report.manager).where(Manager.title == "x")
joined_join_twice = select(Company.name).join(Company.employees.of_type(Manager)).join(Manager.reports)
joined_eager = select(Report).options(joinedload(Report.manager))
joined_eager_collection = select(Company).options(joinedload(Company.managers))
joined_eager_of_type = select(Company).options(joinedload(Company.employees.of_type(Manager)))
joined_contains_eager = select(Report).join(Report.manager).options(contains_eager(Report.manager))


class Shape(Base):
    __tablename__ = "shapes"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    color: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "shape", "with_polymorphic": "*"}


class Circle(Shape):
    __tablename__ = "circles"

    id: Mapped[int] = mapped_column(ForeignKey("shapes.id"), primary_key=True)
    radius: Mapped[int]

    __mapper_args__ = {"polymorphic_identity": "circle"}


class Square(Shape):
    __tablename__ = "squares"

    id: Mapped[int] = mapped_column(ForeignKey("shapes.id"), primary_key=True)
    side: Mapped[int]
    drawing_id: Mapped[int] = mapped_column(ForeignKey("drawings.id"))

    __mapper_args__ = {"polymorphic_identity": "square"}


class Drawing(Base):
    __tablename__ = "drawings"

    id: Mapped[int] = mapped_column(primary_key=True)
    shape_id: Mapped[int] = mapped_column(ForeignKey("shapes.id"))
    shape: Mapped[Shape] = relationship(foreign_keys=[shape_id])
    squares: Mapped[list[Square]] = relationship(foreign_keys="Square.drawing_id")


class Animal(Base):
    __tablename__ = "animals"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Dog(Animal):
    __tablename__ = "dogs"

    id: Mapped[int] = mapped_column(ForeignKey("animals.id"), primary_key=True)
    tricks: Mapped[int]

    __mapper_args__ = {"polymorphic_identity": "dog", "polymorphic_load": "inline"}


class Cat(Animal):
    __tablename__ = "cats"

    id: Mapped[int] = mapped_column(ForeignKey("animals.id"), primary_key=True)
    lives: Mapped[int]

    __mapper_args__ = {"polymorphic_identity": "cat", "polymorphic_load": "selectin"}


class Fish(Animal):
    __tablename__ = "fishes"

    fins: Mapped[int]
    id: Mapped[int] = mapped_column(ForeignKey("animals.id"), primary_key=True)

    __mapper_args__ = {"polymorphic_identity": "fish", "polymorphic_load": "inline"}


mapped_entity = select(Shape)
mapped_entity_where = select(Shape).where(Shape.color == "red").order_by(Shape.id)
mapped_entity_sub = select(Circle)
mapped_entity_column = select(Shape.color)
mapped_entity_count = select(func.count(Shape.id))
mapped_entity_count_from = select(func.count()).select_from(Shape)
mapped_entity_sub_where = select(Shape).where(Circle.radius > 3)
mapped_entity_alias = select(aliased(Shape))
mapped_entity_alias_flat = select(aliased(Shape, flat=True))
mapped_entity_join = select(Drawing).join(Drawing.shape).where(Shape.color == "red")
mapped_entity_join_sub = select(Drawing).join(Drawing.squares).where(Square.side == 3)
mapped_entity_joinedload = select(Drawing).options(joinedload(Drawing.shape))
mapped_entity_has = select(Drawing.id).where(Drawing.shape.has(Shape.color == "red"))
mapped_entity_legacy = Session().query(Shape).filter(Shape.color == "red")
mapped_entity_inline = select(Animal)
mapped_entity_inline_where = select(Animal).where(Animal.kind == "x")
mapped_entity_inline_column = select(Animal.kind)
