"""All models, and what the API takes and gives of them."""

import uuid

from sqlmodel import Field, Relationship, SQLModel


class TeamBase(SQLModel):
    """What a team is made from."""

    name: str = Field(max_length=80, unique=True)


class TeamCreate(TeamBase):
    """A team that somebody wants to make."""


class Team(TeamBase, table=True):
    """One team."""

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)

    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(SQLModel, table=True):
    """One hero."""

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    name: str
    team_id: uuid.UUID = Field(foreign_key="team.id", index=True)

    team: Team = Relationship(back_populates="heroes")


class HeroPublic(SQLModel):
    """What the API gives of a hero."""

    id: uuid.UUID
    name: str
