"""The engine and sessions of a new layer: they connect to what DATABASE_URL names, with the layer's own settings."""

import asyncio
import importlib
import inspect

import sqlalchemy as sa
from fastapi.testclient import TestClient


def module_with(package, name):
    for module in (f"{package}.database", f"{package}.db.engine", f"{package}.db.session", f"{package}.db.lifespan"):
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        if hasattr(found, name):
            return found
    return None


def check(project, database):
    package = project["package"]
    layer = module_with(package, "session_factory")
    assert layer.engine.url.drivername == project["driver"], layer.engine.url
    if project["concurrency"] == "async":
        asyncio.run(check_async(layer, database))
    else:
        check_sync(layer, database)
    dependency = module_with(package, "get_session")
    if dependency:
        check_application(package, dependency)


QUESTIONS = {
    "sqlite": ("PRAGMA foreign_keys", 1),
    "postgresql": ("SHOW statement_timeout", "30s"),
}


async def check_async(layer, database):
    question, answer = QUESTIONS[database.dialect]
    async with layer.session_factory() as session:
        assert await session.scalar(sa.text(question)) == answer
    await layer.engine.dispose()


def check_sync(layer, database):
    question, answer = QUESTIONS[database.dialect]
    with layer.session_factory() as session:
        assert session.scalar(sa.text(question)) == answer
    layer.engine.dispose()


def check_application(package, dependency):
    app = importlib.import_module(f"{package}.main").app
    waits = inspect.isasyncgenfunction(dependency.get_session)
    session = dependency.SessionDep

    if waits:

        @app.get("/one")
        async def one(session: session) -> int:
            return await session.scalar(sa.select(sa.literal(1)))
    else:

        @app.get("/one")
        def one(session: session) -> int:
            return session.scalar(sa.select(sa.literal(1)))

    with TestClient(app) as client:
        assert client.get("/one").json() == 1
    assert layer_is_closed(package)


def layer_is_closed(package):
    engine = module_with(package, "engine").engine
    return engine.pool.checkedin() == 0
