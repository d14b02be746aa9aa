/** The `models.py` of tests about names: classes, a mixin for two of them, a table without a class, and names unlike their columns’. */
export const models = `from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Stamped:
    made_at: Mapped[int]

class Team(Stamped, Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    users: Mapped[list["User"]] = relationship(back_populates="team")

class User(Stamped, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[str] = mapped_column("email")
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    team: Mapped[Team] = relationship(back_populates="users")

links = Table("links", Base.metadata, Column("user_id", Integer), Column("team_id", Integer))
`;
