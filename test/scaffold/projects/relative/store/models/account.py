from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Dated, UuidKey


class Account(Base, Dated):
    __tablename__ = 'account'

    id: Mapped[UuidKey]
    number: Mapped[int] = mapped_column(unique=True)
