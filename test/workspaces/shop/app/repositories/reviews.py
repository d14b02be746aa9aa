"""The repository of reviews."""

from sqlalchemy import func, select

from app.models import Review
from app.repositories.base import Repository


class ReviewRepository(Repository[Review]):
    """What customers think of products."""

    model = Review

    async def of(self, product_id: int, customer_id: int) -> Review | None:
        """Return the customer's review of the product, or None."""
        statement = self.query().where(
            Review.product_id == product_id, Review.customer_id == customer_id
        )
        return await self._session.scalar(statement)

    async def average_rating(self, product_id: int) -> float | None:
        """Return the mean of all ratings of the product, or None without any."""
        statement = select(func.avg(Review.rating)).where(Review.product_id == product_id)
        average = (await self._session.scalars(statement)).one()
        return None if average is None else float(average)
