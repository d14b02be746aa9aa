"""Conditions on every row of a class: with_loader_criteria()."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload, with_loader_criteria

from tables import Customer, Item, Order

_active = with_loader_criteria(Customer, Customer.active)
_paid = with_loader_criteria(Order, lambda cls: cls.total > 5)
other = aliased(Customer)

listed = select(Customer).where(Customer.age > 3).options(_active)
column_listed = select(Customer.name).options(with_loader_criteria(Customer, Customer.name != "x"))
joined = select(Customer).join(Customer.orders).options(_paid)
joined_by_key = select(Customer).join(Order).options(_paid).order_by(Customer.id)
both = select(Customer, Order.total).join(Customer.orders).options(_paid, with_loader_criteria(Customer, Customer.age > 3))
eagerly = select(Customer).options(joinedload(Customer.orders), _paid)
separately = select(Customer).options(selectinload(Customer.orders), _paid)
alias_left = select(other).options(with_loader_criteria(Customer, Customer.age > 3))
alias_too = select(other).options(with_loader_criteria(Customer, lambda cls: cls.age > 3, include_aliases=True))
inside = select(func.count()).select_from(select(Customer).subquery()).options(with_loader_criteria(Customer, Customer.age > 3))
conditioned = (
    select(Customer).where(Customer.id.in_(select(Order.customer_id).where(Order.total > 1))).options(_paid)
)
_ordered = select(Order.id).where(Order.customer_id == Customer.id, Order.total > 5).exists()
correlated = select(Customer.id).options(with_loader_criteria(Customer, _ordered), with_loader_criteria(Customer, ~_ordered))
_newest = select(Order.id).where(Order.total > 8).scalar_subquery()
within_itself = select(Customer).join(Customer.orders).options(with_loader_criteria(Order, Order.id == _newest))
within_each_other = select(Customer.id).options(
    with_loader_criteria(Customer, _ordered), with_loader_criteria(Order, Order.total < 100)
)
