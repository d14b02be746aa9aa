"""The repository of categories."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models import Category
from app.repositories.base import Repository


class CategoryRepository(Repository[Category]):
    """The tree of categories."""

    model = Category

    async def roots(self) -> Sequence[Category]:
        """Return the categories without a parent, by name."""
        statement = self.query().where(Category.parent_id.is_(None)).order_by(Category.name)
        return (await self._session.scalars(statement)).all()

    async def by_slugs(self, slugs: Sequence[str]) -> dict[str, Category]:
        """Return those of the named categories that exist."""
        rows = await self._session.scalars(self.query().where(Category.slug.in_(slugs)))
        return {category.slug: category for category in rows}

    async def subtree(self, root: int) -> Sequence[Category]:
        """Return a category and everything below it, by name."""
        tree = select(Category.id).where(Category.id == root).cte("tree", recursive=True)
        child = aliased(Category)
        tree = tree.union_all(select(child.id).join(tree, child.parent_id == tree.c.id))
        statement = self.query().where(Category.id.in_(select(tree.c.id))).order_by(Category.name)
        return (await self._session.scalars(statement)).all()
