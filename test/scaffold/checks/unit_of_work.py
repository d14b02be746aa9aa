"""The unit of work of a project: whatever ends its block, nothing that was not committed stays, and no connection is lost."""

import asyncio
import importlib
import inspect

import sqlalchemy as sa
from models import load, sample
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker


class Stopped(Exception):
    """What ends a block in these checks."""


def check(project, database):
    module, _, name = project["unitOfWork"].partition(":")
    kind = getattr(importlib.import_module(module), name)
    base = load(project["base"], project["models"])
    # A registry's mappers are a set: the first by name, so that each run does the same.
    # SQLModel keeps its registry under this name alone.
    registry = base.registry if hasattr(base, "registry") else base._sa_registry
    mappers = sorted(registry.mappers, key=lambda mapper: mapper.class_.__name__)
    model = next(m.class_ for m in mappers if not any(c.foreign_keys and not c.nullable for c in m.local_table.columns))
    if hasattr(kind, "__aenter__"):
        asyncio.run(check_async(kind, model, database))
    else:
        check_sync(kind, model, database)


def count(model, database):
    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(model.__table__))


def clear(model, database):
    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.delete(model.__table__))


async def check_async(kind, model, database):
    engine = create_async_engine(database.url("async"), pool_size=2, max_overflow=0, poolclass=sa.AsyncAdaptedQueuePool)
    unit = kind(async_sessionmaker(engine, expire_on_commit=False))
    clear(model, database)

    async def make(number):
        return await unit.session.run_sync(lambda session: sample(model, session, number))

    # Committed, and used again after it has been left.
    async with unit:
        unit.session.add(await make(1))
        await unit.commit()
    assert count(model, database) == 1
    async with unit:
        unit.session.add(await make(2))
        await unit.session.flush()
    assert count(model, database) == 1, "what was not committed stays"
    # An exception inside.
    try:
        async with unit:
            unit.session.add(await make(3))
            await unit.session.flush()
            raise Stopped
    except Stopped:
        pass
    assert count(model, database) == 1
    # Cancellation while a statement runs, and once more while it rolls back.
    started = asyncio.Event()

    async def work():
        async with unit:
            unit.session.add(await make(4))
            await unit.session.flush()
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await started.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    else:
        raise AssertionError("the cancellation was swallowed")
    while engine.pool.checkedout():
        await asyncio.sleep(0)
    assert count(model, database) == 1
    # Savepoints: a part that fails alone, inside a part that stays.
    async with unit:
        async with unit.savepoint():
            unit.session.add(await make(5))
            await unit.session.flush()
            try:
                async with unit.savepoint():
                    unit.session.add(await make(6))
                    await unit.session.flush()
                    raise Stopped
            except Stopped:
                pass
        await unit.commit()
    assert count(model, database) == 2
    # A commit that fails: its error arrives, nothing stays, and the unit can be used again.
    try:
        async with unit:
            unit.session.add(await make(7))
            sa.event.listen(unit.session.sync_session, "before_commit", refuse)
            await unit.commit()
    except Stopped:
        pass
    else:
        raise AssertionError("the failing commit was swallowed")
    assert count(model, database) == 2
    # Two at once, each with its own session; the same one twice is refused.
    other = kind(async_sessionmaker(engine))
    async with unit, other:
        assert unit.session is not other.session
        try:
            async with unit:
                pass
        except RuntimeError:
            pass
        else:
            raise AssertionError("one unit was entered twice")
        unit.session.add(await make(8))
        await unit.commit()
        await other.rollback()
    assert count(model, database) == 3
    # Outside of its block it is closed, and a repository that was kept is too.
    try:
        unit.session
    except RuntimeError:
        pass
    else:
        raise AssertionError("it can be used outside of its block")
    kept = [value for value in vars(unit).values() if hasattr(value, "count")]
    for repository in kept:
        try:
            await repository.count()
        except sa.exc.InvalidRequestError:
            pass
        else:
            raise AssertionError("a repository works on after its unit has ended")
    assert engine.pool.checkedout() == 0
    await engine.dispose()


def refuse(session):
    raise Stopped


def check_sync(kind, model, database):
    engine = sa.create_engine(database.url("sync"), pool_size=2, max_overflow=0, poolclass=sa.QueuePool)
    unit = kind(sessionmaker(engine))
    clear(model, database)
    with unit:
        unit.session.add(sample(model, unit.session, 1))
        unit.commit()
    assert count(model, database) == 1
    try:
        with unit:
            unit.session.add(sample(model, unit.session, 2))
            unit.session.flush()
            raise Stopped
    except Stopped:
        pass
    assert count(model, database) == 1
    with unit:
        with unit.savepoint():
            unit.session.add(sample(model, unit.session, 3))
            unit.session.flush()
            try:
                with unit.savepoint():
                    unit.session.add(sample(model, unit.session, 4))
                    unit.session.flush()
                    raise Stopped
            except Stopped:
                pass
        unit.commit()
    assert count(model, database) == 2
    try:
        with unit:
            unit.session.add(sample(model, unit.session, 5))
            sa.event.listen(unit.session, "before_commit", refuse)
            unit.commit()
    except Stopped:
        pass
    else:
        raise AssertionError("the failing commit was swallowed")
    other = kind(sessionmaker(engine))
    with unit, other:
        assert unit.session is not other.session
        try:
            with unit:
                pass
        except RuntimeError:
            pass
        else:
            raise AssertionError("one unit was entered twice")
    assert count(model, database) == 2
    kept = [value for value in vars(unit).values() if hasattr(value, "count")]
    for repository in kept:
        try:
            repository.count()
        except sa.exc.InvalidRequestError:
            pass
        else:
            raise AssertionError("a repository works on after its unit has ended")
    assert engine.pool.checkedout() == 0
    engine.dispose()
