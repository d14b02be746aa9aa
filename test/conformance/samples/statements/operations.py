"""Operators: custom ones and their precedence, collations, arrays, JSON, ranges, casts."""

import datetime
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    Interval,
    JSON,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    cast,
    collate,
    desc,
    func,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    text,
    tuple_,
    type_coerce,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import (
    ARRAY,
    BIT,
    CIDR,
    CITEXT,
    DATERANGE,
    HSTORE,
    INET,
    INT4MULTIRANGE,
    INT4RANGE,
    INTERVAL,
    JSONB,
    JSONPATH,
    TSRANGE,
    TSVECTOR,
    Range,
    array,
    hstore,
    to_tsquery,
    to_tsvector,
    plainto_tsquery,
    websearch_to_tsquery,
)
from sqlalchemy.sql import operators

from tables import Product

_metadata = MetaData()
things = Table(
    "things",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30)),
    Column("numbers", ARRAY(Integer)),
    Column("grid", ARRAY(Integer, dimensions=2)),
    Column("words", ARRAY(Text)),
    Column("document", JSON),
    Column("data", JSONB),
    Column("during", TSRANGE),
    Column("days", DATERANGE),
    Column("ints", INT4RANGE),
    Column("many", INT4MULTIRANGE),
    Column("address", INET),
    Column("net", CIDR),
    Column("store", HSTORE),
    Column("search", TSVECTOR),
    Column("flag", Boolean),
    Column("at", DateTime(timezone=True)),
    Column("day", Date),
    Column("span", Interval),
    Column("ratio", Float),
    Column("price", Numeric(10, 2)),
    Column("raw", LargeBinary),
    Column("key", Uuid),
    Column("label", CITEXT),
)
t = things.c

op_plain = select(t.name.op("<->")("x"))
op_order = select(t.id).order_by(t.name.op("<->")("x"), t.id.desc())
op_desc = select(t.id).order_by(t.name.op("<->")("x").desc())
op_precedence_low = select(t.id.op("%%")(3) + 1, t.id + t.id.op("#")(3))
op_precedence_high = select(t.id.op("#", precedence=15)(3) + 1, t.id * t.id.op("#", precedence=20)(3))
op_chain = select(t.id.op("&")(1).op("|")(2))
op_in_comparison = select(t.id).where(t.id.op("&")(4) == 4)
op_in_comparison_precedence = select(t.id).where(t.id.op("&", precedence=10)(4) > 0)
op_and = select(t.id).where(and_(t.name.op("~")("a"), or_(t.name.op("~*")("b"), t.flag)))
op_not = select(t.id).where(~t.name.op("~")("a"))
op_not_comparison = select(t.id).where(~t.name.op("~", is_comparison=True)("a"))
op_bool_not = select(t.id).where(not_(t.name.bool_op("~")("a")))
op_return_type = select(t.data.op("->>", return_type=Text)("k") == "x")
op_return_type_integer = select(t.data.op("->", return_type=Integer)("k") + 1)
op_on_function = select(func.similarity(t.name, "x").op(">")(0.3))
op_with_column = select(t.name.op("||")(t.label))
op_label = select(t.name.op("<->")("x").label("distance")).order_by("distance")
op_any = select(t.id).where(t.name.op("ILIKE")(func.any(array(["%a%", "%b%"]))))
op_any_element = select(t.id).where(t.name.op("=")(any_(t.words)))
op_reverse = select(literal("x").op("%")(t.name))
op_list = select(t.words.op("@>")(["a"]), t.words.op("&&")(array(["a"])))
op_cast = select(cast(t.name.op("->")("x"), Integer), t.name.op("#>>")("{a,b}").cast(Integer))
op_between = select(t.id).where(t.id.op("&")(1).between(1, 2))
op_in = select(t.id).where(t.id.op("&")(1).in_([1, 2]))
op_is = select(t.id).where(t.id.op("&")(1).is_(None))
op_like = select(t.id).where(t.data.op("->>")("k").like("x%"))
op_negative = select(-t.id.op("&")(1))
op_collate = select(t.name.op("||")("x").collate("C"))
at_time_zone = select(t.at.op("AT TIME ZONE")("UTC"), func.timezone("UTC", t.at))
at_time_zone_text = select(t.at.op("AT TIME ZONE")(text("'UTC'")).cast(Date))

