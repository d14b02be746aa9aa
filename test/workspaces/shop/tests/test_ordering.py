"""Orders, stock and payments together."""

import pytest

from app.errors import NotFoundError, OutOfStockError, WrongStatusError
from app.models import OrderStatus
from app.ordering import cancel_order, pay_order, place_order
from app.unit_of_work import UnitOfWork
from tests.factories import Factory

pytestmark = pytest.mark.asyncio


async def test_an_order_takes_from_stock_at_the_price_of_the_day(
    work: UnitOfWork, make: Factory
) -> None:
    customer = await make.customer()
    product = await make.product(price_cents=250, stock=10)
    order = await place_order(work, customer_id=customer.id, quantities={product.id: 3})
    assert order.total_cents == 750
    assert [(item.quantity, item.unit_price_cents) for item in order.items] == [(3, 250)]
    assert product.stock == 7
    assert await work.stock_movements.balance(product.id) == -3


async def test_more_than_there_is_cannot_be_ordered(work: UnitOfWork, make: Factory) -> None:
    customer, product = await make.customer(), await make.product(stock=2)
    with pytest.raises(OutOfStockError, match="Only 2 of"):
        await place_order(work, customer_id=customer.id, quantities={product.id: 3})


async def test_unknown_products_cannot_be_ordered(work: UnitOfWork, make: Factory) -> None:
    customer = await make.customer()
    with pytest.raises(NotFoundError, match="There is no product 404"):
        await place_order(work, customer_id=customer.id, quantities={404: 1})


async def test_payment(work: UnitOfWork, make: Factory) -> None:
    order = await make.order()
    payment = pay_order(work, order, provider="bank", reference="1")
    await work.flush()
    assert order.status is OrderStatus.PAID
    assert (payment.order_id, payment.amount_cents) == (order.id, order.total_cents)
    with pytest.raises(WrongStatusError, match="Cannot pay an order that is paid"):
        pay_order(work, order, provider="bank", reference="2")


async def test_cancelling_puts_back(work: UnitOfWork, make: Factory) -> None:
    order = await make.order(quantity=4)
    product = order.items[0].product
    assert product.stock == 6
    await cancel_order(work, order)
    await work.flush()
    assert order.status is OrderStatus.CANCELLED
    assert product.stock == 10
    assert await work.stock_movements.balance(product.id) == 0
