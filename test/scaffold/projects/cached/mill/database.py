"""The database, which functions give: its settings are not there at once."""

import os
from functools import lru_cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker


@lru_cache(maxsize=1)
def get_engine() -> Engine:
    """Return the engine, the same one each time."""
    return create_engine(os.environ["DATABASE_URL"], pool_pre_ping=True)


def get_sessions() -> sessionmaker[Session]:
    """Return what makes sessions."""
    return sessionmaker(get_engine())
