"""Every repository of a project, used on a database that has its tables."""

import asyncio
import importlib
import inspect
import pathlib

import sqlalchemy as sa
from models import sample
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session


def repositories():
    """The classes of every folder called repositories."""
    for path in sorted(pathlib.Path.cwd().rglob("repositories/*.py")):
        if path.stem in ("__init__", "base"):
            continue
        name = ".".join(path.relative_to(pathlib.Path.cwd()).with_suffix("").parts)
        module = importlib.import_module(name)
        for _, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == name:
                yield found


async def finished(value):
    return await value if inspect.isawaitable(value) else value


async def use(repository, make):
    model = repository.model
    first, second, third = [await make(number) for number in (1, 2, 3)]
    assert await finished(repository.add(first)) is first
    await finished(repository.add_many([second, third]))
    key = sa.inspect(first).identity
    assert await finished(repository.get(*key)) is first
    assert await finished(repository.get_one(*key)) is first
    assert await finished(repository.count()) == 3
    assert await finished(repository.exists(sa.inspect(model).primary_key[0] == key[0]))
    assert len(await finished(repository.list(limit=2))) == 2
    assert len(await finished(repository.list(offset=2))) == 1
    assert await finished(repository.update(first, {})) is first
    if hasattr(repository, "page"):
        await check_pages(repository)
        await check_upsert(repository, second)
    try:
        await finished(repository.update(first, {"no_such_column": 1}))
    except AttributeError:
        pass
    else:
        raise AssertionError("an unknown column was taken")
    await finished(repository.delete(first))
    assert await finished(repository.get(*key)) is None
    assert await finished(repository.count()) == 2
    if hasattr(model, "updated_at"):
        mapped = sa.inspect(model).column_attrs
        other = next((p.key for p in mapped if isinstance(p.columns[0].type, sa.String) and not isinstance(p.columns[0].type, sa.Enum)), None)
        if other:
            await finished(repository.update(second, {other: "changed"}))
            assert second.updated_at is not None


async def check_pages(repository):
    seen, after = [], ()
    while rows := await finished(repository.page(after=after, limit=2)):
        seen.extend(rows)
        after = sa.inspect(rows[-1]).identity
    assert seen == list(await finished(repository.list())), seen


async def check_upsert(repository, row):
    mapper = sa.inspect(repository.model)
    values = {prop.key: getattr(row, prop.key) for prop in mapper.column_attrs if getattr(row, prop.key) is not None}
    keys = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    texts = [prop.key for prop in mapper.column_attrs if type(prop.columns[0].type) in (sa.String, sa.Text)]
    values |= {name: "other" for name in texts[:1]}
    before = await finished(repository.count())
    assert await finished(repository.upsert(values, *keys)) is row
    assert await finished(repository.count()) == before
    assert all(getattr(row, name) == "other" for name in texts[:1])


def check_sync(kind, database):
    engine = sa.create_engine(database.url("sync"))
    with Session(engine) as session:
        async def make(number):
            return sample(kind.model, session, number)

        asyncio.run(use(kind(session), make))
        session.rollback()
    engine.dispose()


def check_async(kind, database):
    async def main():
        engine = create_async_engine(database.url("async"))
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async def make(number):
                return await session.run_sync(lambda sync: sample(kind.model, sync, number))

            await use(kind(session), make)
            await session.rollback()
        await engine.dispose()

    asyncio.run(main())


def check(database):
    for kind in repositories():
        waits = inspect.iscoroutinefunction(kind.get)
        (check_async if waits else check_sync)(kind, database)
