"""Routes of orders."""

import uuid

from fastapi import APIRouter, status

from app.api.dependencies import Limit, Work
from app.api.schemas import OrderDetails, OrderInput, OrderOutput, PaymentInput
from app.ordering import cancel_order, pay_order, place_order

router = APIRouter(prefix="/orders", tags=["orders"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def place(body: OrderInput, work: Work) -> OrderDetails:
    """Place an order; 409 when too little is in stock."""
    order = await place_order(
        work, customer_id=body.customer_id, quantities=body.quantities(), note=body.note
    )
    await work.commit()
    return OrderDetails.model_validate(order)


@router.get("")
async def list_latest(work: Work, limit: Limit = 20) -> list[OrderOutput]:
    """List the newest orders."""
    return [OrderOutput.model_validate(order) for order in await work.orders.latest(limit=limit)]


@router.get("/{public_id}")
async def get_order(public_id: uuid.UUID, work: Work) -> OrderDetails:
    """Return one order with its lines."""
    return OrderDetails.model_validate(await work.orders.by_public_id(public_id))


@router.post("/{public_id}/payment")
async def pay(public_id: uuid.UUID, body: PaymentInput, work: Work) -> OrderDetails:
    """Record the payment of the whole amount; 409 when the order is not pending."""
    order = await work.orders.by_public_id(public_id)
    pay_order(work, order, provider=body.provider, reference=body.reference)
    await work.commit()
    return OrderDetails.model_validate(order)


@router.post("/{public_id}/cancellation")
async def cancel(public_id: uuid.UUID, work: Work) -> OrderDetails:
    """Cancel an order that is still pending."""
    order = await work.orders.by_public_id(public_id)
    await cancel_order(work, order)
    await work.commit()
    return OrderDetails.model_validate(order)
