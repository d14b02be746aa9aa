"""What the routes ask for."""

from typing import cast

from fastapi import Request

from clinic.db.database import Database


def get_database(request: Request) -> Database:
    """Return the database that the application was started with."""
    return cast("Database", request.app.state.database)
