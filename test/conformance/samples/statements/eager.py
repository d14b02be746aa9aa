"""Relationships loaded by a join: what their mapping says, and options that go on from each other."""

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, ForeignKey, desc, func, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    aliased,
    backref,
    contains_eager,
    declared_attr,
    defaultload,
    join,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
)


class Base(DeclarativeBase):
    pass


class Area(Base):
    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class WithArea:
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))

    @declared_attr
    def area(cls) -> Mapped[Area]:
        return relationship("Area", lazy="joined", innerjoin=True)


class Shelf(WithArea, Base):
    __tablename__ = "shelves"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(
        lazy="joined", order_by="Book.title", backref=backref("shelf", lazy="joined")
    )


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelves.id"))
    pages: Mapped[list["Page"]] = relationship(order_by="desc(Page.number)", back_populates="book")
    cover: Mapped["Cover | None"] = relationship()


class Page(Base):
    __tablename__ = "pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    book: Mapped[Book] = relationship(back_populates="pages", innerjoin=True)


class Cover(Base):
    __tablename__ = "covers"

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    color: Mapped[str]


class Node(Base):
    __tablename__ = "nodes"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    children: Mapped[list["Node"]] = relationship(lazy="joined", join_depth=2)


class Leaf(Base):
    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("leaves.id"))
    children: Mapped[list["Leaf"]] = relationship(lazy="joined")


class Holder(Base):
    __tablename__ = "holders"

    id: Mapped[int] = mapped_column(primary_key=True)
    thing_id: Mapped[int | None]
    boxes: Mapped[list["Box"]] = relationship(back_populates="holder")


class Thing(Base):
    __tablename__ = "things"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "thing"}


class Special(Thing):
    __tablename__ = "specials"

    id: Mapped[int] = mapped_column(ForeignKey("things.id"), primary_key=True)
    value: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "special"}


class Box(Thing):
    __tablename__ = "boxes"

    id: Mapped[int] = mapped_column(ForeignKey("things.id"), primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("holders.id"))
    holder: Mapped[Holder] = relationship(back_populates="boxes")
    __mapper_args__ = {"polymorphic_identity": "box"}


session = Session()
special = aliased(Special, flat=True)
parts = select(Page.id, Book.id, Book.title).join(Page.book).subquery()

eager_mapped = select(Shelf)
eager_mapped_backref = select(Book)
eager_mapped_query = session.query(Shelf).filter(Shelf.name == "x")
eager_mapped_limit = select(Shelf).order_by(Shelf.name).limit(3)
eager_mapped_distinct = select(Book).distinct()
eager_mapped_column = select(Shelf.name)
eager_mapped_replaced = select(Shelf).options(selectinload(Shelf.books))
eager_mapped_off = select(Shelf).options(lazyload("*"))
eager_mapped_raise = select(Shelf).options(raiseload("*"), joinedload(Shelf.books))
eager_depth = select(Node)
eager_cycle = select(Leaf)
eager_inner = select(Page).options(joinedload(Page.book))
eager_outer_of_inner = select(Page).options(joinedload(Page.book, innerjoin=False))
eager_nested = select(Cover, Shelf.id).join(Shelf, Shelf.id == Cover.id)
eager_inner_below_outer = select(Book).options(lazyload("*"), joinedload(Book.pages).joinedload(Page.book, innerjoin=True))
eager_unnested = select(Book).options(lazyload("*"), joinedload(Book.pages).joinedload(Page.book, innerjoin="unnested"))
eager_below_option = select(Cover.id, Book).options(joinedload(Book.cover))
eager_chain_to_mapped = select(Page).options(joinedload(Page.book).joinedload(Book.pages))
eager_branches = select(Shelf).options(joinedload(Shelf.books).options(joinedload(Book.pages), joinedload(Book.cover)))
eager_branch_columns = select(Shelf).options(joinedload(Shelf.books).options(load_only(Book.title), selectinload(Book.pages)))
eager_default = select(Shelf).options(defaultload(Shelf.books).joinedload(Book.cover))
eager_default_columns = select(Shelf).options(defaultload(Shelf.books).load_only(Book.title))
eager_default_without_join = select(Book).options(lazyload(Book.shelf), defaultload(Book.pages).joinedload(Page.book))
eager_several = select(Shelf).options(joinedload(Shelf.books), joinedload(Shelf.books).joinedload(Book.pages), joinedload(Shelf.books).joinedload(Book.cover))
eager_along = select(Shelf).options(joinedload(Shelf.books, Book.cover))
eager_load = select(Page).options(Load(Page).joinedload(Page.book).selectinload(Book.pages))
eager_load_only = select(Page).options(load_only(Page.number), joinedload(Page.book))
eager_group = select(Cover.color, func.count()).group_by(Cover.color)
eager_contained = select(Shelf).options(lazyload("*")).join(Shelf.books).options(contains_eager(Shelf.books).joinedload(Book.cover))
eager_order_label = select(Cover, Cover.color.label("shade")).order_by("shade")
eager_order_desc = select((Cover.id.op("+")(2)).label("more")).order_by(desc("more"))
eager_flat_alias = select(special).where(special.kind == "x")
eager_flat_alias_join = select(Holder.id).join(special, special.id == Holder.thing_id)
eager_joined_class = select(Holder).options(joinedload(Holder.boxes))
eager_from_joined_class = select(Box).options(joinedload(Box.holder))
eager_alias_of_rows = select(aliased(Book, parts).title)
eager_alias_of_rows_entity = session.query(aliased(Cover, select(Cover).where(Cover.id > 1).subquery()))
eager_alias_of_alias = select(aliased(aliased(Cover)))
eager_join_twice = select(Shelf.id).join(Shelf.books).join(Shelf.books).join(Book.pages)
_some = aliased(Book, select(Book).where(Book.id > 1).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery())
eager_join_from_rows = select(_some.title).join(_some.pages)
_shelf = aliased(Shelf)
eager_orm_join = select(_shelf.name).select_from(join(_shelf, Book, _shelf.books))
eager_all = select(Shelf).options(joinedload("*"))
eager_all_of_alias = select(aliased(Book)).options(joinedload("*"))
eager_all_of_two = select(Page, Cover).options(joinedload("*"))
eager_all_joined_class = select(Box).options(joinedload("*"))
eager_first_of_two = select(Page, Cover)
eager_first_of_two_by_option = select(Book, Area).options(joinedload(Book.pages))
