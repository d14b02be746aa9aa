"""Constructs that stand in no other sample: frames, slices, hints, sequences, writes to parts of a column, and more."""

from sqlalchemy import (
    ARRAY,
    Column,
    Integer,
    MetaData,
    Sequence,
    String,
    Table,
    and_,
    bindparam,
    cast,
    column,
    create_engine,
    cte,
    delete,
    exists,
    func,
    insert,
    join,
    lateral,
    literal,
    literal_column,
    not_,
    null,
    select,
    table,
    text,
    true,
    tuple_,
    union,
    update,
    values,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased, with_loader_criteria

from tables import Category, Customer, Item, Order, Product

metadata = MetaData()
stock = Table(
    "stock",
    metadata,
    Column("id", Integer, Sequence("stock_id_seq"), primary_key=True),
    Column("name", String),
    Column("sizes", postgresql.ARRAY(Integer)),
    Column("details", postgresql.JSONB),
)
ledger = table("ledger", column("stock_id", Integer), column("note", String))

# Operators
plus_of_types = select(stock.c.id + "x", stock.c.name + "x", stock.c.name + 5, stock.c.sizes + [1])
beside_arrays = select(postgresql.array([1, 2]) == [3, 4], postgresql.array([1]).contained_by([1, 2]))
negations = select(not_(True), not_(null()), ~(~exists(1)), not_(stock.c.sizes.any(5)))
slices = select(stock.c.sizes[2:5], stock.c.sizes[2:5][1])
power = select(stock.c.id**2)
asked_first = select(stock).where(ledger.c.stock_id < stock.c.id)
empty_members = select(stock).where(stock.c.id.not_in([]), stock.c.name.in_([]))
schema_collation = select(stock.c.name.collate("de_DE", collation_schema="pg_catalog"))
all_of = select(stock.c.sizes.all(5), postgresql.Any(5, stock.c.sizes))
generated = select(stock).where(and_(each for each in [stock.c.id > 1, stock.c.name == "x"]))
filtered_by = select(stock).filter_by(name="x")

# Functions
group_sets = select(stock.c.name, func.count()).group_by(
    func.grouping_sets(tuple_(stock.c.name), tuple_(stock.c.name, stock.c.id))
)
func_cast = select(func.cast(stock.c.name, Integer))
func_select = func.generate_series(1, 5).select()
from_function = select(column("n")).select_from(func.generate_series(1, 5))
fields = select(stock.c.id, func.jsonb_each(stock.c.details).scalar_table_valued("key"))
unfiltered = select(func.count(stock.c.id).filter())
underscored = select(func.my_schema_.if_())
_numbers = func.unnest(stock.c.sizes).alias("size")
function_column = select(stock.c.id, _numbers.column)
lateral_function = select(stock).select_from(join(stock, lateral(func.generate_series(1, stock.c.id)), true()))

# Sequences and hints
next_values = select(Sequence("stock_id_seq").next_value(), Sequence("s", schema="app").next_value())
only = select(stock).with_hint(stock, "ONLY", "postgresql")
only_updated = update(stock).values(name="x").with_hint("ONLY", dialect_name="postgresql")
only_deleted = delete(stock).with_hint("ONLY", dialect_name="postgresql")
locked_text = select(stock).with_for_update(of=literal_column("stock"))

# Subqueries and CTEs
_bought = cte(select(stock.c.id), name="bought")
cte_function = select(_bought)
materialized = select(select(stock.c.id).cte("s").prefix_with("MATERIALIZED", dialect="postgresql"))
text_scalar = select(stock.c.id, text("SELECT 1 AS one").columns(one=Integer).scalar_subquery())
text_alias = select(text("SELECT id FROM stock").columns(column("id", Integer)).alias("t"))
literal_outside = select(select(literal_column("1 + 1"), literal_column("x").label("y")).subquery())
repeated = select(select(stock.c.id, stock.c.id, ledger.c.stock_id).subquery())
unnamed_label = select(select(stock.c.id).label(None))
lateral_subquery = select(stock).select_from(
    join(stock, lateral(select(ledger.c.note).where(ledger.c.stock_id == stock.c.id).subquery(), name="l"), true())
)
unnamed_values = select(values(column("column1", Integer), column("column2", String)).data([(1, "a"), (2, "b")]))
elements_again = union(
    select(stock.c.id).limit(1).alias("a").element, select(stock.c.id).limit(2).alias("b").element
)

# Changes
item_written = update(stock).values({stock.c.sizes[5]: 1})
slice_written = update(stock).values({stock.c.sizes[2:5]: [1, 2], stock.c.name: "x"})
tuple_written = update(stock).values(
    {tuple_(stock.c.id, stock.c.name): select(ledger.c.stock_id, ledger.c.note).limit(1).scalar_subquery()}
)
deleted_using = delete(stock).using(ledger).where(stock.c.id == 7)
sequence_inserted = insert(stock).values([{"name": "a"}, {"name": "b"}])
from_table = insert(ledger).from_select(["stock_id", "note"], select(stock.c.id, stock.c.name).subquery())
from_columns = insert(ledger).from_select(ledger.c, select(stock.c.id, stock.c.name))
without_defaults = insert(stock).from_select(["name"], select(ledger.c.note), include_defaults=False)
_upsert = postgresql.insert(stock).values(name="x")
all_excluded = _upsert.on_conflict_do_update(
    index_elements=[stock.c.id], set_={each.name: each for each in _upsert.excluded if each.name not in ("id",)}
)
pairs_excluded = _upsert.on_conflict_do_update(
    index_elements=["id"], set_=dict([("name", _upsert.excluded.name), ("sizes", null())])
)
inline_updated = update(stock).values(name=func.now()).inline()


# Tables that are read from a database, whose declaration stands here
drawers = Table("drawers", metadata, Column("id", Integer, primary_key=True), Column("name", String, default="none"))
_engine = create_engine("sqlite://")
metadata.create_all(_engine, tables=[drawers])


def _read(name):
    return Table(name, MetaData(), autoload_with=_engine)


_read_drawers = _read("drawers")
columns_read = select(_read_drawers.c.name).where(_read_drawers.c.id > 1)
changed_as_read = update(_read_drawers).where(_read_drawers.c.id == 1).values(name="top")
added_as_read = insert(_read_drawers).values(id=1)


def _read_with_all(name):
    known = MetaData()
    known.reflect(_engine)
    return Table(name, known)


_reflected_drawers = _read_with_all("drawers")
reflected_with_all = select(_reflected_drawers.c.id).order_by(_reflected_drawers.c.name)
removed_as_read = delete(_reflected_drawers).where(_reflected_drawers.c.name.is_(None))
