"""The models of a project: loaded, made into tables, compared by Alembic, and given rows."""

import datetime as dt
import decimal
import importlib
import uuid
import warnings

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import configure_mappers


def load(base_name, modules):
    for module in modules:
        importlib.import_module(module)
    module, _, name = base_name.partition(":")
    base = getattr(importlib.import_module(module), name)
    with warnings.catch_warnings():
        warnings.simplefilter("error", sa.exc.SAWarning)
        configure_mappers()
    return base


def check_tables(base, database):
    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    base.metadata.create_all(engine)
    with engine.connect() as connection:
        options = {
            "compare_type": database.dialect == "postgresql",
            "compare_server_default": True,
            "include_schemas": any(table.schema for table in base.metadata.tables.values()),
        }
        found = compare_metadata(MigrationContext.configure(connection, opts=options), base.metadata)
    assert not found, found
    engine.dispose()


def value_for(column, number):
    kind = column.type
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return next(iter(kind.enum_class))
    # SQLModel's own type of strings leaves it to the type below.
    plain = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    python = plain.python_type if not isinstance(plain, sa.JSON) else dict
    return {
        int: number,
        str: f"{number}"[: getattr(kind, "length", None) or 40],
        bool: True,
        float: number + 0.5,
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
            mapper = next(m for m in sa.inspect(model).registry.mappers if m.local_table is target)
            made = session.info.setdefault("made", {})
            if (mapper.class_, number) not in made:
                made[mapper.class_, number] = sample(mapper.class_, session, number)
                session.add(made[mapper.class_, number])
                session.flush()
            other = made[mapper.class_, number]
            values[prop.key] = sa.inspect(other).identity[0]
        elif not (column.nullable or column.primary_key or column.server_default is not None):
            values[prop.key] = value_for(column, number)
    return model(**values)
