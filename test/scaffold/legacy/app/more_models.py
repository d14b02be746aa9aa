"""What is not said in another way, and neighbours that are right as they are."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text, TypeDecorator
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.base import Base
from app.models import Author

NULLABLE = {"nullable": False}


class Upper(TypeDecorator):
    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else value.upper()


class Profile(Base):
    __tablename__ = "profiles"

    author_id = Column(Integer, ForeignKey("authors.id"), primary_key=True)
    code = Column(Upper(20), nullable=False, default="a")
    motto = Column(String(20), **NULLABLE, server_default="")
    essay = deferred(Column(Text))
    int = Column(Integer)
    size = Column(Integer, key="size_key")
    author = relationship(Author, backref=("profile"), uselist=False)

    @hybrid_property
    def shout(self):
        return self.motto + "!"


class Modern(Base):
    __tablename__ = "modern"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
