"""Where Python and SQLAlchemy surprise: empty conditions, truth of expressions, scopes, orders and names too long."""

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ForeignKey,
    and_,
    delete,
    false,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from tables import Base, Customer, Order


class Shelf(Base):
    __tablename__ = "shelves_of_the_warehouse_behind_the_second_building"
    id: Mapped[int] = mapped_column(primary_key=True)
    number_of_boxes_that_are_left: Mapped[int]
    number_of_boxes_that_were_sold: Mapped[int]
    boxes: Mapped[list["Box"]] = relationship(order_by="desc(Box.weight), Box.id")
    names: Mapped[list["Box"]] = relationship(order_by=lambda: Box.name, viewonly=True)


class Box(Base):
    __tablename__ = "boxes"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    weight: Mapped[int]
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelves_of_the_warehouse_behind_the_second_building.id"))


_none: list = []

empty_or = select(Box.id).where(or_(*_none))
empty_beside = select(Box.id).where(Box.weight > 1, or_(*_none))
empty_inside = select(Box.id).where(and_(or_(*_none), Box.weight > 1))
empty_deep = select(Box.id).where(or_(and_(Box.id == 1, or_(*_none)), Box.weight > 1))
always = select(Box.id).where(True)
never = select(Box.id).where(False)
never_beside = select(Box.id).where(False, Box.weight > 1)
always_beside = select(Box.id).where(true(), Box.weight > 1)
always_twice = select(Box.id).where(true(), true())
or_always = select(Box.id).where(or_(True, Box.weight > 1))
or_never = select(Box.id).where(or_(false(), Box.weight > 1))
python_and = select(Box.id).where(Box.name == "x" and Box.id == 5)
python_or = select(Box.id).where(Box.name == "x" or Box.id == 5)
python_and_unequal = select(Box.id).where(Box.name != "x" and Box.id == 5)
python_not = select(Box.id).where(not (Box.name == "x"))
python_in = select(Box.id).where(Box.name in ["x"])
python_is = select(Box.id).where(Box.name is None)
python_is_not = select(Box.id).where(Box.name is not None)

scope_of_first = select(Customer.id).join(Order).filter_by(name="x")
scope_of_last = select(Customer.id).join(Order).filter_by(total=1)
scope_of_listed = select(Customer.id, Order.total).filter_by(name="x")

eager_order = select(Shelf).options(joinedload(Shelf.boxes))
eager_order_last = select(Shelf).options(joinedload(Shelf.boxes)).order_by(Shelf.id)
eager_order_lambda = select(Shelf).options(joinedload(Shelf.names))

long_labels = select(Shelf).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
long_labels_inside = select(Shelf).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery().select()

_nesting = select(Box.id).cte("nested", nesting=True)
nesting_on_top = select(_nesting)

other_dialect = select(Box.id).prefix_with("/*+ INDEX */", dialect="oracle")
delete_other_dialect = delete(Box).prefix_with("/*+ INDEX */", dialect="oracle").where(Box.id == 1)

_values = {"name": "x"}
_values.update(weight=3)
_values.pop("name")
filled_values = update(Box).values(**_values).where(Box.id == 1)

_conditions = set()
for _column in (Box.name, Box.weight):
    _conditions.add(_column.is_(None))
    break
filled_set = select(Box.id).where(or_(*_conditions), Box.shelf_id == 2)
