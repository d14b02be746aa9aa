"""What statements are built of and around: CTEs of every kind, VALUES, lateral rows, set operations, locks, text."""

from sqlalchemy import (
    Integer,
    String,
    Text,
    bindparam,
    cast,
    column,
    delete,
    desc,
    except_,
    except_all,
    exists,
    func,
    insert,
    intersect,
    intersect_all,
    lateral,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
    true,
    union,
    union_all,
    update,
    values,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Bundle, aliased

from tables import Category, Customer, Item, Label, Order, Product, Profile, accounts

# CTEs
_tree = select(Category.id, Category.parent_id, literal(0).label("depth")).where(Category.parent_id.is_(None)).cte("tree", recursive=True)
_child = aliased(Category)
_tree = _tree.union_all(select(_child.id, _child.parent_id, (_tree.c.depth + 1).label("depth")).join(_tree, _child.parent_id == _tree.c.id))
tree = select(_tree.c.id, _tree.c.depth).order_by(_tree.c.depth)
tree_joined = select(Category).join(_tree, Category.id == _tree.c.id)
tree_in = select(Product.id).where(Product.category_id.in_(select(_tree.c.id)))
tree_update = update(Product).where(Product.category_id.in_(select(_tree.c.id))).values(stock=0)
tree_delete = delete(Product).where(Product.category_id.in_(select(_tree.c.id)))
_numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
_numbers = _numbers.union_all(select(_numbers.c.n + 1).where(_numbers.c.n < 10))
numbers = select(_numbers.c.n)
numbers_sum = select(func.sum(_numbers.c.n))
_base = select(Category.id.label("id"), Category.name.label("path")).where(Category.parent_id == None).cte(recursive=True)  # noqa: E711
_base = _base.union(select(Category.id, _base.c.path + "/" + Category.name).where(Category.parent_id == _base.c.id))
anonymous_recursive = select(_base)
_entity_cte = select(Category).where(Category.id == 1).cte("roots", recursive=True)
_roots = aliased(Category, _entity_cte)
_entity_cte = _entity_cte.union_all(select(Category).join(_entity_cte, Category.parent_id == _entity_cte.c.id))
entity_recursive = select(Category).join(_entity_cte, Category.id == _entity_cte.c.id).where(Category.name != "x")
entity_of_cte = select(aliased(Category, _entity_cte))
_totals = select(Order.customer_id, func.sum(Order.total).label("total")).group_by(Order.customer_id).cte("totals")
_top = select(_totals.c.customer_id).where(_totals.c.total > select(func.avg(_totals.c.total)).scalar_subquery()).cte("top")
chained_ctes = select(Customer.name, _totals.c.total).join(_totals, _totals.c.customer_id == Customer.id).where(Customer.id.in_(select(_top.c.customer_id)))
_first, _second = _totals.alias("first"), _totals.alias("second")
cte_twice = select(_first.c.total, _second.c.total).where(_first.c.customer_id == _second.c.customer_id)
cte_outer = select(Customer.id, func.coalesce(_totals.c.total, 0)).outerjoin(_totals, _totals.c.customer_id == Customer.id)
cte_materialized = select(select(Order.id).cte("m").prefix_with("MATERIALIZED").c.id)
cte_not_materialized = select(select(Order.id).cte("n").prefix_with("NOT MATERIALIZED", dialect="postgresql").c.id)
_cycle = select(Order.id).cte("c", recursive=True).suffix_with("CYCLE id SET is_cycle USING path")
cte_suffix = select(_cycle.c.id)
_nested = select(Order.id).where(Order.total > 5).cte("nested", nesting=True)
cte_nesting = select(select(_nested.c.id).cte("outer").c.id)
cte_nesting_subquery = select(Customer.id).where(Customer.id.in_(select(_nested.c.id)))
_added = insert(Category).values(name="x").returning(Category.id).cte("added")
cte_added = select(Customer.id).add_cte(_added)
cte_added_two = select(_totals.c.total).add_cte(_added, _top)
cte_added_insert = insert(Category).from_select(["name"], select(Customer.name)).add_cte(_totals)
cte_added_update = update(Product).values(stock=1).add_cte(_totals)
cte_added_delete = delete(Product).add_cte(_totals).where(Product.id == 5)
_moved = delete(Item).where(Item.quantity < 1).returning(Item.order_id, Item.product_id, Item.quantity).cte("moved")
cte_moved = insert(Item).from_select(["order_id", "product_id", "quantity"], select(_moved.c.order_id, _moved.c.product_id, _moved.c.quantity))
_upserted = postgresql.insert(Category).values(name="x").on_conflict_do_nothing().returning(Category.id).cte("upserted")
cte_upserted = union_all(select(_upserted.c.id), select(Category.id).where(Category.name == "x"))
_bought = select(Item.product_id, func.sum(Item.quantity).label("n")).group_by(Item.product_id).cte("bought")
cte_update_from = update(Product).where(Product.id == _bought.c.product_id).values(stock=Product.stock - _bought.c.n)
cte_exists = select(Customer.id).where(exists().where(_totals.c.customer_id == Customer.id))
cte_scalar = select(Customer.id, select(func.max(_totals.c.total)).scalar_subquery().label("max"))
cte_of_union = select(union(select(Order.id.label("id")), select(Product.id)).cte("both").c.id)
cte_in_union = union_all(select(_totals.c.total).where(_totals.c.total > 5), select(_totals.c.total).where(_totals.c.total < 1))
cte_columns_star = select(_totals)
cte_text = select(text("SELECT id FROM orders").columns(column("id", Integer)).cte("t").c.id)
cte_of_values = select(values(column("a", Integer), column("b", String), name="v").data([(1, "x")]).cte("vc").c.a)

# VALUES
_values = values(column("id", Integer), column("name", String), name="v").data([(1, "a"), (2, "b")])
values_plain = select(_values)
values_joined = select(Customer.id, _values.c.name).join(_values, _values.c.id == Customer.id)
values_update = update(Customer).where(Customer.id == _values.c.id).values(name=_values.c.name)
values_anonymous = select(values(column("a", Integer)).data([(1,), (2,)]).alias("x"))
_lateral = values(column("b", Integer), name="l").data([(Customer.age,)]).lateral()
values_lateral = select(Customer.id, _lateral.c.b)
values_in = select(Customer.id).where(Customer.id.in_(select(_values.c.id)))
values_alone = values(column("a", Integer), column("b", Integer), name="two").data([(1, 2)]).data([(3, 4)])
values_expressions = select(values(column("x", Text), name="e").data([(func.now(),), (cast("a", Text),)]))

# subqueries and lateral
_latest = select(Order.id, Order.total).where(Order.customer_id == Customer.id).order_by(Order.placed_on.desc()).limit(3).lateral("latest")
lateral_join = select(Customer.name, _latest.c.total).join(_latest, true())
lateral_outer = select(Customer.name, _latest.c.total).outerjoin(_latest, true())
lateral_comma = select(Customer.name, _latest.c.total)
lateral_from = select(Customer.name, _latest.c.total).select_from(Customer).join(_latest, text("true"))
_unnested = func.unnest(Customer.tags).table_valued("tag").lateral()
lateral_function = select(Customer.id, _unnested.c.tag)
_newest = aliased(Order, select(Order).where(Order.customer_id == Customer.id).limit(1).lateral())
lateral_entity = select(Customer, _newest).join(_newest, true())
lateral_call = select(Customer.id).join(lateral(select(Order.id).where(Order.customer_id == Customer.id), name="o"), true())
scalar_correlated = select(Customer.id, select(func.count(Order.id)).where(Order.customer_id == Customer.id).correlate(Customer).scalar_subquery().label("n"))
scalar_compared = select(Customer.id).where(select(func.count()).where(Order.customer_id == Customer.id).scalar_subquery() > 5)
scalar_in_order = select(Customer.id).order_by(select(func.max(Order.total)).where(Order.customer_id == Customer.id).scalar_subquery().desc())
scalar_as_scalar = select(select(Order.id).limit(1).label("first"), select(Order.total).where(Order.id == None).label("t"))  # noqa: E711
scalar_arithmetic = select(select(func.count(Order.id)).scalar_subquery() + select(func.count(Product.id)).scalar_subquery())
scalar_coalesce = select(func.coalesce(select(func.sum(Order.total)).where(Order.customer_id == Customer.id).scalar_subquery(), 0)).select_from(Customer)
exists_select = select(exists().where(Order.customer_id == Customer.id)).select_from(Customer)
exists_label = select(select(Order.id).where(Order.total > 5).exists().label("any"))
exists_negated = select(Customer.id).where(~select(Order.id).where(Order.customer_id == Customer.id).exists(), not_(exists(select(Profile.bio).where(Profile.customer_id == Customer.id))))
exists_or = select(Customer.id).where(or_(exists().where(Order.customer_id == Customer.id), Customer.active))
exists_from = select(exists(Order.id).where(Order.total > 5))
exists_correlate = select(Customer.id).where(select(Order.id).where(Order.customer_id == Customer.id, Order.total > 5).correlate(Customer).exists())
exists_correlate_except = select(Customer.id).where(exists(select(Order.id).where(Order.customer_id == Customer.id)).correlate_except(Order))
in_union = select(Customer.id).where(Customer.id.in_(union(select(Order.customer_id), select(Profile.customer_id))))
in_limit = select(Customer.id).where(Customer.id.in_(select(Order.customer_id).order_by(Order.total).limit(5)))
_sub = select(Order.customer_id).subquery("s")
in_subquery_object = select(Customer.id).where(Customer.id.in_(select(_sub.c.customer_id)))
not_in_scalar = select(Customer.id).where(Customer.id.not_in(select(Order.customer_id).scalar_subquery()))
compare_all = select(Product.id).where(Product.price > func.all(select(Product.price).where(Product.stock == 0).scalar_subquery()))
subquery_entity = select(aliased(Order, select(Order).where(Order.total > 5).subquery("big")))
_counts = select(Order.customer_id, func.count().label("n")).group_by(Order.customer_id).subquery()
subquery_join = select(Customer.name, _counts.c.n).join(_counts, Customer.id == _counts.c.customer_id)
subquery_names = select(select(Customer.id, Customer.name.label("n"), func.count(), literal(1)).group_by(Customer.id).subquery("named"))
subquery_of_subquery = select(select(select(Order.id.label("x")).subquery("a").c.x.label("y")).subquery("b").c.y)
subquery_count = select(func.count()).select_from(select(Order.id).where(Order.total > 5).distinct().subquery())
subquery_same_names = select(select(Customer.id, Order.id, Order.total).join(Order).subquery())

# set operations
union_three = union_all(select(Order.id), select(Order.id).where(Order.total > 1), select(Order.id).where(Order.total > 2)).order_by("id").limit(5)
union_nested = union(select(Product.id), union_all(select(Category.id), select(Label.id)))
union_limits = union_all(select(Product.id).order_by(Product.id).limit(1), select(Category.id).order_by(Category.id).limit(1))
union_subquery = select(func.count()).select_from(union(select(Product.id), select(Category.id)).subquery())
union_entities = select(Product).from_statement(union(select(Product).where(Product.id == 1), select(Product).where(Product.id == 2)))
_both = aliased(Product, union_all(select(Product).where(Product.stock == 1), select(Product).where(Product.stock == 2)).subquery())
union_aliased = select(_both).where(_both.name == "x").order_by(_both.id)
union_labels = union(select(Product.id, literal("p").label("kind")), select(Category.id, literal("c"))).order_by(desc("kind"))
union_as_scalar = select(union(select(Product.id), select(Category.id)).scalar_subquery())
except_rows = except_(select(Product.id), select(Item.product_id)).offset(2)
except_every = except_all(select(Product.id), select(Item.product_id))
intersect_rows = intersect(select(Product.id), select(Item.product_id)).order_by("id")
intersect_every = intersect_all(select(Product.id), select(Item.product_id))
_u = union_all(select(Product.id), select(Category.id)).alias("u")
union_group = select(_u.c.id, func.count()).group_by(_u.c.id)

# locks, limits, DISTINCT, FROM
lock_of = select(Customer, Order).join(Order).with_for_update(of=Order)
lock_of_columns = select(Customer).with_for_update(of=Customer.id, nowait=True)
_locked = aliased(Customer, name="locked")
lock_of_alias = select(_locked).with_for_update(of=_locked, skip_locked=True)
lock_key_share = select(Customer).with_for_update(key_share=True, skip_locked=True)
lock_read_key = select(Customer).with_for_update(read=True, key_share=True)
lock_core = select(accounts).with_for_update(of=accounts)
lock_limit = select(Customer.id).order_by(Customer.id).limit(1).with_for_update(skip_locked=True)
lock_subquery = update(Customer).where(Customer.id.in_(select(Customer.id).limit(5).with_for_update(skip_locked=True))).values(name="x")
_picked = select(Customer.id).limit(1).with_for_update().cte("picked")
lock_cte = update(Customer).where(Customer.id == _picked.c.id).values(name="x").returning(Customer.id)
distinct_on_columns = select(Order).distinct(Order.customer_id).order_by(Order.customer_id, Order.placed_on.desc())
distinct_on_two = select(Order.id).distinct(Order.customer_id, func.date(Order.placed_on))
distinct_ext = select(Order).ext(distinct_on(Order.customer_id)).order_by(Order.customer_id)
distinct_ext_two = select(Order.id).ext(distinct_on(Order.customer_id, Order.status))
distinct_ext_label = select(Order.id, Order.customer_id.label("c")).ext(distinct_on("c"))
distinct_order = select(Customer.name).distinct().order_by(Customer.name)
distinct_count = select(func.count()).select_from(select(Customer.name).distinct().subquery())
limit_expression = select(Order.id).limit(literal(5) + 1).offset(bindparam("skip"))
limit_none = select(Order.id).limit(None).offset(None)
limit_subquery = select(Order.id).limit(select(func.count(Product.id)).scalar_subquery())
fetch_percent = select(Order.id).order_by(Order.id).fetch(10, percent=True)
fetch_expression = select(Order.id).fetch(bindparam("n", type_=Integer), with_ties=True).order_by(Order.total)
prefixes = select(Order.id).prefix_with("/*+ SeqScan(orders) */").suffix_with("/* tail */")
hints = select(Order.id).with_statement_hint("/* hint */").with_hint(Order, "ONLY", "postgresql")
comment_hint = select(Order.id).with_statement_hint("x", "oracle")
from_text = select(column("a"), column("b")).select_from(text("foo JOIN bar ON foo.id = bar.id")).where(text("a > 5"))
from_table = select(table("t", column("x")).c.x).select_from(table("t", column("x")))
from_schema = select(table("t", column("x"), schema="s").c.x)
from_join = select(Customer.id).select_from(Customer.__table__.join(Order.__table__).outerjoin(Item.__table__))
from_two = select(Customer.id).select_from(Customer, Order).where(Customer.id == Order.customer_id)
from_full = select(Customer.id, Order.id).join(Order, full=True)
from_only_star = select(literal_column("*")).select_from(Customer)
from_core_text_columns = select(text("id"), text("name")).select_from(Customer.__table__)
text_ordered = select(Order.id).order_by(text("id DESC")).group_by(text("id"))
text_bindings = select(Order.id).where(text("total > :low AND total < :high").bindparams(low=1, high=5))
_t = text("SELECT id FROM x WHERE a = :a").columns(column("id", Integer)).subquery("t")
text_columns = select(_t.c.id, Customer.name).join(Customer, Customer.id == _t.c.id)
text_statement = select(Customer).from_statement(text("SELECT * FROM customers WHERE id = :id"))
bundle_two = select(Bundle("one", Customer.id, Customer.name), Bundle("two", Order.id, Bundle("three", Order.total, Order.status))).join(Order)
_bundle = Bundle("b", Customer.id, Customer.name)
bundle_where = select(_bundle).where(_bundle.c.name == "x").order_by(_bundle.c.id)
get_columns = select(*Customer.__table__.c).where(Customer.__table__.c.id == 1)
get_columns_named = select(Customer.__table__.c["id", "name"], Customer.__table__.columns.age)
bind_types = select(literal("x", String), bindparam("a", type_=Integer), bindparam(None, 5), literal(None))
bind_callable = select(Order.id).where(Order.total == bindparam("t", callable_=lambda: 5))
reversed_filter = select(Order.id).filter(Order.total > 5).filter_by(customer_id=3).having(func.count() > 1).group_by(Order.id)
reset_order = select(Order.id).order_by(Order.total).order_by(None).order_by(Order.id)
reset_group = select(Order.id).group_by(Order.total).group_by(None)
with_only = select(Order).with_only_columns(func.count(Order.id)).order_by(None)
with_only_keep = select(Order.id).where(Order.total > 5).with_only_columns(func.count(), maintain_column_froms=True)
add_columns = select(Order.id).add_columns(Customer.name).join(Customer)
select_method_columns = accounts.select().where(accounts.c.owner == "x").with_only_columns(accounts.c.id)
