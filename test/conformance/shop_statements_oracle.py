"""What SQLAlchemy makes of the statements of the sample shop's repositories.

Usage: shop_statements_oracle.py SHOP > JSON list of {file, function, sql}. Every public method of every repository is
called with each combination of plausible arguments, on a session that notes the statements instead of sending them.
"""

import asyncio
import collections.abc
import dataclasses
import datetime
import importlib
import inspect
import itertools
import json
import pkgutil
import sys
import typing
import uuid
from unittest.mock import MagicMock

from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import configure_mappers

PLAIN = {
    int: [7],
    float: [0.5],
    str: ["text"],
    bool: [True],
    uuid.UUID: [uuid.UUID(int=1)],
    datetime.datetime: [datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)],
}


def values_of(annotation):
    """Return the values to try for a parameter, or None where it cannot be given."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        choices = [values_of(hints[field.name]) for field in dataclasses.fields(annotation)]
        return None if None in choices else [annotation(*chosen) for chosen in itertools.product(*choices)]
    arguments = typing.get_args(annotation)
    if type(None) in arguments:
        inner = values_of(next(each for each in arguments if each is not type(None)))
        return None if inner is None else [None, *inner]
    origin = typing.get_origin(annotation)
    if inspect.isclass(origin) and issubclass(origin, collections.abc.Iterable) and arguments:
        inner = values_of(arguments[0])
        return None if inner is None else [inner[:1]]
    return None


def calls_of(method):
    """Yield the keyword arguments of each call to try."""
    hints = typing.get_type_hints(method)
    names = [
        each.name
        for each in inspect.signature(method).parameters.values()
        if each.kind is not inspect.Parameter.VAR_POSITIONAL
    ]
    choices = [values_of(hints[name]) for name in names]
    if None in choices:
        return
    for chosen in itertools.product(*choices):
        yield dict(zip(names, chosen, strict=True))


class NotingSession:
    """A session that sends nothing."""

    def __init__(self, folder):
        self.folder = folder
        self.noted = []

    async def execute(self, statement, *_):
        frame = sys._getframe(1)
        sql = str(
            statement.compile(
                dialect=PGDialect(paramstyle="numeric_dollar"), compile_kwargs={"render_postcompile": True}
            )
        )
        file = frame.f_code.co_filename.removeprefix(self.folder + "/")
        self.noted.append({"file": file, "function": frame.f_code.co_name, "sql": sql})
        return MagicMock()

    scalar = scalars = execute

    def get_bind(self):
        bind = MagicMock()
        bind.dialect.name = "postgresql"
        return bind

    def __getattr__(self, _):
        return MagicMock()


def repositories():
    """Yield every concrete repository class."""
    package = importlib.import_module("app.repositories")
    for module in pkgutil.iter_modules(package.__path__):
        for name, value in vars(importlib.import_module(f"app.repositories.{module.name}")).items():
            own = inspect.isclass(value) and value.__module__ == f"app.repositories.{module.name}"
            if own and name.endswith("Repository") and name != "Repository":
                yield value


async def call_all(session):
    for repository in repositories():
        for name, method in inspect.getmembers(repository, inspect.iscoroutinefunction):
            if name.startswith("_"):
                continue
            bound = getattr(repository(session), name)
            for arguments in calls_of(bound):
                await bound(**arguments)


def main():
    folder = sys.argv[1]
    sys.path.insert(0, folder)
    session = NotingSession(folder)
    importlib.import_module("app.models")
    configure_mappers()
    asyncio.run(call_all(session))
    json.dump(session.noted, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
