"""The health check of a project: healthy on its database, and unhealthy, not failing, without one."""

import asyncio
import importlib
import inspect

import sqlalchemy as sa
from fastapi.testclient import TestClient
from places import beside_engine, layer


def check(project, database):
    module = beside_engine(project, "health")
    engine = layer(project).engine
    found = ask(module, engine)
    assert found.healthy and found.latency_ms > 0, found
    if hasattr(module, "router"):
        app = importlib.import_module(f"{project['package']}.main").app
        with TestClient(app) as client:
            answer = client.get("/health")
            assert answer.status_code == 200 and answer.json()["healthy"], answer.text

    def refuse(*arguments):
        raise sa.exc.OperationalError("connect", {}, Exception("refused"))

    held = getattr(engine, "sync_engine", engine)
    sa.event.listen(held, "do_connect", refuse)
    assert not ask(module, engine).healthy
    if hasattr(module, "router"):
        with TestClient(app) as client:
            assert client.get("/health").status_code == 503
    sa.event.remove(held, "do_connect", refuse)


def ask(module, engine):
    if not inspect.iscoroutinefunction(module.check_health):
        found = module.check_health()
        engine.dispose()
        return found

    async def asked():
        found = await module.check_health()
        await engine.dispose()
        return found

    return asyncio.run(asked())
