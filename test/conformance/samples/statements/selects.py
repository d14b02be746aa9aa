"""SELECT: columns, conditions, operators, order and limits."""

import datetime

from sqlalchemy import (
    and_,
    asc,
    between,
    bindparam,
    case,
    cast,
    collate,
    column,
    desc,
    distinct,
    extract,
    false,
    func,
    Integer,
    literal,
    literal_column,
    not_,
    null,
    nulls_last,
    Numeric,
    or_,
    select,
    String,
    text,
    true,
    tuple_,
    type_coerce,
)

from tables import accounts, Category, Customer, Event, Order, Product, Profile, Status

entity = select(Customer)
two_entities = select(Customer, Profile).where(Customer.id == Profile.customer_id)
columns = select(Customer.id, Customer.email)
same_name = select(Customer.id, Order.id, Product.id)
repeated = select(Customer.id, Customer.id, Customer.name)
labelled = select(Customer.id.label("customer"), Customer.name.label("id"))
quoted = select(Event)
quoted_where = select(Event.id).where(Event.order == "x").order_by(Event.order)
core_table = select(accounts)
core_columns = select(accounts.c.id, accounts.c["owner"]).where(accounts.c.balance > 0)
literal_value = select(literal(5), literal("x").label("word"))
literal_text = select(literal_column("1"), literal_column("now()").label("moment"))
text_column = select(text("1"))
constants = select(null(), true(), false())
plain_column = select(column("a"), column("Order")).select_from(text("somewhere"))
expression = select(Customer.age + 1, Customer.age * 2 - 3, -Customer.age)
precedence = select((Customer.age + 1) * 2, Customer.age + Customer.id * 2, (Customer.age - 1) - (Customer.id - 2))
division = select(Customer.age / 2, Order.total / 3, Customer.age // 2, Customer.age % 2)
decimal_floor = select(Order.total // 2)
concatenation = select(Customer.name + " " + Customer.email, "Dear " + Customer.name)
concat_method = select(Customer.name.concat("!"))
equal = select(Customer.id).where(Customer.name == "ann")
not_equal = select(Customer.id).where(Customer.name != "ann")
reversed_sides = select(Customer.id).where(18 <= Customer.age)
is_none = select(Customer.id).where(Customer.email == None)  # noqa: E711
is_not_none = select(Customer.id).where(Customer.email != None)  # noqa: E711
is_null = select(Customer.id).where(Customer.email.is_(None), Customer.age.is_not(None))
is_true = select(Customer.id).where(Customer.active == True)  # noqa: E712
is_false = select(Customer.id).where(Customer.active.is_(False))
boolean_column = select(Customer.id).where(Customer.active)
not_boolean = select(Customer.id).where(~Customer.active)
not_boolean_and = select(Customer.id).where(and_(not_(Customer.active), Customer.age > 3))
comparison_chain = select(Customer.id).where(Customer.age > 18).where(Customer.age <= 65)
conjunctions = select(Customer.id).where(and_(Customer.age > 1, or_(Customer.name == "a", Customer.name == "b")))
operators = select(Customer.id).where((Customer.age > 1) & ((Customer.name == "a") | (Customer.name == "b")))
nested_or = select(Customer.id).where(or_(and_(Customer.age > 1, Customer.age < 5), Customer.active))
negated_and = select(Customer.id).where(~and_(Customer.age > 1, Customer.age < 5))
negated_comparison = select(Customer.id).where(not_(Customer.age > 1), ~(Customer.name == "x"), ~Customer.name.like("x%"))
single_and = select(Customer.id).where(and_(Customer.age > 1))
true_first = select(Customer.id).where(and_(True, Customer.age > 1))
or_false = select(Customer.id).where(or_(False, Customer.age > 1, Customer.age < 0))
in_list = select(Customer.id).where(Customer.id.in_([1, 2, 3]))
not_in_list = select(Customer.id).where(Customer.name.not_in(["a", "b"]))
negated_in = select(Customer.id).where(~Customer.id.in_([1, 2]))
in_tuple = select(Customer.id).where(Customer.id.in_((1,)))
in_empty = select(Customer.id).where(Customer.id.in_([]))
in_subquery = select(Customer.id).where(Customer.id.in_(select(Order.customer_id)))
not_in_subquery = select(Customer.id).where(Customer.id.not_in(select(Order.customer_id).where(Order.total > 5)))
in_with_and = select(Customer.id).where(Customer.id.in_([1, 2]), Customer.age > 3)
enum_value = select(Order.id).where(Order.status == Status.PAID)
enum_in = select(Order.id).where(Order.status.in_([Status.PAID, Status.OPEN]))
tuple_in = select(Customer.id).where(tuple_(Customer.id, Customer.name).in_([(1, "a"), (2, "b")]))
like = select(Customer.id).where(Customer.name.like("a%"))
like_escape = select(Customer.id).where(Customer.name.like("a/%", escape="/"))
ilike = select(Customer.id).where(Customer.name.ilike("%a%"), Customer.name.not_ilike("b"))
startswith = select(Customer.id).where(Customer.name.startswith("a"))
endswith = select(Customer.id).where(Customer.name.endswith("a"))
contains = select(Customer.id).where(Customer.name.contains("a"))
contains_and = select(Customer.id).where(Customer.name.contains("a"), Customer.age > 4)
contains_escape = select(Customer.id).where(Customer.name.contains("50%", autoescape=True))
icontains = select(Customer.id).where(Customer.name.icontains("a"), Customer.name.istartswith("b"))
not_contains = select(Customer.id).where(~Customer.name.contains("a"))
between_dates = select(Order.id).where(Order.placed_on.between(datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)))
not_between = select(Customer.id).where(~Customer.age.between(1, 2))
between_symmetric = select(Customer.id).where(between(Customer.age, 5, 1, symmetric=True))
distinct_from = select(Customer.id).where(Customer.age.is_distinct_from(3), Customer.name.is_not_distinct_from(None))
regexp = select(Customer.id).where(Customer.name.regexp_match("^a"), Customer.name.regexp_match("b", "i"))
regexp_not = select(Customer.id).where(~Customer.name.regexp_match("^a"))
regexp_replace = select(Customer.name.regexp_replace("a", "b"))
match = select(Customer.id).where(Customer.name.match("cat"))
custom_operator = select(Customer.name.op("||")("x"), Customer.id.op("%")(5))
custom_in_where = select(Customer.id).where(Customer.name.op("~*")("x"), Customer.age > 1)
custom_boolean = select(Customer.id).where(Customer.name.bool_op("~")("x"))
bitwise = select(Customer.id.bitwise_and(3), Customer.id.bitwise_or(4), Customer.id.bitwise_xor(5))
collated = select(Customer.name.collate("C"), collate(Customer.name, "de_DE")).order_by(Customer.name.collate("C"))
casts = select(cast(Customer.id, String), Customer.age.cast(Numeric(10, 2)), cast("5", Integer))
cast_labelled = select(cast(Customer.id, String).label("text"))
type_coerced = select(type_coerce(Customer.id, String) + "x")
extracted = select(extract("year", Order.placed_on), func.extract("month", Order.placed_on))
case_when = select(case((Customer.age < 18, "child"), (Customer.age < 65, "adult"), else_="senior").label("group"))
case_value = select(case({"a": 1, "b": 2}, value=Customer.name, else_=3))
case_in_where = select(Customer.id).where(case((Customer.active, Customer.age), else_=0) > 5)
order = select(Customer.id).order_by(Customer.name, Customer.age.desc(), asc(Customer.id))
order_nulls = select(Customer.id).order_by(Customer.age.desc().nulls_last(), nulls_last(Customer.name))
order_label = select((Customer.age + 1).label("next")).order_by("next")
order_label_desc = select((Customer.age + 1).label("next")).order_by(desc("next"))
next_age = (Customer.age + 1).label("next")
order_label_object = select(Customer.id, next_age).order_by(next_age.desc())
order_column_name = select(Customer.id, Customer.name).order_by("name")
order_function = select(Customer.id).order_by(func.lower(Customer.name))
limits = select(Customer.id).limit(10)
limit_offset = select(Customer.id).limit(10).offset(20)
offset_only = select(Customer.id).offset(20)
sliced = select(Customer.id).slice(5, 10)
fetched = select(Customer.id).order_by(Customer.id).offset(3).fetch(5)
fetched_ties = select(Customer.id).order_by(Customer.id).fetch(5, with_ties=True)
distinct_rows = select(Customer.name).distinct()
distinct_column = select(distinct(Customer.name))
count_distinct = select(func.count(distinct(Customer.name)), func.count(Customer.age.distinct()))
filter_by = select(Customer).filter_by(name="ann", active=True)
filter_by_none = select(Customer).filter_by(email=None)
where_many = select(Category).where(Category.parent_id.is_(None), Category.name != "x")
where_true = select(Customer.id).where(true())
where_text = select(Customer.id).where(text("age > :limit"))
bind_parameter = select(Customer.id).where(Customer.name == bindparam("who"), Customer.email == bindparam("who"))
array_contains = select(Customer.id).where(Customer.tags.contains(["a"]))
array_any = select(Customer.id).where(Customer.tags.any("a"))
array_overlap = select(Customer.id).where(Customer.tags.overlap(["a", "b"]))
array_item = select(Customer.tags[1])
json_item = select(Customer.settings["theme"])
json_text = select(Customer.settings["theme"].astext, Customer.settings["size"].as_integer())
json_where = select(Customer.id).where(Customer.settings["theme"].astext == "dark")
json_path = select(Customer.settings[("a", "b")].astext)
json_has = select(Customer.id).where(Customer.settings.has_key("theme"))
json_contains = select(Customer.id).where(Customer.settings.contains({"theme": "dark"}))
for_update = select(Customer).with_for_update()
for_update_skip = select(Customer).with_for_update(skip_locked=True, of=Customer)
for_share = select(Customer).with_for_update(read=True, nowait=True)
for_no_key = select(Customer.id).where(Customer.id == 1).with_for_update(key_share=True)
only_columns = select(Customer).where(Customer.age > 1).with_only_columns(Customer.id)
added_columns = select(Customer.id).add_columns(Customer.name)
options = select(Customer).execution_options(yield_per=10)
multiline = (
    select(Customer.id, Customer.name)
    .where(Customer.age > 3)
    .order_by(Customer.name)
    .limit(5)
)
