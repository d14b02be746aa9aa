"""Placing, paying and cancelling orders: the rules that hold over several tables."""

from collections.abc import Mapping
from datetime import datetime, timezone

from app.errors import NotFoundError, OutOfStockError, WrongStatusError
from app.models import Order, OrderItem, OrderStatus, Payment, Product, StockMovement, StockReason
from app.unit_of_work import UnitOfWork


async def place_order(
    work: UnitOfWork, *, customer_id: int, quantities: Mapping[int, int], note: str | None = None
) -> Order:
    """Take the products (key to number of pieces) out of stock and add the order.

    Raises:
        NotFoundError: the customer or one of the products does not exist.
        OutOfStockError: too few pieces are left of one of them.
    """
    customer = await work.customers.get_one(customer_id)
    products = await work.products.lock(quantities.keys())
    order = Order(customer=customer, note=note, total_cents=0)
    for product_id, quantity in quantities.items():
        product = products.get(product_id)
        if product is None:
            raise NotFoundError("product", product_id)
        if product.stock < quantity:
            raise OutOfStockError(product.sku, product.stock)
        _move_stock(work, product, -quantity, StockReason.ORDER)
        order.items.append(
            OrderItem(product=product, quantity=quantity, unit_price_cents=product.price_cents)
        )
        order.total_cents += quantity * product.price_cents
    work.orders.add(order)
    await work.flush()
    return order


def pay_order(work: UnitOfWork, order: Order, *, provider: str, reference: str) -> Payment:
    """Record that the whole amount has come in.

    Raises:
        WrongStatusError: the order has been paid for or cancelled.
    """
    if order.status is not OrderStatus.PENDING:
        raise WrongStatusError("pay", order.status.value)
    order.status = OrderStatus.PAID
    return work.payments.add(
        Payment(
            order=order,
            provider=provider,
            reference=reference,
            amount_cents=order.total_cents,
            captured_at=datetime.now(timezone.utc),
        )
    )


async def cancel_order(work: UnitOfWork, order: Order) -> None:
    """Put everything back into stock.

    Raises:
        WrongStatusError: the order has been paid for, or cancelled before.
    """
    if order.status is not OrderStatus.PENDING:
        raise WrongStatusError("cancel", order.status.value)
    products = await work.products.lock([item.product_id for item in order.items])
    for item in order.items:
        _move_stock(work, products[item.product_id], item.quantity, StockReason.RETURN)
    order.status = OrderStatus.CANCELLED


def _move_stock(work: UnitOfWork, product: Product, delta: int, reason: StockReason) -> None:
    product.stock += delta
    work.stock_movements.add(StockMovement(product=product, delta=delta, reason=reason))
