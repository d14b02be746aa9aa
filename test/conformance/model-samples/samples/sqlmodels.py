"""SQLModel."""

import datetime
import enum
import uuid
from decimal import Decimal
from typing import List, Optional

from sqlalchemy import Column, String, text
from sqlmodel import Field, Relationship, SQLModel


class Color(str, enum.Enum):
    red = "r"
    blue = "b"


class TeamHeroLink(SQLModel, table=True):
    team_id: int | None = Field(default=None, foreign_key="team.id", primary_key=True)
    hero_id: int | None = Field(default=None, foreign_key="hero.id", primary_key=True)


class HeroBase(SQLModel):
    name: str = Field(index=True, max_length=80)
    age: Optional[int] = None
    color: Color = Color.red


class Hero(HeroBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    uid: uuid.UUID = Field(default_factory=uuid.uuid4, unique=True)
    price: Decimal = Field(max_digits=5, decimal_places=2)
    born: datetime.datetime | None = None
    secret: str = Field(sa_column=Column("hidden", String(9), nullable=False))
    made: datetime.datetime = Field(sa_column_kwargs={"server_default": text("now()")})
    ratio: float = 1.0
    boss_id: int | None = Field(default=None, foreign_key="hero.id", ondelete="SET NULL")
    teams: List["Team"] = Relationship(back_populates="heroes", link_model=TeamHeroLink)


class Team(SQLModel, table=True):
    __tablename__ = "team"
    id: int | None = Field(default=None, primary_key=True)
    heroes: list[Hero] = Relationship(back_populates="teams", link_model=TeamHeroLink)


class HeroCreate(HeroBase):
    extra: str
