"""INSERT, UPDATE and DELETE in every form: several rows, from other rows, upserts, with what is read beside them."""

from sqlalchemy import (
    Column,
    Computed,
    DateTime,
    Identity,
    Integer,
    MetaData,
    Sequence,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import aliased

from tables import Category, Customer, Item, Order, Product, Profile, Status, accounts, product_labels, transfers

_metadata = MetaData()
logs = Table(
    "logs",
    _metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("kind", String(20), default="info"),
    Column("text", String, nullable=False),
    Column("at", DateTime, server_default=func.now()),
    Column("changed", DateTime, onupdate=func.now()),
    Column("number", Integer, Sequence("log_numbers")),
    Column("double", Integer, Computed("number * 2")),
    Column("tags", ARRAY(String)),
    Column("data", JSONB),
    Column("renamed_column", Integer, key="renamed"),
    UniqueConstraint("kind", "text", name="uq_logs_kind_text"),
)
light = Table("light", _metadata, Column("id", Integer, primary_key=True), Column("x", Integer), Column("y", Integer))

insert_bare = insert(logs)
insert_values = insert(logs).values(text="a", renamed=5)
insert_all = insert(light)
insert_positional = insert(light).values((1, 2, 3))
insert_positional_many = insert(light).values([(1, 2, 3), (4, 5, 6)])
insert_many = insert(light).values([{"x": 1, "y": 2}, {"x": 3, "y": 4}])
insert_many_defaults = insert(logs).values([{"text": "a"}, {"text": "b"}])
insert_many_expressions = insert(light).values([{"x": func.now(), "y": 1}, {"x": 2, "y": literal(5) + 1}])
insert_columns = insert(light).values({light.c.x: 5, light.c.y: None})
insert_expression = insert(light).values(x=select(func.max(light.c.x)).scalar_subquery(), y=func.coalesce(None, 5))
insert_default = insert(light).values({})
insert_returning = insert(logs).values(text="x").returning(logs.c.id, logs.c.at)
insert_returning_all = insert(logs).values(text="x").returning(logs)
insert_returning_star = insert(light).returning(literal_column("*"))
insert_returning_expression = insert(light).values(x=1).returning(light.c.x + 1, func.lower("x").label("low"))
insert_returning_sorted = insert(light).returning(light.c.id, sort_by_parameter_order=True)
insert_entity = insert(Customer).values(name="x", email="y").returning(Customer)
insert_entity_columns = insert(Customer).values({Customer.name: "x", Customer.active: False})
insert_inline = insert(logs).values(text="x").inline()
insert_array = insert(logs).values(text="x", tags=["a", "b"], data={"a": 1})
insert_array_literal = insert(logs).values(text="x", tags=array(["a"]))
insert_binds = insert(light).values(x=bindparam("first"), y=bindparam("second"))
insert_sequence = insert(light).values(id=Sequence("s").next_value())
insert_from = insert(light).from_select(["x", "y"], select(accounts.c.id, accounts.c.id + 1).where(accounts.c.id > 5))
insert_from_columns = insert(light).from_select([light.c.x], select(literal(1)))
insert_from_defaults = insert(logs).from_select(["text"], select(accounts.c.owner))
insert_from_no_defaults = insert(logs).from_select(["text"], select(accounts.c.owner), include_defaults=False)
insert_from_union = insert(light).from_select(["x"], select(accounts.c.id).union(select(transfers.c.id)))
insert_from_not_exists = insert(light).from_select(["x"], select(literal(5)).where(~exists().where(light.c.x == 5)))
insert_from_cte = insert(light).from_select(["x"], select(select(accounts.c.id).cte("a").c.id))
insert_from_values = insert(light).from_select(["x", "y"], select(values(column("a", Integer), column("b", Integer), name="v").data([(1, 2)])))
insert_from_entity = insert(Category).from_select(["name"], select(Customer.name).join(Order).distinct()).returning(Category.id)
insert_from_locked = insert(light).from_select(["x"], select(accounts.c.id).with_for_update())
insert_method = light.insert().values(x=5).returning(light.c.id)

_light = pg_insert(light).values(x=1, y=2)
upsert_nothing = _light.on_conflict_do_nothing()
upsert_nothing_index = _light.on_conflict_do_nothing(index_elements=[light.c.x])
upsert_nothing_where = _light.on_conflict_do_nothing(index_elements=["x"], index_where=light.c.y > 5)
upsert_constraint_name = _light.on_conflict_do_nothing(constraint="uq_light")
upsert_update = _light.on_conflict_do_update(index_elements=["id"], set_={"x": 5})
upsert_update_excluded = _light.on_conflict_do_update(index_elements=[light.c.id], set_={"x": _light.excluded.x, "y": light.c.y + _light.excluded.y})
upsert_update_column_keys = _light.on_conflict_do_update(index_elements=[light.c.id], set_={light.c.x: _light.excluded.x})
upsert_update_dict = _light.on_conflict_do_update(index_elements=["id"], set_=dict(x=func.greatest(light.c.x, _light.excluded.x)))
upsert_update_where = _light.on_conflict_do_update(index_elements=["id"], set_={"x": 1}, where=(light.c.x < _light.excluded.x) & (light.c.y == 5))
upsert_update_index_where = _light.on_conflict_do_update(index_elements=["x"], index_where=light.c.y.is_(None), set_={"y": 0})
upsert_update_constraint = pg_insert(logs).values(text="x").on_conflict_do_update(constraint="uq_logs_kind_text", set_={"data": {"a": 1}})
upsert_update_constraint_object = pg_insert(logs).values(text="x").on_conflict_do_update(constraint=logs.primary_key, set_={"text": "y"})
upsert_expression_index = _light.on_conflict_do_nothing(index_elements=[func.lower(light.c.x)])
upsert_text_index = _light.on_conflict_do_nothing(index_elements=[text("lower(x)")])
upsert_case = _light.on_conflict_do_update(index_elements=["id"], set_={"x": case((light.c.x > 5, _light.excluded.x), else_=light.c.x)})
upsert_coalesce = _light.on_conflict_do_update(index_elements=["id"], set_={"x": func.coalesce(_light.excluded.x, light.c.x)}).returning(light.c.id)
upsert_inserted = _light.on_conflict_do_update(index_elements=["id"], set_={"x": 1}).returning(literal_column("(xmax = 0)").label("inserted"))
_many = pg_insert(light).values([{"x": 1, "y": 2}, {"x": 3, "y": 4}])
upsert_many = _many.on_conflict_do_update(index_elements=["x"], set_={"y": _many.excluded.y})
_excluded = pg_insert(Product)
upsert_entity = _excluded.values(id=1, name="x", price=5).on_conflict_do_update(index_elements=[Product.id], set_={Product.price: _excluded.excluded.price, "name": _excluded.excluded.name}, where=Product.price != _excluded.excluded.price)
upsert_columns_loop = _light.on_conflict_do_update(index_elements=["id"], set_={c.name: c for c in _light.excluded if not c.primary_key})
upsert_from_select = pg_insert(light).from_select(["x"], select(accounts.c.id)).on_conflict_do_nothing()
upsert_subquery = _light.on_conflict_do_update(index_elements=["id"], set_={"x": select(func.max(light.c.x)).scalar_subquery()})
upsert_onupdate = pg_insert(logs).values(text="x").on_conflict_do_update(index_elements=["id"], set_={"text": "y", "changed": func.now()})
upsert_array = pg_insert(logs).values(text="x").on_conflict_do_update(index_elements=["id"], set_={"tags": logs.c.tags + ["a"]})

update_core = update(light).where(light.c.id == 5).values(x=1, y=light.c.y + 1)
update_two_wheres = update(light).where(light.c.id == 5).where(or_(light.c.x == 1, light.c.y == 2)).values(x=None)
update_column_keys = update(light).values({light.c.x: light.c.y, "y": literal(5)})
update_swap = update(light).values(x=light.c.y, y=light.c.x)
update_ordered = update(light).ordered_values((light.c.y, 1), (light.c.x, light.c.y + 1)).where(light.c.id == 1)
update_ordered_names = update(light).ordered_values(("y", 1), ("x", 2))
update_onupdate = update(logs).where(logs.c.id == 1).values(text="x")
update_onupdate_given = update(logs).values(text="x", changed=None)
update_case = update(light).values(x=case((light.c.y > 5, 1), (light.c.y > 3, 2), else_=light.c.x))
update_case_value = update(light).values(x=case({1: 5, 2: 6}, value=light.c.id)).where(light.c.id.in_([1, 2]))
update_scalar = update(light).values(x=select(func.count(accounts.c.id)).where(accounts.c.id == light.c.id).scalar_subquery())
update_from = update(light).where(light.c.id == accounts.c.id, accounts.c.owner == "x").values(x=accounts.c.balance)
update_from_two = update(light).where(light.c.id == accounts.c.id).where(accounts.c.id == transfers.c.account_id).values(x=transfers.c.amount)
_sums = select(transfers.c.account_id, func.sum(transfers.c.amount).label("total")).group_by(transfers.c.account_id).subquery()
update_from_subquery = update(light).where(light.c.id == _sums.c.account_id).values(x=_sums.c.total)
_rows = values(column("id", Integer), column("x", Integer), name="new").data([(1, 2), (3, 4)])
update_from_values = update(light).where(light.c.id == _rows.c.id).values(x=_rows.c.x)
_other = light.alias("other")
update_from_alias = update(light).where(light.c.id == _other.c.x).values(x=_other.c.y)
update_from_entities = update(Product).where(Product.category_id == Category.id).where(Category.name == "x").values(name=Category.name + Product.name)
update_from_join = update(Item).where(Item.order_id == Order.id, Order.customer_id == Customer.id, Customer.name == "x").values(quantity=0)
update_correlated = update(Order).values(total=select(func.sum(Item.quantity * Product.price)).where(Item.order_id == Order.id, Item.product_id == Product.id).scalar_subquery())
update_exists = update(Customer).where(exists().where(Order.customer_id == Customer.id)).values(active=False)
update_in = update(Customer).where(Customer.id.in_(select(Order.customer_id).join(Item))).values(active=True)
update_returning = update(light).values(x=1).returning(light.c.id, light.c.x.label("new"))
update_returning_entity = update(Product).where(Product.id == 5).values(stock=Product.stock - 1).returning(Product)
update_returning_other = update(light).where(light.c.id == accounts.c.id).values(x=1).returning(light.c.id, accounts.c.owner)
update_json = update(logs).values(data=logs.c.data + {"a": 1}).where(logs.c.data["k"].astext == "x")
update_json_item = update(logs).values({logs.c.data["a"]: "x"})
update_json_set = update(logs).values(data=func.jsonb_set(logs.c.data, "{a}", cast("1", JSONB)))
update_array_item = update(logs).values({logs.c.tags[1]: "x"})
update_array_slice = update(logs).values({logs.c.tags[2:3]: ["x", "y"]})
update_array_append = update(logs).values(tags=func.array_append(logs.c.tags, "x"))
update_array_concat = update(logs).values(tags=logs.c.tags + ["x"])
update_bindparams = update(light).where(light.c.id == bindparam("b_id")).values({"x": bindparam("b_x"), "y": bindparam("b_y")})
update_boolean = update(Customer).values(active=~Customer.active)
update_enum = update(Order).values(status=case((Order.total > 5, Status.PAID), else_=Order.status))
update_enum_text = update(Order).values({"status": "PAID"})
update_key = update(logs).values(renamed=5).where(logs.c.renamed == 1)
update_key_column = update(logs).values({logs.c.renamed: logs.c.renamed + 1})
update_null = update(light).values(x=null(), y=None)
update_now = update(logs).values(changed=func.now() - text("interval '1 day'"))
update_select_where = update(light).where(light.c.id == select(func.max(light.c.id)).scalar_subquery()).values(x=1)
update_tuple_in = update(light).where(tuple_(light.c.x, light.c.y).in_([(1, 2), (3, 4)])).values(x=0)
update_method = light.update().where(light.c.id == 5).values(x=1)
update_values_twice = update(light).values(x=1).values(y=2)
update_true = update(light).where(true()).values(x=1)
_p = aliased(Product)
update_self_subquery = update(Product).where(Product.id.in_(select(_p.id).where(_p.stock == 0).limit(10))).values(stock=5)

delete_core = delete(light).where(light.c.id == 5)
delete_using = delete(light).where(light.c.id == accounts.c.id, accounts.c.owner == "x")
delete_using_two = delete(light).where(light.c.id == accounts.c.id).where(accounts.c.id == transfers.c.account_id)
_old = select(accounts.c.id).where(accounts.c.balance < 0).subquery("old")
delete_using_subquery = delete(light).where(light.c.id == _old.c.id)
_twin = light.alias("twin")
delete_using_alias = delete(light).where(light.c.x == _twin.c.x, light.c.id > _twin.c.id)
delete_using_entities = delete(Item).where(Item.order_id == Order.id, Order.customer_id == Customer.id, Customer.active.is_(False)).returning(Item.product_id)
delete_in = delete(Customer).where(Customer.id.in_(select(Order.customer_id).group_by(Order.customer_id).having(func.count() > 5)))
delete_exists = delete(Profile).where(~exists(select(1).where(Customer.id == Profile.customer_id)))
delete_returning = delete(light).returning(light)
delete_returning_entity = delete(Product).where(Product.stock == 0).returning(Product)
delete_cte = delete(light).where(light.c.id.in_(select(select(light.c.id).limit(5).cte("few").c.id)))
delete_secondary = delete(product_labels).where(product_labels.c.product_id == 5, product_labels.c.label_id.in_([1, 2]))
delete_method = light.delete().where(and_(light.c.x == 1, light.c.y == 2))
delete_relationship = delete(Order).where(Order.customer.has(Customer.name == "x"))
delete_in_tuple = delete(Item).where(tuple_(Item.order_id, Item.product_id).in_(select(Item.order_id, Item.product_id).limit(3)))
delete_bind = delete(light).where(light.c.id == bindparam("key"))