collate_order = select(t.id).order_by(t.name.collate("C").desc().nulls_last(), desc(t.name.collate("C")))
collate_function = select(collate(func.lower(t.name), "en_US")).where(func.lower(t.name).collate("C") == "x")
collate_where = select(t.id).where(t.name.collate("C") > "x", t.name.collate("C").like("y%"))
collate_concat = select((t.name + "x").collate("C"), t.name.collate("C") + "x")
collate_sum = select(t.id).order_by(collate(t.name, "und-x-icu").asc())
collate_cast = select(cast(t.id, Text).collate("C"), cast(t.name, Text(collation="C")))
collate_literal = select(t.id).where(t.name == literal("x").collate("C"))
collate_schema = select(t.name.collate("C", "pg_catalog"))

array_slice = select(t.numbers[2:5], t.numbers[1:3][1])
array_index = select(t.numbers[t.id], t.grid[1][2], t.grid[1:2][2:3])
array_equal = select(t.id).where(t.numbers == [1, 2], t.numbers != [3])
array_in_any = select(t.id).where(5 == any_(t.numbers), t.id == all_(t.numbers))
array_any_subquery = select(t.id).where(t.id == any_(select(Product.id).scalar_subquery()))
array_all_subquery = select(t.id).where(t.id > all_(select(Product.id).scalar_subquery()))
array_any_select = select(t.id).where(t.id == any_(select(Product.id)))
array_any_method = select(t.id).where(t.numbers.any_() == 5, t.numbers.all_() > 3)
array_any_reversed = select(t.id).where(any_(t.numbers) == 5, all_(t.numbers) < 5)
array_any_literal = select(t.id).where(t.id == any_(literal([1, 2], ARRAY(Integer))))
array_any_bind = select(t.id).where(t.id == any_(bindparam("ids", type_=ARRAY(Integer))))
array_any_not = select(t.id).where(~(t.id == any_(t.numbers)), t.id != all_(t.numbers))
array_any_operator = select(t.id).where(t.numbers.any(5, operator=operators.lt), t.numbers.all(5, operator=operators.ge))
array_like_any = select(t.id).where(t.name.like(any_(array(["a%", "b%"]))), t.name.ilike(any_(t.words)))
array_func_any = select(t.id).where(t.id == func.any(t.numbers))
array_contains = select(t.id).where(t.numbers.contains([1]), t.numbers.contained_by([1, 2]), t.numbers.overlap([3]))
array_contains_array = select(t.id).where(t.words.contains(array(["a", "b"])), t.words.overlap(cast(array(["x"]), ARRAY(Text))))
array_concat = select(t.numbers + [1], t.numbers + array([2]), array([1]) + t.numbers, t.numbers.concat([5]))
array_length = select(func.array_length(t.numbers, 1), func.cardinality(t.numbers)).where(func.cardinality(t.numbers) > 1)
array_remove = select(func.array_remove(t.numbers, 5), func.array_append(t.numbers, 6), func.array_position(t.words, "a"))
array_literal_types = select(array(["a", "b"]), array([1, 2], type_=Integer), array([t.id, t.id + 1]), array([1.5]))
array_nested = select(array([array([1, 2]), array([3, 4])]))
array_empty = select(cast(array([]), ARRAY(Integer)), array([], type_=Integer))
array_subscript_literal = select(array([1, 2, 3])[2])
array_cast = select(cast(t.words, ARRAY(String)), cast(["a"], ARRAY(Text)), t.words.cast(ARRAY(Text)))
array_agg_index = select(func.array_agg(postgresql.aggregate_order_by(t.name, t.id.desc()))[1])
array_is = select(t.id).where(t.numbers.is_(None), t.numbers.in_([[1], [2]]))

