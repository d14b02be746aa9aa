"""Retry, health check, read/write split and pool telemetry of a project whose engine an object keeps: given it, and asked through the application."""

import asyncio

import sqlalchemy as sa
from clinic.db.health import check_health
from clinic.db.pool_telemetry import document
from clinic.db.read_write import ReadSession, WriteSession
from clinic.db.retry import retry_transaction
from clinic.main import app
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine


READ_ONLY = sa.text("SELECT current_setting('transaction_read_only')")


@app.get("/read")
async def read(session: ReadSession) -> str:
    return await session.scalar(READ_ONLY)


@app.post("/write")
async def write(session: WriteSession) -> str:
    return await session.scalar(READ_ONLY)


def check(project, database):
    with TestClient(app, base_url="https://test") as client:
        answer = client.get("/health")
        assert answer.status_code == 200 and answer.json()["healthy"], answer.text
        assert answer.json()["pool_size"] == 5
        assert client.get("/read").json() == "on"
        assert client.post("/write").json() == "off"
        assert client.get("/read").json() == "off", "who has written is not pinned"
        assert any(pool["totals"]["checkouts"] for pool in document()["pools"])
    asyncio.run(given(database))


async def given(database):
    engine = create_async_engine(database.url("async"))
    found = await retry_transaction(async_sessionmaker(engine), lambda session: session.scalar(sa.select(7)))
    assert found == 7
    assert (await check_health(engine)).healthy
    await engine.dispose()
    lost = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert not (await check_health(lost)).healthy
    await lost.dispose()
