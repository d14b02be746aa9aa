"""The application: uvicorn app.main:app."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.api import categories, customers, health, orders, products, reports
from app.api.errors import add_error_handlers
from app.db.database import Database
from app.settings import Settings


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Hold one database from start to end, and leave no connection behind."""
    settings: Settings = app.state.settings
    logging.getLogger("app").setLevel(settings.log_level)
    database = Database.connect(settings.database_url.get_secret_value())
    app.state.database = database
    try:
        yield
    finally:
        await database.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Put the application together; nothing is opened before it starts."""
    app = FastAPI(title="Shop", lifespan=lifespan)
    app.state.settings = settings or Settings()
    add_error_handlers(app)
    for module in (categories, customers, health, orders, products, reports):
        app.include_router(module.router)
    return app


app = create_app()
