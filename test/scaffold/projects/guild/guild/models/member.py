"""The model of a member."""

from typing import TYPE_CHECKING, Optional

from sqlmodel import Field, Relationship

from guild.models.mixins import NoteMixin

if TYPE_CHECKING:
    from guild.models.craft import Craft


class Member(NoteMixin, table=True):
    """One member."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    craft_id: int | None = Field(
        default=None, foreign_key="craft.id", index=True
    )

    craft: Optional["Craft"] = Relationship(back_populates="members")