json_item = select(t.document["a"], t.document[1], t.document["a"]["b"], t.data["a"], t.data[0])
json_path = select(t.document[("a", "b")], t.data[("a", 1)], t.data[("a", 1, "c")].astext)
json_path_list = select(t.data[["a", 1]], t.data[("a", 1)].as_integer())
json_compare = select(t.id).where(t.data["a"].astext == "x", t.data["n"].astext.cast(Integer) > 5)
json_compare_json = select(t.id).where(t.data["a"] == "x", t.data["n"] == 5, t.data["l"] == [1], t.data["o"] == {"a": 1})
json_as = select(t.data["a"].as_string(), t.data["a"].as_integer(), t.data["a"].as_float(), t.data["a"].as_boolean())
json_as_numeric = select(t.data["a"].as_numeric(10, 2), t.data["a"].as_json(), t.document["a"].as_string())
json_as_compare = select(t.id).where(t.data["a"].as_string() == "x", t.data["a"].as_integer() > 5, t.data["ok"].as_boolean())
json_as_boolean_is = select(t.id).where(t.data["ok"].as_boolean() == True, t.data["ok"].as_boolean().is_(True))  # noqa: E712
json_null = select(t.id).where(t.data["a"] == JSON.NULL, t.data.is_(None), t.data["a"].is_(None))
json_cast = select(cast(t.data["a"], String), t.data["a"].cast(Integer), cast(t.data["a"].astext, Integer))
json_type_coerce = select(type_coerce({"a": 1}, JSON), type_coerce(t.name, JSONB)["k"])
json_in = select(t.id).where(t.data["a"].astext.in_(["x", "y"]), t.data["n"].as_integer().in_([1, 2]))
json_like = select(t.id).where(t.data["a"].astext.like("x%"), t.data["a"].astext.ilike("%y%"), t.data["a"].astext.contains("z"))
json_has = select(t.id).where(t.data.has_key("a"), t.data.has_all(["a", "b"]), t.data.has_any(array(["a"])))
json_contains = select(t.id).where(t.data.contains({"a": 1}), t.data.contained_by({"a": 1}), t.data["l"].contains(["x"]))
json_paths = select(t.id).where(t.data.path_exists("$.a"), t.data.path_match("$.a > 1"), ~t.data.path_exists("$.b"))
json_paths_typed = select(t.id).where(t.data.path_exists(cast("$.a", JSONPATH)), t.data.op("@?")("$.x"))
json_delete = select(t.data - "a", t.data.delete_path(array(["a", "b"])), t.data.delete_path(["a", "1"]))
json_concat = select(t.data + {"a": 1}, t.data.concat({"b": 2}), t.data + t.data)
json_functions = select(
    func.jsonb_set(t.data, "{a}", cast("1", JSONB)),
    func.jsonb_array_length(t.data["l"]),
    func.jsonb_typeof(t.data["l"]),
    func.jsonb_path_query(t.data, "$.a"),
    func.jsonb_extract_path_text(t.data, "a", "b"),
    func.to_jsonb(t.name),
    func.jsonb_agg(t.name),
    func.jsonb_object_agg(t.name, t.id),
    func.jsonb_build_object("id", t.id, "name", t.name),
)
json_order = select(t.id).order_by(t.data["a"].astext.desc(), t.data[("a", "b")].as_integer())
json_group = select(t.data["a"].astext.label("a"), func.count()).group_by(t.data["a"].astext)
json_not = select(t.id).where(~t.data.has_key("a"), not_(t.data.contains({"a": 1})))
json_of_function = select(func.to_jsonb(t.name, type_=JSONB)["a"].astext)
json_of_cast = select(cast(t.name, JSONB)["a"].astext, cast(t.name, JSON)[("a", "b")])
json_subscript_column = select(t.data[t.name], t.data[t.name].astext)

hstore_item = select(t.store["a"], t.store.has_key("a"), t.store.contains({"a": "1"}), t.store.keys(), t.store.vals())
hstore_more = select(t.store.has_all(array(["a"])), t.store.defined("x"), t.store.delete("y"), t.store + hstore("k", "v"), t.store.slice(array(["a"])), t.store.matrix(), t.store.array())

