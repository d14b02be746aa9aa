"""Loader options."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, lazyload, raiseload, selectinload, subqueryload

from tables import Category, Customer, Item, Order, Product

separate = select(Customer).options(selectinload(Customer.orders), raiseload(Customer.profile))
chained_separate = select(Customer).options(selectinload(Customer.orders).selectinload(Order.items))
joined = select(Customer).options(joinedload(Customer.orders))
joined_single = select(Order).options(joinedload(Order.customer)).limit(5)
joined_inner = select(Order).options(joinedload(Order.customer, innerjoin=True))
joined_where = select(Order).options(joinedload(Order.customer)).where(Order.total > 5).order_by(Order.total)
joined_chain = select(Order).options(joinedload(Order.items).joinedload(Item.product))
joined_two = select(Order).options(joinedload(Order.customer), joinedload(Order.items))
joined_secondary = select(Product).options(joinedload(Product.labels))
joined_then_separate = select(Order).options(joinedload(Order.customer).selectinload(Customer.orders))
separate_then_joined = select(Customer).options(selectinload(Customer.orders).joinedload(Order.items))
joined_self = select(Category).options(joinedload(Category.parent))
joined_beside_join = select(Order).join(Order.customer).options(joinedload(Order.customer)).where(Customer.name == "x")
lazy = select(Order).options(lazyload(Order.customer), subqueryload(Order.items))
joined_limited = select(Customer).options(joinedload(Customer.orders)).limit(5)
joined_limited_ordered = (
    select(Customer).options(joinedload(Customer.orders)).where(Customer.age > 3).order_by(Customer.name.desc(), Customer.id).limit(5)
)
joined_limited_expression = (
    select(Customer).options(joinedload(Customer.orders)).order_by(func.lower(Customer.name)).offset(2).limit(5)
)
joined_limited_deep = (
    select(Customer).options(joinedload(Customer.orders).joinedload(Order.items)).order_by(Customer.id).limit(5)
)
joined_distinct = select(Customer).options(joinedload(Customer.orders)).distinct()
joined_limited_secondary = select(Product).options(joinedload(Product.labels)).order_by(Product.price).limit(3)
joined_limited_join = (
    select(Order).join(Order.customer).where(Customer.name == "x").options(joinedload(Order.items)).limit(2)
)
joined_limited_two = (
    select(Order).options(joinedload(Order.customer), joinedload(Order.items)).order_by(Order.total).limit(2)
)
joined_limited_label = (
    select(Customer, func.length(Customer.name).label("size")).options(joinedload(Customer.orders)).order_by("size").limit(2)
)
