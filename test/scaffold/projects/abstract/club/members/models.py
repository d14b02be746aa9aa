"""Models of members."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Entity


class Member(Entity):
    """Who belongs to the club."""

    name: Mapped[str] = mapped_column(String(100))
