"""Compiles the statements that sample modules bind to names, as SQLAlchemy's PostgreSQL dialect prints them.

Usage: statements_oracle.py FOLDER MODULE… > JSON of {module: {name: sql}}. Binds print as $1…$n; names that begin
with an underscore are parts of others.
"""

import importlib
import json
import sys
import warnings

from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.orm import configure_mappers, Query
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import CTE, GenerativeSelect, TextualSelect
from sqlalchemy.sql.dml import UpdateBase


def statement_of(value):
    if isinstance(value, Query):
        return value._statement_20()
    if isinstance(value, (GenerativeSelect, UpdateBase, TextClause, TextualSelect)) and not isinstance(value, CTE):
        return value
    return None


def compiled(statement):
    dialect = PGDialect(paramstyle="numeric_dollar")
    try:
        return str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))
    except Exception as error:  # the sample is wrong: say so where it is looked for
        return f"{type(error).__name__}: {error}"


def main():
    folder, *names = sys.argv[1:]
    sys.path.insert(0, folder)
    warnings.simplefilter("ignore")
    result = {}
    for name in names:
        module = importlib.import_module(name)
        configure_mappers()
        found = {key: statement_of(value) for key, value in vars(module).items()}
        result[name] = {key: compiled(value) for key, value in found.items() if value is not None and not key.startswith("_")}
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
