"""Classes that inherit by joined tables."""

from sqlalchemy import ForeignKey, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tables import Base


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

    __mapper_args__ = {"polymorphic_identity": "manager"}


class Director(Manager):
    __tablename__ = "directors"

    id: Mapped[int] = mapped_column(ForeignKey("managers.id"), primary_key=True)
    bonus: Mapped[int]

    __mapper_args__ = {"polymorphic_identity": "director"}


inherited_column = select(Manager.name)
inherited_where = select(Manager.id, Manager.title).where(Manager.name == "x")
inherited_entity = select(Manager)
inherited_twice = select(Director).where(Director.name == "x", Director.title == "y", Director.bonus > 3)
inherited_of_type = select(Company.name, Manager.name).join(Company.employees.of_type(Manager))
inherited_relationship = select(Manager).where(Manager.company == Company(id=1))
inherited_join = select(Manager.title, Company.name).join(Manager.company)
inherited_apart = select(Employee).where(Manager.title == "x")
inherited_count = select(func.count(Manager.id))
inherited_insert = insert(Manager).values(id=1, title="x")
inherited_update = update(Manager).where(Manager.id == 1).values(title="x")
