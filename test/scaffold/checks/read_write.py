"""The read/write split of a project: reads go to the replica and cannot write, and after a write to the primary."""

import asyncio
import contextlib
import inspect

import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from places import beside_engine, layer

READ_ONLY = sa.text("SELECT current_setting('transaction_read_only')")


def check(project, database):
    module = beside_engine(project, "read_write")
    if hasattr(module, "ReadSession"):
        check_requests(module)
    elif project["concurrency"] == "async":
        asyncio.run(check_async(project, module))
    else:
        check_sync(project, module)


def check_requests(module):
    app = FastAPI()
    read, write = module.ReadSession, module.WriteSession
    if inspect.isasyncgenfunction(module.get_read_session):

        @app.get("/read")
        async def answer(session: read) -> str:
            return await session.scalar(READ_ONLY)

        @app.post("/write")
        async def change(session: write) -> str:
            return await session.scalar(READ_ONLY)
    else:

        @app.get("/read")
        def answer(session: read) -> str:
            return session.scalar(READ_ONLY)

        @app.post("/write")
        def change(session: write) -> str:
            return session.scalar(READ_ONLY)

    with TestClient(app, base_url="https://test") as client:
        assert client.get("/read").json() == "on"
        assert client.post("/write").json() == "off"
        assert client.get("/read").json() == "off", "who has written is not pinned"


async def check_async(project, module):
    async with module.read_session() as session:
        assert await session.scalar(READ_ONLY) == "on"
    async with module.write_session() as session:
        assert await session.scalar(READ_ONLY) == "off"
    async with module.read_session() as session:
        assert await session.scalar(READ_ONLY) == "off"
    await module.replica_engine.dispose()
    await layer(project).engine.dispose()


def check_sync(project, module):
    with module.read_session() as session:
        assert session.scalar(READ_ONLY) == "on"
        with contextlib.suppress(sa.exc.DBAPIError):
            session.execute(sa.text("CREATE TABLE never (id integer)"))
            raise AssertionError("a read session writes")
    with module.write_session() as session:
        assert session.scalar(READ_ONLY) == "off"
    with module.read_session() as session:
        assert session.scalar(READ_ONLY) == "off"
    module.replica_engine.dispose()
    layer(project).engine.dispose()
