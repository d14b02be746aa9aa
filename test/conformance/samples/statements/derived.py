"""What is selected from besides tables, and what is loaded of a class: subqueries, CTEs, aliases, column options."""

from sqlalchemy import Column, Integer, MetaData, String, Table, column, exists, func, literal, select, table, union
from sqlalchemy.orm import Bundle, Mapped, aliased, contains_eager, defer, deferred, joinedload, load_only, mapped_column, undefer, undefer_group, with_parent

from tables import Base, Category, Customer, Item, Order, Product

_metadata = MetaData()
events = Table("events", _metadata, Column("id", Integer, primary_key=True), Column("name", String(30)))
light = table("light", column("id", Integer), column("name", String))


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(deferred=True)
    image: Mapped[bytes] = mapped_column(deferred=True, deferred_group="media")
    sound: Mapped[bytes] = deferred(mapped_column(), group="media")


own_table = select(events).where(events.c.name == "x")
own_insert = events.insert().values(name="x")
own_light = select(light.c.id, light).where(light.c.name == "x")
constant_one = select(1)
constant_star = select("*").select_from(light)
exists_one = select(exists(1).where(Product.id == Item.product_id))
filter_twice = select(func.count(Product.id).filter(Product.stock > 1).filter(Product.price > 2))
_orders = select(Order.customer_id, func.count().label("n")).group_by(Order.customer_id).subquery()
join_subquery = select(Customer.name, _orders.c.n).join(_orders)
_recent = select(Order).where(Order.total > 5).cte("recent")
join_cte = select(Customer.name, _recent.c.total).join_from(Customer, _recent)
_nested = select(literal(1).label("one")).cte("nested", nesting=True)
nested_cte = select(select(_nested.c.one).cte("outer"))
_inner = select(literal(1).label("one")).cte("inner")
nested_here = select(select(_inner.c.one).add_cte(_inner, nest_here=True).cte("outer"))
cte_alias = select(_recent.alias().c.total)
alias_of_alias = select(light.alias("a").alias("b"))
union_order = union(select(Product.id).where(Product.id == 1), select(Product.id).where(Product.id == 2)).order_by(Product.id)
repeated = select(select(Product.id, Product.id, Product.name).subquery())
columns_by_name = select(events.c["name", "id"])
only_columns_then_join = select(Customer).join(Order).with_only_columns(Order.id)
two_aliases = (
    select(Customer)
    .join(aliased(Order), Customer.orders)
    .join(aliased(Order), Customer.orders)
)
lock_join = select(Customer).join(Order).with_for_update(of=[Customer, Order])
label_none = select(Product.name.label(None)).subquery().select()
deferred_columns = select(Note)
undeferred = select(Note).options(undefer(Note.body))
undeferred_group = select(Note).options(undefer_group("media"))
undeferred_all = select(Note).options(undefer("*"))
loaded_only = select(Product).options(load_only(Product.name))
loaded_only_alias = select(aliased(Product, name="p"))
deferred_one = select(Product).options(defer(Product.name))
only_of_joined = select(Order).options(joinedload(Order.customer).load_only(Customer.name))
contained = select(Order).join(Order.customer).options(contains_eager(Order.customer))
contained_only = select(Order).join(Order.customer).options(contains_eager(Order.customer).load_only(Customer.name))
bundle = select(Bundle("product", Product.id, Product.name)).where(Product.stock > 0)
other_customer = select(Order.id).where(Order.customer != Customer(id=5))
of_parent = select(Order.id).where(with_parent(Customer(id=5), Customer.orders))
row_of_table = select(func.row_to_json(light.table_valued()))
values_of_function = select(func.unnest(["a", "b"]).column_valued())
_twin = aliased(Category)
_pairs = select(Category, _twin).where(Category.id > _twin.id).subquery()
_first, _second = aliased(Category, _pairs), aliased(_twin, _pairs)
alias_among_rows = select(_first.name, _second.name).where(_second.id > 1).order_by(_second.name)
classes_among_rows = select(_first, _second)
alias_among_rows_loaded = select(_second).options(load_only(_second.name))
_few = select(Category).where(Category.id < 9).subquery()
_of_few = aliased(Category, _few)
alias_of_the_same_rows = select(aliased(_of_few, _few))
_outer = select(_of_few, Category).where(_of_few.id > Category.id).subquery()
alias_of_rows_among_rows = select(aliased(_of_few, _outer))
_relabelled = select(Customer.id, Customer.name.label("called")).subquery()
by_label = aliased(Customer, _relabelled)
attribute_by_label = select(by_label.id, by_label.name.label("foo"))
