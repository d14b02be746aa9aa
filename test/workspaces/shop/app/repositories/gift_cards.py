"""The repository of gift cards."""

from app.models import GiftCard
from app.repositories.base import Repository


class GiftCardRepository(Repository[GiftCard]):
    """Gift cards, redeemed or not."""

    model = GiftCard

    async def by_code(self, code: str) -> GiftCard | None:
        """Return the card with this code, or None."""
        return await self._session.scalar(self.query().where(GiftCard.code == code))
