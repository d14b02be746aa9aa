"""Single, joined and concrete inheritance."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from .base import Base


class Employee(Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company: Mapped["Company"] = relationship(back_populates="employees")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}


class Manager(Employee):
    budget: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    manager_id: Mapped[Optional[int]] = mapped_column(ForeignKey("employee.id"))
    manager: Mapped[Optional[Manager]] = relationship(foreign_keys=[manager_id])
    __mapper_args__ = {"polymorphic_identity": "engineer", "inherit_condition": id == Employee.id}


class Company(Base):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    employees: Mapped[list[Employee]] = relationship(back_populates="company")
    managers: Mapped[list[Manager]] = relationship(viewonly=True)


class Animal(Base):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Cat(Animal):
    __tablename__ = "cat"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(5))
    __mapper_args__ = {"concrete": True}


class HasId:
    id = Column(Integer, primary_key=True)

    @declared_attr
    def parent_id(cls):
        return Column(Integer, ForeignKey(f"{cls.__tablename__}.id"))

    @declared_attr
    def parent(cls):
        return relationship(cls.__name__, remote_side=f"{cls.__name__}.id")


class Tree(HasId, Base):
    __tablename__ = "tree"


class Named(Base):
    __abstract__ = True

    @declared_attr
    def __tablename__(cls) -> str:
        return cls.__name__.lower()

    @declared_attr
    def __table_args__(cls):
        return {"comment": f"table of {cls.__name__}"}


class Garden(Named):
    id = Column(Integer, primary_key=True)
