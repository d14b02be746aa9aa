"""Every model, so that importing this package is enough to fill `Base.metadata`."""

from app.models.address import Address
from app.models.category import Category
from app.models.customer import Customer
from app.models.customer_profile import CustomerProfile
from app.models.gift_card import GiftCard
from app.models.order import Order, OrderStatus
from app.models.order_item import OrderItem
from app.models.payment import Payment
from app.models.product import Product
from app.models.review import Review
from app.models.stock_movement import StockMovement, StockReason
from app.models.tag import Tag, product_tags

__all__ = [
    "Address",
    "Category",
    "Customer",
    "CustomerProfile",
    "GiftCard",
    "Order",
    "OrderItem",
    "OrderStatus",
    "Payment",
    "Product",
    "Review",
    "StockMovement",
    "StockReason",
    "Tag",
    "product_tags",
]
