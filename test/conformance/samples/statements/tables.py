"""The mapped classes and tables that the sample statements are about."""

import datetime
import enum
import uuid
from decimal import Decimal

from sqlalchemy import Column, Date, Enum, ForeignKey, Integer, MetaData, Numeric, String, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Status(enum.Enum):
    OPEN = "open"
    PAID = "paid"


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column("email_address", String(320), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    age: Mapped[int | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    settings: Mapped[dict] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime.datetime] = mapped_column(default=func.now(), onupdate=func.now())

    orders: Mapped[list["Order"]] = relationship(back_populates="customer")
    profile: Mapped["Profile | None"] = relationship(back_populates="customer")


class Profile(Base):
    __tablename__ = "profiles"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    bio: Mapped[str | None] = mapped_column(Text)

    customer: Mapped[Customer] = relationship(back_populates="profile")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    status: Mapped[Status] = mapped_column(Enum(Status, name="order_status"), default=Status.OPEN)
    total: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    placed_on: Mapped[datetime.date] = mapped_column(Date)

    customer: Mapped[Customer] = relationship(back_populates="orders")
    items: Mapped[list["Item"]] = relationship(back_populates="order")


class Product(Base):
    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    stock: Mapped[int] = mapped_column(default=0)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))

    category: Mapped["Category | None"] = relationship(back_populates="products")
    labels: Mapped[list["Label"]] = relationship(secondary="product_labels", back_populates="products")


class Item(Base):
    __tablename__ = "items"

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    quantity: Mapped[int]

    order: Mapped[Order] = relationship(back_populates="items")
    product: Mapped[Product] = relationship()


class Category(Base):
    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))

    parent: Mapped["Category | None"] = relationship(back_populates="children", remote_side=[id])
    children: Mapped[list["Category"]] = relationship(back_populates="parent")
    products: Mapped[list[Product]] = relationship(back_populates="category")


class Label(Base):
    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]

    products: Mapped[list[Product]] = relationship(secondary="product_labels", back_populates="labels")


product_labels = Table(
    "product_labels",
    Base.metadata,
    Column("product_id", ForeignKey("products.id"), primary_key=True),
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
)


class Event(Base):
    __tablename__ = "Events"
    __table_args__ = {"schema": "audit"}

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[str] = mapped_column("order")
    payload: Mapped[dict | None] = mapped_column(JSONB)


metadata = MetaData()
accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(50)),
    Column("balance", Numeric(12, 2)),
)
transfers = Table(
    "transfers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id")),
    Column("amount", Numeric(12, 2)),
)
