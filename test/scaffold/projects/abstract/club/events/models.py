"""Models of events."""

from sqlalchemy.orm import Mapped

from club.db import Entity


class Meeting(Entity):
    """When members meet."""

    seats: Mapped[int]
