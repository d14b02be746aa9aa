"""Every model."""

from app.models.customer import Customer
from app.models.order import Order

__all__ = ["Customer", "Order"]
