"""The telemetry of a project: its document on its socket, with what the pool does, and OpenTelemetry's metrics."""

import asyncio
import importlib
import json
import os
import pathlib
import socket

import sqlalchemy as sa
from fastapi.testclient import TestClient
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from places import beside_engine, layer


def read():
    path = pathlib.Path(os.environ["DATABASE_PATTERNS_TELEMETRY"]) / f"{os.getpid()}.sock"
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        parts = []
        while part := client.recv(65536):
            parts.append(part)
    return json.loads(b"".join(parts))


def check(project, database):
    held = layer(project)
    reader = InMemoryMetricReader()
    metrics.set_meter_provider(MeterProvider([reader]))
    module = beside_engine(project, "pool_telemetry")
    if project["concurrency"] == "async":
        asyncio.run(used_async(held, database))
    else:
        used_sync(held, database)
    (pool,) = read()["pools"]
    assert pool["checkedOut"] == 0 and pool["totals"]["checkouts"] > 0, pool
    names = {
        metric.name
        for resource in reader.get_metrics_data().resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    assert {"db.client.connection.count", "db.client.connection.wait_time"} <= names, names
    if "_web" in project["package"]:
        check_route(project, module)


def check_route(project, module):
    app = importlib.import_module(f"{project['package']}.main").app
    answer = TestClient(app).get("/pools")
    assert answer.status_code == 200, answer.text
    assert [pool["name"] for pool in answer.json()["pools"]] == [pool["name"] for pool in module.document()["pools"]]


async def used_async(held, database):
    await held.engine.dispose()
    async with held.session_factory() as session:
        pid = await server_pid_async(session, database)
        look(held, pid, database)
    await held.engine.dispose()


async def server_pid_async(session, database):
    if database.dialect == "sqlite":
        await session.execute(sa.select(sa.literal(1)))
        return None
    return await session.scalar(sa.text("SELECT pg_backend_pid()"))


def used_sync(held, database):
    held.engine.dispose()
    with held.session_factory() as session:
        if database.dialect == "sqlite":
            session.execute(sa.select(sa.literal(1)))
            pid = None
        else:
            pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
        look(held, pid, database)
    held.engine.dispose()


def look(held, pid, database):
    document = read()
    (pool,) = document["pools"]
    assert document["version"] == 1 and document["process"]["pid"] == os.getpid()
    assert pool["name"] == "engine" and pool["checkedOut"] == 1 and pool["waiting"] == 0, pool
    (checkout,) = pool["checkouts"]
    assert checkout["serverPid"] == pid, (checkout, pid)
    assert checkout["place"]["path"] == __file__, checkout
    assert pool["target"]["database"] == held.engine.url.database
    assert "password" not in json.dumps(document)
    if database.dialect == "postgresql":
        engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
        with engine.connect() as connection:
            statement = sa.text("SELECT application_name FROM pg_stat_activity WHERE pid = :pid")
            assert connection.scalar(statement, {"pid": pid}) == pool["applicationName"]