range_contains = select(t.id).where(t.ints.contains(5), t.ints.contains(Range(1, 5)), t.ints.contained_by(Range(1, 9)))
range_overlaps = select(t.id).where(t.during.overlaps(Range(datetime.datetime(2024, 1, 1), datetime.datetime(2024, 2, 1))))
range_overlaps_column = select(t.id).where(t.during.overlaps(t.during), t.during & t.during == t.during)
range_sides = select(
    t.ints.strictly_left_of(Range(1, 5)),
    t.ints.strictly_right_of(Range(1, 5)),
    t.ints.not_extend_right_of(Range(1, 5)),
    t.ints.not_extend_left_of(Range(1, 5)),
    t.ints.adjacent_to(Range(1, 5)),
)
range_shift = select(t.ints << t.ints, t.ints >> Range(1, 5), t.ints + Range(5, 8), t.ints - t.ints, t.ints * t.ints)
range_methods = select(t.ints.union(Range(1, 2)), t.ints.difference(t.ints), t.ints.intersection(t.ints))
range_compare = select(t.id).where(t.ints == Range(1, 5), t.ints != Range(2, 3), t.ints < Range(3, 4))
range_functions = select(func.lower(t.ints), func.upper(t.during), func.isempty(t.days), func.tsrange(t.at, t.at))
range_in_contains = select(t.id).where(t.days.contains(datetime.date(2024, 1, 1)), t.days.contains(func.current_date()))
range_contained_value = select(t.id).where(t.day.op("<@")(t.days), literal(5).op("<@")(t.ints))
range_cast = select(cast("[1,5)", INT4RANGE), cast(Range(1, 5), INT4RANGE))
range_bool = select(t.id).where(~t.ints.contains(5), or_(t.ints.overlaps(t.ints), t.ints.adjacent_to(t.ints)))
range_multi = select(t.many.contains(5), t.many.contains(Range(1, 2)), t.many.overlaps([Range(1, 2)]), t.many + [Range(1, 2)], t.many.adjacent_to(t.ints))
range_agg = select(func.range_agg(t.ints), func.unnest(t.many))

net_contains = select(t.id).where(t.address.op("<<")("10.0.0.0/8"), t.net.op(">>=")(t.address))
net_bits = select(t.address.bitwise_and("255.0.0.0"), func.host(t.address))
search_match = select(t.id).where(t.search.match("cat"), t.search.op("@@")(func.to_tsquery("cat")))
search_bool = select(t.id).where(t.search.bool_op("@@")(to_tsquery("cat")), func.to_tsvector("english", t.name).bool_op("@@")(plainto_tsquery("english", "x")))
search_rank = select(func.ts_rank(t.search, func.plainto_tsquery("cat"))).order_by(func.ts_rank(t.search, websearch_to_tsquery("english", "cat")).desc())
search_match_config = select(t.id).where(t.name.match("cat", postgresql_regconfig="english"))
search_headline = select(func.ts_headline("english", t.name, func.to_tsquery("english", "cat"), "MaxFragments=1"), to_tsvector(t.name))

