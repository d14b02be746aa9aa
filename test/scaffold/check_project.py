"""Run what was scaffolded: python check_project.py BASE MODULE... in the project's source folder.

BASE is `module:Class`. The tables are made on SQLite and in a new database of the PostgreSQL server named
by DBPATTERNS_TEST_POSTGRES, compared by Alembic's autogenerate, and used through each repository.
With --no-repositories the repositories are left out, for code that this Python is too old for.
"""

import asyncio
import contextlib
import datetime as dt
import decimal
import enum
import importlib
import inspect
import os
import pathlib
import sys
import uuid

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session, configure_mappers

sys.path.insert(0, os.getcwd())


def load(base_name, modules):
    for module in modules:
        importlib.import_module(module)
    module, _, name = base_name.partition(":")
    base = getattr(importlib.import_module(module), name)
    configure_mappers()
    return base


def uses_postgresql_types(metadata):
    return any(
        type(column.type).__module__.startswith("sqlalchemy.dialects.postgresql")
        and not column.type._variant_mapping
        for table in metadata.tables.values()
        for column in table.columns
    )


DATABASE = f"scaffold_{os.getpid()}"


def postgresql_url(driver, database=DATABASE):
    url = sa.make_url(os.environ["DBPATTERNS_TEST_POSTGRES"])
    return url.set(drivername=f"postgresql+{driver}", database=database)


@contextlib.contextmanager
def new_database():
    server = sa.create_engine(postgresql_url("psycopg", "postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {DATABASE}")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    server.dispose()


def check_tables(base):
    if not uses_postgresql_types(base.metadata):
        base.metadata.create_all(sa.create_engine("sqlite://"))
    engine = sa.create_engine(postgresql_url("psycopg"))
    base.metadata.create_all(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, base.metadata)
    assert not found, found
    engine.dispose()


def value_for(column, number):
    kind = column.type
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return next(iter(kind.enum_class))
    python = kind.python_type if not isinstance(kind, sa.JSON) else dict
    return {
        int: number,
        str: f"{number}"[: getattr(kind, "length", None) or 40],
        bool: True,
        float: 1.5,
        decimal.Decimal: decimal.Decimal(number),
        dt.date: dt.date(2026, 1, 1) + dt.timedelta(days=number),
        dt.datetime: dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc) + dt.timedelta(days=number),
        uuid.UUID: uuid.UUID(int=number),
        dict: {"a": number},
    }[python]


def sample(model, session, number):
    """An object of the model, with the rows that it needs."""
    values = {}
    for prop in sa.inspect(model).column_attrs:
        column = prop.columns[0]
        if column.foreign_keys and not column.nullable:
            target = next(iter(column.foreign_keys)).column.table
            mapper = next(m for m in model.registry.mappers if m.local_table is target)
            other = sample(mapper.class_, session, number)
            session.add(other)
            session.flush()
            values[prop.key] = sa.inspect(other).identity[0]
        elif not (column.nullable or column.primary_key or column.server_default is not None):
            values[prop.key] = value_for(column, number)
    return model(**values)


def repositories():
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


def check_repository_sync(kind):
    engine = sa.create_engine(postgresql_url("psycopg"))
    with Session(engine) as session:
        async def make(number):
            return sample(kind.model, session, number)

        asyncio.run(use(kind(session), make))
        session.rollback()
    engine.dispose()


def check_repository_async(kind):
    async def main():
        engine = create_async_engine(postgresql_url("asyncpg"))
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async def make(number):
                return await session.run_sync(lambda sync: sample(kind.model, sync, number))

            await use(kind(session), make)
            await session.rollback()
        await engine.dispose()

    asyncio.run(main())


def main():
    base_name, *modules = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    base = load(base_name, modules)
    found = [] if "--no-repositories" in sys.argv else list(repositories())
    with new_database():
        check_tables(base)
        for kind in found:
            waits = inspect.iscoroutinefunction(kind.get)
            (check_repository_async if waits else check_repository_sync)(kind)
    print(f"{len(base.metadata.tables)} tables, {len(found)} repositories, SQLAlchemy {sa.__version__}")


main()
