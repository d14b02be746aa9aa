"""The repository of tags."""

from collections.abc import Iterable

from app.models import Tag
from app.repositories.base import Repository


class TagRepository(Repository[Tag]):
    """The words that products can be found by."""

    model = Tag

    async def ensure(self, names: Iterable[str]) -> dict[str, Tag]:
        """Return a tag for each name; those that do not exist yet are added."""
        wanted = sorted(set(names))
        rows = await self._session.scalars(self.query().where(Tag.name.in_(wanted)))
        tags = {tag.name: tag for tag in rows}
        for name in wanted:
            if name not in tags:
                tags[name] = self.add(Tag(name=name))
        return tags
