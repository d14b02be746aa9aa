"""Functions of every kind: windows, grouping sets, ordered and filtered aggregates, tables of functions, samples of tables."""

from sqlalchemy import (
    ARRAY,
    Date,
    Float,
    Integer,
    Interval,
    Numeric,
    String,
    Text,
    and_,
    case,
    cast,
    column,
    desc,
    distinct,
    extract,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tablesample,
    text,
    true,
    tuple_,
    within_group,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array
from sqlalchemy.orm import aliased
from sqlalchemy.sql import funcfilter, over, quoted_name
from sqlalchemy.sql.functions import GenericFunction, ReturnTypeFromArgs, coalesce, count, cume_dist, now, rank, sum as sql_sum

from tables import Customer, Order, accounts


class as_utc(GenericFunction):
    type = Date()
    inherit_cache = True


class first_word(GenericFunction):
    name = "split_first"
    identifier = "first_word"
    type = String()
    inherit_cache = True


class geo_area(GenericFunction):
    package = "geo"
    name = "ST_Area"
    identifier = "area"
    type = Float()
    inherit_cache = True


class quoted_function(GenericFunction):
    name = quoted_name("MyFunction", True)
    identifier = "my_function"
    type = Integer()
    inherit_cache = True


class biggest(ReturnTypeFromArgs):
    inherit_cache = True


generic = select(func.as_utc(Order.placed_on), func.first_word(Customer.name) + "x", func.biggest(Order.total, 5))
generic_called = select(as_utc(Order.placed_on), first_word(Customer.name))
generic_package = select(func.geo.area(Customer.id))
generic_quoted = select(func.my_function(Customer.id))
function_classes = select(coalesce(Customer.age, 0), count(Customer.id), count(), now(), sql_sum(Order.total))
function_classes_window = select(rank().over(order_by=Order.total), cume_dist().within_group(Order.total.desc()))

name_upper = select(func.UPPER(Customer.name), func.Lower(Customer.name))
name_quoted = select(getattr(func, "MyFunc")(1), func.schema.Other(2))
name_schema = select(func.public.my_func(Customer.id), func.a.b.c(1))
name_underscore = select(func.min_(Customer.id), func.next_())
arguments_mixed = select(func.f(None, True, 1.5, "x", [1], Customer.id, null(), text("y")))
arguments_expression = select(func.f(Customer.id + 1, Customer.id == 5, ~Customer.active, and_(Customer.active, Customer.id > 1)))
arguments_select = select(func.f(select(Order.id).scalar_subquery()), func.array(select(Order.id).scalar_subquery()))
arguments_array_select = select(func.array(select(Order.customer_id).where(Order.customer_id == Customer.id).scalar_subquery())).select_from(Customer)
nested_functions = select(func.coalesce(func.nullif(func.trim(Customer.name), ""), func.lower(Customer.email), "none"))
type_given = select(func.f(Customer.id, type_=JSONB)["a"].astext, func.g(type_=Integer) + 1, func.h(Customer.id, type_=ARRAY(Integer))[1])
compared = select(Customer.id).where(func.length(Customer.name) > 5, func.lower(Customer.name).in_(["a", "b"]), func.f(Customer.id).is_(None))
between_functions = select(Customer.id).where(func.date(Customer.created_at).between("2024-01-01", "2024-12-31"))
concat_functions = select(func.concat(Customer.name, "x") + "y", func.upper(Customer.name) + Customer.email, "x" + func.lower(Customer.name))
arithmetic = select(func.sum(Order.total) / func.count(Order.id), func.sum(Order.total) * 100 / func.nullif(func.sum(Order.total), 0), func.count(Order.id) * 1.0)
rounding = select(func.round(func.avg(Order.total), 2), func.round(cast(func.sum(Order.total), Numeric) / 3, 2).label("third"))
date_parts = select(func.extract("epoch", Order.placed_on), extract("dow", Order.placed_on), func.date_part("year", Order.placed_on), func.to_char(Order.placed_on, "YYYY-MM"))
date_math = select(func.date_trunc("day", func.now()) - literal_column("interval '1 day'"), func.age(func.now(), Order.placed_on), func.now() - func.cast("1 day", Interval))
current = select(func.current_date(), func.current_timestamp(), func.localtime(), func.current_user(), func.session_user())
coalesce_types = select(func.coalesce(Customer.age, 0) + 1, func.coalesce(Customer.name, "") + "x", func.max(Customer.age) - func.min(Customer.age))
string_agg = select(func.string_agg(Customer.name, literal_column("', '")), func.string_agg(distinct(Customer.name), ","), func.string_agg(Customer.name.distinct(), "-"))
string_agg_ordered = select(func.string_agg(Customer.name, aggregate_order_by(literal_column("','"), Customer.name)))
string_agg_ordered_bind = select(func.string_agg(Customer.name, aggregate_order_by(",", Customer.name.desc(), Customer.id)))
aggregate_ordered = select(func.array_agg(aggregate_order_by(Customer.id, Customer.name.asc(), Customer.id.desc())), func.json_agg(aggregate_order_by(Customer.name, Customer.id)))
aggregate_order_method = select(func.array_agg(Customer.id).aggregate_order_by(Customer.name), func.string_agg(Customer.name, ",").aggregate_order_by(Customer.id.desc()))
aggregate_strings = select(func.aggregate_strings(Customer.name, ","), func.aggregate_strings(Customer.name, ", ").label("names"))
aggregate_strings_ordered = select(func.aggregate_strings(Customer.name, ",").aggregate_order_by(Customer.id))
json_objects = select(func.json_agg(func.json_build_object("id", Order.id, "total", Order.total)), func.jsonb_object_agg(Customer.name, Customer.id))
json_row = select(func.json_agg(func.row_to_json(Customer.__table__.table_valued())), func.to_jsonb(Customer.__table__.table_valued()))
count_filtered = select(func.count().filter(Order.total > 5), func.count(Order.id).filter(Order.total > 5, Order.customer_id == 1).label("n"))
count_distinct = select(func.count(Customer.name.distinct()), func.count(distinct(Customer.name)).filter(Customer.active), func.count(func.distinct(Customer.id)))
count_tuple = select(func.count(tuple_(Customer.id, Customer.name).distinct()), func.count(distinct(tuple_(Customer.id, Customer.name))))
count_case = select(func.count(case((Order.total > 5, 1))), func.sum(case((Order.total > 5, Order.total), else_=0)).label("big"))
filter_function = select(funcfilter(func.count(1), Order.total > 5), func.array_agg(Order.id).filter(Order.total.is_not(None)))
filter_over = select(func.sum(Order.total).filter(Order.total > 5).over(partition_by=Order.customer_id))
filter_within = select(func.percentile_cont(0.5).within_group(Order.total).filter(Order.total > 5))
filter_or = select(func.count(Order.id).filter(or_(Order.total > 5, Order.total < 1)))
within = select(func.percentile_cont(0.5).within_group(Order.total.desc()), func.percentile_disc([0.1, 0.9]).within_group(Order.total, Order.id))
within_label = select(within_group(func.percentile_cont(0.9), Order.total).label("p90"), func.mode().within_group(Order.status))
within_over = select(func.percentile_cont(0.5).within_group(Order.total).over(partition_by=Order.customer_id))
within_array = select(func.percentile_cont(array([0.25, 0.5])).within_group(Order.total))
window_all = select(func.row_number().over(), func.ntile(4).over(order_by=Order.total), func.first_value(Order.total).over(partition_by=Order.customer_id, order_by=Order.placed_on.desc().nulls_last()))
window_frames = select(
    func.sum(Order.total).over(order_by=Order.id, rows=(-3, 3)),
    func.sum(Order.total).over(order_by=Order.id, rows=(None, None)),
    func.sum(Order.total).over(order_by=Order.id, range_=(None, 0)),
    func.sum(Order.total).over(order_by=Order.id, groups=(0, None)),
    func.sum(Order.total).over(order_by=Order.id, rows=(-1, 0)),
    func.sum(Order.total).over(order_by=Order.id, rows=(2, 5)),
)
window_exclude = select(func.sum(Order.total).over(order_by=Order.id, rows=(-1, 1), exclude="CURRENT ROW"))
window_function = select(over(func.rank(), partition_by=Order.customer_id, order_by=[Order.total.desc(), Order.id]).label("place"))
window_label = select(Order.id, func.row_number().over(partition_by=Order.customer_id, order_by=Order.placed_on).label("n")).subquery()
window_from_subquery = select(window_label.c.id).where(window_label.c.n == 1)
window_expression = select(func.lag(Order.total).over(order_by=Order.id) - Order.total, func.coalesce(func.lead(Order.total, 1, 0).over(order_by=Order.id), 5))
window_case = select(func.sum(case((Order.total > 5, 1), else_=0)).over(partition_by=func.date_trunc("month", Order.placed_on)))
window_order = select(Order.id).order_by(func.row_number().over(order_by=Order.total).desc())
rollup = select(Order.status, Order.customer_id, func.sum(Order.total)).group_by(func.rollup(Order.status, Order.customer_id))
cube = select(Order.status, func.sum(Order.total)).group_by(func.cube(Order.status, tuple_(Order.customer_id, Order.id)))
grouping_sets = select(Order.status, Order.customer_id, func.sum(Order.total)).group_by(func.grouping_sets(tuple_(Order.status, Order.customer_id), tuple_(Order.status), tuple_()))
grouping_sets_columns = select(func.grouping(Order.status)).group_by(func.grouping_sets(Order.status, Order.customer_id))
grouping_mixed = select(Order.status).group_by(Order.customer_id, func.rollup(Order.status)).having(func.grouping(Order.status) == 0)
grouped_label = select(func.date_trunc("day", Order.placed_on).label("day"), func.count()).group_by(text("day")).order_by(desc("day"))
grouped_position = select(Order.status, func.count()).group_by(text("1")).order_by(text("2 DESC"))
grouped_label_object = select((_day := func.date_trunc("day", Order.placed_on).label("day")), func.count().label("n")).group_by(_day).order_by(_day.desc())
having_label = select(Order.customer_id, func.sum(Order.total).label("sum")).group_by(Order.customer_id).having(func.sum(Order.total) > 5).order_by(desc("sum"))

sample = select(tablesample(Order, 10))
_bernoulli = tablesample(Order.__table__, func.bernoulli(1), name="s", seed=func.random())
sample_aliased = select(_bernoulli.c.id)
_sampled = tablesample(accounts, func.system(5), name="sampled", seed=42)
_some_orders = aliased(Order, tablesample(Order.__table__, func.bernoulli(2.5)))
sample_entity = select(_some_orders).where(_some_orders.total > 5)
sample_method = select(accounts.tablesample(func.bernoulli(1), name="a"))
sample_joined = select(Customer.id).join(_some_orders, _some_orders.customer_id == Customer.id)

series = select(func.generate_series(1, 10, 2).table_valued("n").c.n)
series_render = select(func.generate_series(1, 10).table_valued("n").render_derived())
_n = func.generate_series(1, 5).table_valued("value", name="n")
series_named = select(_n.c.value)
_series = func.generate_series(func.date("2024-01-01"), func.now(), literal_column("interval '1 day'")).table_valued("day").alias("days")
series_joined = select(_series.c.day, func.count(Order.id)).select_from(_series).outerjoin(Order, Order.placed_on == _series.c.day).group_by(_series.c.day)
_numbers = func.unnest(array([1, 2])).column_valued("number")
column_valued = select(_numbers).where(_numbers > 1)
column_valued_plain = select(func.json_array_elements('["a"]').column_valued())
_elements = func.jsonb_array_elements(Customer.settings["items"]).table_valued("value", name="item")
elements_lateral = select(Customer.id, _elements.c.value).select_from(Customer).join(_elements, true())
_elements_lateral = func.jsonb_array_elements(Customer.settings["items"]).table_valued("value").lateral("item")
elements_joined = select(Customer.id, _elements_lateral.c.value).join(_elements_lateral, true())
_record = func.json_to_recordset('[{"a":1}]').table_valued(column("a", Integer), column("b", Text)).render_derived(name="r", with_types=True)
recordset = select(_record.c.a, _record.c.b).where(_record.c.a > 1)
_pairs = func.jsonb_each_text(Customer.settings).table_valued("key", "value").alias("pairs")
each_pair = select(Customer.id, _pairs.c.key).where(_pairs.c.value == "x")
_unnested = func.unnest(Customer.tags).table_valued("tag", with_ordinality="position").render_derived(name="t")
unnest_ordinality = select(Customer.id, _unnested.c.tag, _unnested.c.position)
unnest_exists = select(Customer.id).where(select(literal(1)).select_from(func.unnest(Customer.tags).alias("tag")).where(text("tag = 'x'")).exists())
unnest_many = select(func.unnest(array([1]), array(["a"])).table_valued("a", "b").render_derived())
scalar_table = select(func.jsonb_each(Customer.settings).scalar_table_valued("key"))
function_from = select(column("x")).select_from(func.my_function(1))
function_alias = select(func.f(1).alias("a").column, literal_column("b")).select_from(func.g(2).alias("b"))
regexp_table = select(func.regexp_split_to_table(Customer.name, " ").column_valued("word"))
alias_json = select(func.f(Customer.id, type_=JSONB).alias("r").column["field"].label("field"))
valued_json = select(func.jsonb_array_elements(Customer.settings, type_=JSONB).column_valued("e")["k"].astext)
