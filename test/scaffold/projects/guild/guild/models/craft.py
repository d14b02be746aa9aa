"""The model of a craft."""

from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship, SQLModel

if TYPE_CHECKING:
    from guild.models.member import Member


class Craft(SQLModel, table=True):
    """One craft."""

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=40)

    members: list["Member"] = Relationship(back_populates="craft")
