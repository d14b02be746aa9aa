/** A small project in which files depend on each other in every way that the readers follow. By path. */
const texts: Readonly<Record<string, string>> = {
  'app/__init__.py': 'from app.base import Base\nfrom app.models import *\n',
  'app/base.py': `from sqlalchemy import MetaData, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from datetime import datetime

class Base(DeclarativeBase):
    metadata = MetaData(schema="shop", naming_convention={"pk": "pk_%(table_name)s"})

class Timestamps:
    created: Mapped[datetime] = mapped_column(server_default=func.now())
`,
  'app/status.py': 'import enum\n\nclass Status(enum.Enum):\n    OPEN = "open"\n    DONE = "done"\n',
  'app/models/__init__.py': 'from .user import User\nfrom .order import Order\n__all__ = ["User", "Order"]\n',
  'app/models/user.py': `from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from app.base import Base, Timestamps

class User(Timestamps, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(100))
    orders: Mapped[list["Order"]] = relationship(back_populates="user", primaryjoin="User.id == Order.user_id")

    def label(self):
        return self.email

class Admin(User):
    level: Mapped[int] = mapped_column()
`,
  'app/models/order.py': `from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from ..base import Base
from ..status import Status
from .user import User

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("shop.users.id"))
    status: Mapped[Status]
    user: Mapped[User] = relationship(back_populates="orders", backref="x")
`,
  'app/tables.py': `from sqlalchemy import Column, Integer, Table
from app.base import Base

tags = Table("tags", Base.metadata, Column("id", Integer, primary_key=True))
`,
  'app/mapping.py': `from sqlalchemy.orm import registry
from app.tables import tags

class Tag:
    pass

registry().map_imperatively(Tag, tags)
`,
  'app/late.py': `from sqlalchemy.orm import relationship
from app.models import User, Order

User.first_order = relationship(Order, viewonly=True)
`,
  'app/queries.py': `from sqlalchemy import select
from app.models import User

def active_users(limit=None):
    return select(User).where(User.email != "").limit(limit)
`,
  'app/reports.py': `from app import User, Order
from app.queries import active_users
from sqlalchemy import select

def report(session):
    return session.execute(active_users(3).where(User.id > 1).join(User.orders))

def missing(session):
    return session.scalars(select(Order.nothing, User.created))
`,
  'app/archive.py': `from sqlalchemy import select
from app.tables import tags

def old(session):
    return session.execute(select(tags.c.id))
`,
  'app/repository.py': `from sqlalchemy import select
from app.models import User

class Repository:
    model = None

    def all(self, session):
        return session.scalars(select(self.model))

class Users(Repository):
    model = User
`,
  'app/service.py': `from app.models import User

def load(session, ident):
    return session.query(User).filter(User.id == ident).all()
`,
  'app/settings.py': 'URL = "postgresql+asyncpg://localhost/shop"\nPOOL = 7\n',
  'app/db.py': `from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from app.settings import POOL, URL

engine = create_async_engine(URL, pool_size=POOL)
Session = async_sessionmaker(engine)
`,
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'migrations/env.py':
    'from alembic import context\nfrom app.base import Base\ntarget_metadata = Base.metadata\n',
  'migrations/versions/one.py': 'revision = "1"\ndown_revision = None\n\ndef upgrade():\n    pass\n',
};

const more: Readonly<Record<string, string>> = {
  'app/models/extra.py': `from sqlalchemy.orm import Mapped, mapped_column
from app.base import Base

class Extra(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
`,
  'app/models/tag.py': 'from app.models.user import User\nclass Guest(User):\n    pass\n',
  'other/app/models.py': 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n',
  'app/plain.py': 'def add(one, two):\n    return one + two\n',
};

export const project: ReadonlyMap<string, string> = rooted(texts);

/** Files that come later. */
export const spareFiles: ReadonlyMap<string, string> = rooted(more);

function rooted(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([path, text]) => [`/project/${path}`, text]));
}
