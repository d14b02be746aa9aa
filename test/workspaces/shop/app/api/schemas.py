"""What goes over the wire. Models stay inside."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.models import OrderStatus

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Input(BaseModel):
    """A request's body; what it does not name is refused."""

    model_config = ConfigDict(extra="forbid")


class Output(BaseModel):
    """A response's body, read from a model's attributes."""

    model_config = ConfigDict(from_attributes=True)


class AddressInput(Input):
    """A postal address."""

    line1: str = Field(min_length=1, max_length=200)
    line2: str | None = Field(default=None, max_length=200)
    postcode: str = Field(min_length=1, max_length=20)
    city: str = Field(min_length=1, max_length=100)
    country: CountryCode
    is_default: bool = False


class AddressOutput(Output):
    """A postal address."""

    id: int
    line1: str
    line2: str | None
    postcode: str
    city: str
    country: str
    is_default: bool


class ProfileOutput(Output):
    """A customer's profile."""

    phone: str | None
    birth_date: date | None
    newsletter: bool


class CustomerInput(Input):
    """Somebody signs up."""

    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=255)
    name: str = Field(min_length=1, max_length=120)
    addresses: list[AddressInput] = []


class CustomerOutput(Output):
    """A customer in a list."""

    id: int
    email: str
    name: str
    created_at: datetime


class CustomerDetails(CustomerOutput):
    """A customer with everything that belongs to one."""

    addresses: list[AddressOutput]
    profile: ProfileOutput | None


class CategoryOutput(Output):
    """A category."""

    id: int
    slug: str
    name: str
    parent_id: int | None


class TagOutput(Output):
    """A tag."""

    name: str


class ProductOutput(Output):
    """A product in a list."""

    id: int
    sku: str
    name: str
    price_cents: int
    stock: int
    attributes: dict[str, Any]
    version: int
    tags: list[TagOutput]


class ProductDetails(ProductOutput):
    """A product with its category and what customers think of it."""

    description: str | None
    category: CategoryOutput
    average_rating: float | None = None


class PriceInput(Input):
    """A new price. `version` is the one that the caller has seen."""

    price_cents: int = Field(ge=0)
    version: int


class ReviewInput(Input):
    """A review."""

    customer_id: int
    rating: int = Field(ge=1, le=5)
    title: str = Field(min_length=1, max_length=120)
    body: str | None = None


class ReviewOutput(Output):
    """A review."""

    id: int
    rating: int
    title: str
    body: str | None


class OrderLineInput(Input):
    """So many pieces of a product."""

    product_id: int
    quantity: int = Field(ge=1, le=1000)


class OrderInput(Input):
    """What somebody orders."""

    customer_id: int
    lines: list[OrderLineInput] = Field(min_length=1, max_length=50)
    note: str | None = None

    def quantities(self) -> dict[int, int]:
        """Return the number of pieces by product; a product named twice is added up."""
        total: dict[int, int] = {}
        for line in self.lines:
            total[line.product_id] = total.get(line.product_id, 0) + line.quantity
        return total


class PaymentInput(Input):
    """What the payment provider tells."""

    provider: str = Field(min_length=1, max_length=40)
    reference: str = Field(min_length=1, max_length=100)


class OrderOutput(Output):
    """An order in a list."""

    public_id: uuid.UUID
    status: OrderStatus
    placed_at: datetime
    total_cents: int


class OrderItemOutput(Output):
    """A line of an order."""

    product_id: int
    quantity: int
    unit_price_cents: int


class OrderDetails(OrderOutput):
    """An order with its lines."""

    note: str | None
    items: list[OrderItemOutput]


class CategorySalesOutput(Output):
    """A line of the sales report."""

    category: str
    orders: int
    pieces: int
    revenue_cents: int


class PoolOutput(Output):
    """The connection pool; `waiting` counts requests without a connection."""

    size: int
    overflow: int
    in_use: int
    idle: int
    waiting: int


class HealthOutput(Output):
    """How the shop is."""

    healthy: bool
    latency_ms: float | None
    pool: PoolOutput | None
