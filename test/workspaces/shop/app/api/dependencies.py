"""What the routes ask for in their signatures."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from app.db.database import Database
from app.settings import Settings
from app.unit_of_work import UnitOfWork


def get_settings(request: Request) -> Settings:
    """Return the settings the application was started with."""
    return cast("Settings", request.app.state.settings)


def get_database(request: Request) -> Database:
    """Return the database the application was started with."""
    return cast("Database", request.app.state.database)


async def get_unit_of_work(
    database: Annotated[Database, Depends(get_database)],
) -> AsyncIterator[UnitOfWork]:
    """Give the request a unit of work; the route commits if it changed anything."""
    async with UnitOfWork(database.sessions) as work:
        # Taken here and not at the first statement, so that the wait for a connection is seen.
        with database.waiting():
            await work.connect()
        yield work


SettingsDependency = Annotated[Settings, Depends(get_settings)]
DatabaseDependency = Annotated[Database, Depends(get_database)]
# The connection goes back before the response is sent: a slow client holds none.
Work = Annotated[UnitOfWork, Depends(get_unit_of_work, scope="function")]

After = Annotated[int, Query(ge=0, description="The last id of the page before.")]
Limit = Annotated[int, Query(ge=1, le=100)]
