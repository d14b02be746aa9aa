"""Names that star imports of SQLAlchemy bind."""

from sqlalchemy import *
from sqlalchemy.dialects.postgresql import *
from sqlalchemy.orm import *

from tables import Customer, Order

_metadata = MetaData()
rooms = Table("rooms", _metadata, Column("id", Integer, primary_key=True), Column("plan", JSONB), Column("size", Numeric))


class Base(DeclarativeBase):
    pass


class House(Base):
    __tablename__ = "houses"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(50))


conditions = select(Customer.id).where(and_(Customer.name == "x", func.lower(Customer.name) == "y"))
core = select(rooms.c.id, rooms.c.plan["a"].astext).where(or_(rooms.c.size > 5, rooms.c.id.in_([1, 2])))
mapped = select(House).where(House.name == "x").order_by(desc(House.id))
loaded = select(Customer).options(joinedload(Customer.orders))
changed = update(House).where(House.id == bindparam("key")).values(name=text("now()"))
upserted = insert(House).values(name="x", owner_id=1).on_conflict_do_nothing()
