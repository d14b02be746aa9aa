"""The repository of products."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.errors import NotFoundError
from app.models import Product, Tag
from app.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class ProductSearch:
    """What to look for; whatever is None does not matter."""

    text: str | None = None
    tag: str | None = None
    categories: Collection[int] | None = None


class ProductRepository(Repository[Product]):
    """Products, for sale or not."""

    model = Product

    async def with_details(self, key: int) -> Product:
        """Return the product together with its category and tags.

        Raises:
            NotFoundError: there is none.
        """
        statement = (
            self.query()
            .where(Product.id == key)
            .options(joinedload(Product.category), selectinload(Product.tags))
        )
        product = await self._session.scalar(statement)
        if product is None:
            raise NotFoundError("product", key)
        return product

    async def search(
        self, search: ProductSearch, *, after: int = 0, limit: int = 50
    ) -> Sequence[Product]:
        """Return products for sale, a page at a time, in the order of keys."""
        statement = (
            self.query()
            .where(Product.is_active, Product.id > after)
            .options(selectinload(Product.tags))
            .order_by(Product.id)
            .limit(limit)
        )
        if search.text is not None:
            # What the visitor typed may hold % and _, which are nothing special here.
            statement = statement.where(Product.name.icontains(search.text, autoescape=True))
        if search.tag is not None:
            statement = statement.where(Product.tags.any(Tag.name == search.tag))
        if search.categories is not None:
            statement = statement.where(Product.category_id.in_(search.categories))
        return (await self._session.scalars(statement)).all()

    async def lock(self, keys: Collection[int]) -> dict[int, Product]:
        """Return the products by key, locked until the transaction ends.

        Locked in the order of keys: two orders for the same products then wait for each other
        and never for one another in a circle.
        """
        statement = (
            self.query()
            .where(Product.id.in_(keys))
            .order_by(Product.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        rows = await self._session.scalars(statement)
        return {product.id: product for product in rows}

    async def known_skus(self, skus: Collection[str]) -> set[str]:
        """Return those of the article numbers that are taken."""
        rows = await self._session.scalars(select(Product.sku).where(Product.sku.in_(skus)))
        return set(rows)
