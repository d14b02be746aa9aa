"""The repository of customers."""

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload
from typing_extensions import override

from app.errors import NotFoundError
from app.models import Customer
from app.repositories.base import Repository


class CustomerRepository(Repository[Customer]):
    """Customers, without the deleted ones."""

    model = Customer

    @override
    def query(self) -> Select[Customer]:
        return super().query().where(Customer.deleted_at.is_(None))

    @override
    async def remove(self, row: Customer) -> None:
        row.mark_deleted()

    async def by_email(self, email: str) -> Customer | None:
        """Return the customer with this address, or None."""
        return await self._session.scalar(self.query().where(Customer.email == email))

    async def with_details(self, key: int) -> Customer:
        """Return the customer together with addresses and profile.

        Raises:
            NotFoundError: there is none.
        """
        statement = (
            self.query()
            .where(Customer.id == key)
            .options(selectinload(Customer.addresses), joinedload(Customer.profile))
        )
        customer = await self._session.scalar(statement)
        if customer is None:
            raise NotFoundError("customer", key)
        return customer