cast_types = select(
    cast(t.id, Text), cast(t.id, String(10)), cast(t.id, Numeric), cast(t.id, Float), cast(t.id, Boolean), cast(t.at, Date),
    cast(t.id, postgresql.BIGINT), cast(t.name, postgresql.UUID), cast(t.name, Uuid), cast(t.name, INTERVAL), cast(t.name, Interval),
    cast(t.name, postgresql.REGCLASS), cast(t.name, postgresql.OID), cast(t.name, postgresql.MONEY), cast(t.name, BIT(5)), cast(t.name, postgresql.BIT(5, varying=True)),
    cast(t.name, DateTime), cast(t.name, DateTime(timezone=True)), cast(t.name, postgresql.TIMESTAMP(True, 3)), cast(t.name, LargeBinary), cast(t.name, postgresql.DOUBLE_PRECISION),
)
cast_literals = select(cast("x", Text), cast(5, Numeric(10, 2)), cast(None, Integer), cast(True, Boolean), cast(Decimal("1.5"), Numeric))
cast_chain = select(cast(cast(t.id, Text), Integer), t.id.cast(Text).cast(Integer), cast(t.id + 1, Text), cast(t.name == "x", Integer))
cast_concat = select(cast(t.id, Text) + "x", "x" + cast(t.id, Text), cast(t.id, Text) + cast(t.id, Text))
cast_enum = select(cast("a", postgresql.ENUM("a", "b", name="letters")), cast(t.name, postgresql.ENUM("a", "b", name="letters")))
type_coerce_plus = select(type_coerce(t.name, Integer) + 5, type_coerce(5, String) + "x", type_coerce(t.id, String).label("y"))
dates = select(t.at + datetime.timedelta(days=1), t.at - t.at, t.day - t.day, t.day + 5, t.at - t.span, t.span * 2, func.now() - t.at)
dates_where = select(t.id).where(t.at > func.now() - datetime.timedelta(hours=1), t.at < func.now() - cast("1 day", Interval))
dates_text = select(t.id).where(t.at > func.now() - text("interval '1 day'"), t.day == func.current_date() - 1)
dates_make = select(t.id).where(t.at > func.now() - func.make_interval(0, 0, 0, 1))
tuple_compare = select(t.id).where(tuple_(t.id, t.name) > (1, "x"), tuple_(t.id, t.name) == tuple_(t.id, t.label))
tuple_in_select = select(t.id).where(tuple_(t.id, t.name).in_(select(Product.id, Product.name)))
tuple_not_in = select(t.id).where(tuple_(t.id, t.name).not_in([(1, "a")]))
tuple_order = select(t.id).order_by(tuple_(t.id, t.name)).where(tuple_(t.id, t.flag) < tuple_(5, True))
bits = select(t.id.bitwise_lshift(1), t.id.bitwise_rshift(2), t.id.bitwise_not(), t.id.bitwise_and(1).bitwise_or(2), t.id.bitwise_xor(1) + 1)
shifts = select(t.numbers[1] + 1, (t.id + 1).op("<<")(2))
modulo = select(t.id % 2 == 0, (t.id % 3).label("m"), 5 % t.id, -(t.id % 2), t.id // 3 % 2)
powers = select(func.power(t.id, 2), func.pow(t.id, 2), t.ratio / 2, 1 / t.ratio, t.price * t.ratio, t.id / t.price)
distinct_from = select(t.id).where(t.data["a"].astext.is_distinct_from("x"), t.flag.is_distinct_from(True), t.name.is_not_distinct_from(t.label))
boolean_compare = select(t.id).where(t.flag == t.flag, t.flag != True, t.flag.is_not(True), (t.id == 5) == t.flag)  # noqa: E712
boolean_select = select(t.flag & (t.id > 5), ~t.flag, (t.id > 5).label("big"), or_(t.flag, t.id == 1).label("any"))
boolean_comparison_order = select(t.id).order_by(t.id == 5, (t.name == "x").desc(), t.flag.desc())
negation_deep = select(t.id).where(~or_(t.id == 1, ~t.flag), ~(t.id.in_([1]) & t.flag), ~~t.flag)
negation_between = select(t.id).where(~t.id.between(1, 2), not_(t.name.ilike("x")), not_(t.name.is_(None)), not_(t.id.is_distinct_from(5)))
string_affixes = select(t.id).where(t.name.startswith(t.label), t.name.endswith("x", autoescape=True), t.name.startswith("a%b", autoescape=True, escape="/"))
string_mix = select(t.id).where(t.name.icontains("x", autoescape=True), t.name.contains(func.lower(t.label)), ~t.name.startswith("x"), t.name.istartswith("y"))
string_functions = select(func.lower(t.name) + t.label, func.concat_ws(" ", t.name, None, "x"), func.left(t.name, 3), func.replace(t.name, "a", "b"), func.trim(t.name), func.split_part(t.name, ",", 1))
citext_compare = select(t.id).where(t.label == "X", t.label.like("x%"), t.label + "y" == "z")
regexps = select(t.id).where(t.name.regexp_match("^x", flags="i"), ~t.name.regexp_match("y", "i"), t.name.regexp_replace("a", "b", flags="g") == "z")
literal_columns = select(literal_column("1 + 1", Integer) * 2, literal_column("x") == 5, -literal_column("y"), literal_column("'a'").label("a"))
nulls = select(t.id).where(t.name == null(), t.name != null(), null() == t.name, t.id.in_([None, 1]))
cast_collated = select(cast("x", String(collation="my_collation", collation_schema="my_schema")), cast("y", String(5, "C")))
