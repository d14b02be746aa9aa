"""SQLModel: its select, its Session, and its classes in statements."""

import datetime
from typing import Optional

from sqlalchemy import Column, JSON, String, UniqueConstraint, func as sa_func
from sqlmodel import (
    Field,
    Relationship,
    SQLModel,
    asc,
    between,
    case,
    cast,
    col,
    delete,
    desc,
    distinct,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import aliased, joinedload, selectinload


class HeroTeamLink(SQLModel, table=True):
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", primary_key=True)
    hero_id: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True)
    is_training: bool = False


class TeamBase(SQLModel):
    name: str = Field(index=True)
    headquarters: str


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team")
    members: list["Hero"] = Relationship(back_populates="teams", link_model=HeroTeamLink)


class HeroBase(SQLModel):
    name: str = Field(index=True, max_length=50)
    age: Optional[int] = Field(default=None, index=True)
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")


class Hero(HeroBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    secret_name: str
    created_at: datetime.datetime = Field(default_factory=datetime.datetime.now)
    data: dict = Field(default_factory=dict, sa_column=Column(JSON))
    label: str = Field(default="x", sa_column=Column("label_text", String(20)))
    team: Optional[Team] = Relationship(back_populates="heroes")
    teams: list[Team] = Relationship(back_populates="members", link_model=HeroTeamLink)


class Weapon(SQLModel, table=True):
    __tablename__ = "weapons"
    __table_args__ = (UniqueConstraint("name"),)
    id: int = Field(primary_key=True)
    name: str
    owner_id: int = Field(foreign_key="hero.id", ondelete="CASCADE")


entity = select(Hero)
entity_where = select(Hero).where(Hero.name == "x", Hero.age > 30)
entity_two_wheres = select(Hero).where(Hero.age >= 35).where(Hero.age < 40)
entity_or = select(Hero).where(or_(Hero.age <= 35, Hero.age > 90))
entity_col = select(Hero).where(col(Hero.age) >= 35, col(Hero.name).like("x%"))
entity_col_in = select(Hero).where(col(Hero.id).in_([1, 2]), col(Hero.team_id).is_(None))
entity_none = select(Hero).where(Hero.team_id == None, Hero.team_id.is_not(None))  # noqa: E711
columns = select(Hero.id, Hero.name)
one_column = select(Hero.name).where(Hero.id == 1)
entity_and_column = select(Hero, Team.name).where(Hero.team_id == Team.id)
two_entities = select(Hero, Team).where(Hero.team_id == Team.id)
joined = select(Hero, Team).join(Team)
joined_outer = select(Hero, Team).join(Team, isouter=True)
joined_where = select(Hero).join(Team).where(Team.name == "x")
joined_relationship = select(Hero).join(Hero.team).where(col(Team.headquarters).ilike("%x%"))
joined_link = select(Hero).join(HeroTeamLink).where(HeroTeamLink.is_training)
joined_many = select(Hero).join(Hero.teams).where(Team.id == 3)
limited = select(Hero).offset(3).limit(5).order_by(col(Hero.name).desc())
ordered = select(Hero).order_by(desc(Hero.age), asc(Hero.name), Hero.id)
counted = select(func.count()).select_from(Hero)
counted_column = select(func.count(Hero.id)).where(Hero.age != None)  # noqa: E711
counted_subquery = select(func.count()).select_from(select(Hero).where(Hero.age > 3).subquery())
grouped = select(Team.name, func.count(Hero.id).label("n")).join(Hero).group_by(Team.name).having(func.count(Hero.id) > 5)
distinct_names = select(Hero.name).distinct()
distinct_function = select(distinct(Hero.name))
label_renamed = select(Hero.label).where(Hero.label == "y")
json_item = select(Hero).where(Hero.data["k"].as_string() == "x")
exists_heroes = select(Team).where(exists().where(Hero.team_id == Team.id))
any_heroes = select(Team).where(Team.heroes.any(Hero.age > 5))
has_team = select(Hero).where(Hero.team.has(Team.name == "x"))
in_subquery = select(Hero).where(col(Hero.team_id).in_(select(Team.id).where(Team.name == "x")))
not_condition = select(Hero).where(not_(Hero.name == "x"))
between_ages = select(Hero).where(between(Hero.age, 1, 5))
eager = select(Team).options(selectinload(Team.heroes))
eager_joined = select(Hero).options(joinedload(Hero.team))
case_when = select(case((Hero.age > 18, "adult"), else_="child"))
cast_column = select(cast(Hero.id, String))
_team = aliased(Team, name="t")
aliased_team = select(Hero).join(_team, _team.id == Hero.team_id).where(_team.name == "x")
locked = select(Hero).where(Hero.id == 1).with_for_update()
unioned = union(select(Hero.name), select(Team.name))
deleted = delete(Hero).where(Hero.id == 1)
deleted_col = delete(Hero).where(col(Hero.id).in_([1]))
updated = update(Hero).where(Hero.id == 1).values(name="x", age=Hero.age + 1)
inserted = insert(Hero).values(name="x", secret_name="y")
inserted_link = insert(HeroTeamLink).values(team_id=1, hero_id=2)
mixed_functions = select(sa_func.lower(Hero.name), func.max(Hero.age))
table_columns = select(Hero.__table__.c.id).where(Hero.__table__.c.label_text == "x")
weapon = select(Weapon).where(Weapon.owner_id == 1).order_by(Weapon.name)
written_text = text("SELECT id FROM hero WHERE name = :name")
