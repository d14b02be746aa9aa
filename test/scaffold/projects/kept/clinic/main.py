"""The application."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from clinic.db.database import connect


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Hold one database from start to end."""
    database = connect(os.environ["DATABASE_URL"])
    app.state.database = database
    try:
        yield
    finally:
        await database.engine.dispose()


app = FastAPI(lifespan=lifespan)
