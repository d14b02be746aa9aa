"""Legacy Query."""

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, func
from sqlalchemy.orm import aliased, Session

from tables import Category, Customer, Order, Product, Label

session = Session()

query = session.query(Customer)
query_columns = session.query(Customer.id, Customer.name)
query_filter = session.query(Customer).filter(Customer.name == "x", Customer.age > 3)
query_filter_by = session.query(Customer).filter_by(name="x")
query_join = session.query(Customer).join(Customer.orders).filter(Order.total > 5)
query_order = session.query(Customer).order_by(Customer.name.desc()).limit(5).offset(2)
query_count = session.query(func.count(Customer.id))
query_label = session.query(func.count(Customer.id).label("n"), Customer.name).group_by(Customer.name)
query_distinct = session.query(Customer.name).distinct()
other = aliased(Customer)
query_alias = session.query(other).filter(other.name == "x")
query_two = session.query(Customer, Order).filter(Customer.id == Order.customer_id)
query_entities = session.query(Customer).with_entities(Customer.id)
query_outer = session.query(Category).outerjoin(Category.products).filter(Product.id.is_(None))
query_any = session.query(Product).filter(Product.labels.any(Label.text == "x"))
query_subquery = session.query(Order.customer_id, func.sum(Order.total).label("spent")).group_by(Order.customer_id).subquery()
query_from_subquery = session.query(Customer, query_subquery.c.spent).join(query_subquery, Customer.id == query_subquery.c.customer_id)
query_for_update = session.query(Customer).filter(Customer.id == 1).with_for_update()
query_union = session.query(Customer).filter(Customer.age > 3).union(session.query(Customer).filter(Customer.age < 1))
query_union_filtered = (
    session.query(Customer.id, Customer.name)
    .union_all(session.query(Customer.id, Customer.name))
    .filter(Customer.name == "x")
    .order_by(Customer.id.desc())
)
_limited = session.query(Customer).filter(Customer.age > 3).limit(5)
_united = _limited.union(session.query(Customer).limit(2))
_united_again = _united.union(session.query(Customer))
query_union_of_unions = _united_again.union(_limited).filter(Customer.age > 1).order_by(Customer.name.desc())
query_union_of_filtered_union = _united.filter(Customer.age > 1).order_by(Customer.name).limit(2).union_all(session.query(Customer))
query_union_in_union = session.query(Customer).union(_united)
query_union_of_union = _united.union(session.query(Customer))
_labelled = session.query(Customer.id, Customer.name.label("word"))
query_union_of_union_labelled = _labelled.union(_labelled).union_all(_labelled).order_by(Customer.id)
query_union_subquery = session.query(_united_again.subquery())
query_union_joined = session.query(Customer).union(session.query(Customer)).join(Customer.orders).filter(Order.total > 5)
query_exists = session.query(session.query(Customer).filter(Customer.name == "x").exists())
query_exists_joined = session.query(session.query(Customer.id).join(Customer.orders).exists())
query_styled = session.query(Customer.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery().select()
query_distinct_on = session.query(Customer.id, Customer.name).distinct(Customer.name).order_by(Customer.name)
