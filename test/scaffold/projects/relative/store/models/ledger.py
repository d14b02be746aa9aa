from sqlalchemy.orm import Mapped

from .base import Base, Dated, UuidKey


class Ledger(Base, Dated):
    __tablename__ = 'ledger'

    id: Mapped[UuidKey]
    title: Mapped[str]
