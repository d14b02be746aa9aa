"""Rows for tests, valid by default."""

from itertools import count

from app.models import Category, Customer, Order, Product
from app.ordering import place_order
from app.unit_of_work import UnitOfWork


class Factory:
    """Makes rows, flushed so that they have keys; whatever a test does not say is made up."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._numbers = count(1)

    async def customer(self, *, name: str = "Ada", email: str | None = None) -> Customer:
        email = email or f"customer{next(self._numbers)}@shop.example"
        customer = self._work.customers.add(Customer(email=email, name=name))
        await self._work.flush()
        return customer

    async def category(self, slug: str | None = None, parent: Category | None = None) -> Category:
        slug = slug or f"category-{next(self._numbers)}"
        category = self._work.categories.add(
            Category(slug=slug, name=slug, parent_id=None if parent is None else parent.id)
        )
        await self._work.flush()
        return category

    async def product(
        self,
        *,
        name: str = "Pot",
        price_cents: int = 1000,
        stock: int = 10,
        category: Category | None = None,
        tags: tuple[str, ...] = (),
    ) -> Product:
        category = category or await self.category()
        words = await self._work.tags.ensure(tags)
        product = self._work.products.add(
            Product(
                sku=f"SKU-{next(self._numbers)}",
                name=name,
                price_cents=price_cents,
                stock=stock,
                category=category,
                tags=list(words.values()),
            )
        )
        await self._work.flush()
        return product

    async def order(self, *, quantity: int = 1) -> Order:
        customer, product = await self.customer(), await self.product()
        return await place_order(
            self._work, customer_id=customer.id, quantities={product.id: quantity}
        )
