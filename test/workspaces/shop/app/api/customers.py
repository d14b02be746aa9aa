"""Routes of customers."""

from fastapi import APIRouter, status

from app.api.dependencies import After, Limit, Work
from app.api.schemas import CustomerDetails, CustomerInput, CustomerOutput
from app.models import Address, Customer

router = APIRouter(prefix="/customers", tags=["customers"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def sign_up(body: CustomerInput, work: Work) -> CustomerOutput:
    """Add a customer; 409 when the address is taken."""
    customer = work.customers.add(Customer(email=body.email, name=body.name))
    customer.addresses = [Address(**address.model_dump()) for address in body.addresses]
    await work.commit()
    return CustomerOutput.model_validate(customer)


@router.get("")
async def list_customers(work: Work, after: After = 0, limit: Limit = 50) -> list[CustomerOutput]:
    """List customers, a page at a time."""
    customers = await work.customers.page(after=after, limit=limit)
    return [CustomerOutput.model_validate(customer) for customer in customers]


@router.get("/{customer_id}")
async def get_customer(customer_id: int, work: Work) -> CustomerDetails:
    """Return one customer with addresses and profile."""
    return CustomerDetails.model_validate(await work.customers.with_details(customer_id))


@router.delete("/{customer_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_customer(customer_id: int, work: Work) -> None:
    """Delete a customer; the orders stay."""
    await work.customers.remove(await work.customers.get_one(customer_id))
    await work.commit()
