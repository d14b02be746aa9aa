"""The retry of a project: conflicts are run again, other errors are not, and what was done before a conflict is gone."""

import asyncio
import inspect
import threading

import sqlalchemy as sa
from places import beside_engine, layer


def check(project, database):
    module = beside_engine(project, "retry")
    if inspect.iscoroutinefunction(module.retry_transaction):
        asyncio.run(check_async(project, module, database))
    else:
        check_sync(project, module, database)


class Conflict(Exception):
    sqlstate = "40001"


def conflict():
    return sa.exc.DBAPIError("UPDATE", {}, Conflict())


async def check_async(project, module, database):
    seen = []

    async def work(session):
        seen.append(await session.scalar(sa.select(sa.literal(1))))
        if len(seen) < 3:
            raise conflict()
        return "done"

    assert await module.retry_transaction(work, delay=0.001) == "done"
    assert len(seen) == 3

    async def always(session):
        seen.append(1)
        raise conflict()

    seen.clear()
    try:
        await module.retry_transaction(always, attempts=2, delay=0.001)
    except sa.exc.DBAPIError:
        pass
    else:
        raise AssertionError("it never gave up")
    assert len(seen) == 2
    if database.dialect == "postgresql":
        await deadlock_async(module)
    await layer(project).engine.dispose()


async def deadlock_async(module):
    """Two transactions that lock two rows in opposite order: both come through."""
    met = asyncio.Barrier(2)
    runs = []

    def locks(first, second):
        async def work(session):
            runs.append(first)
            await session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
            if len(runs) <= 2:
                await met.wait()
            await session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})

        return work

    await asyncio.gather(module.retry_transaction(locks(1, 2)), module.retry_transaction(locks(2, 1)))
    assert len(runs) == 3, runs


def check_sync(project, module, database):
    seen = []

    def work(session):
        seen.append(session.scalar(sa.select(sa.literal(1))))
        if len(seen) < 3:
            raise conflict()
        return "done"

    assert module.retry_transaction(work, delay=0.001) == "done"
    assert len(seen) == 3
    if database.dialect == "postgresql":
        deadlock_sync(module)
    layer(project).engine.dispose()


def deadlock_sync(module):
    met = threading.Barrier(2)
    runs = []

    def locks(first, second):
        def work(session):
            runs.append(first)
            session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
            if len(runs) <= 2:
                met.wait()
            session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})

        return work

    threads = [
        threading.Thread(target=module.retry_transaction, args=(locks(*keys),)) for keys in ((1, 2), (2, 1))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 3, runs
