"""Runs written revisions with Alembic and says what its own autogenerate would have written.

Reads JSON from standard input: `{"url": …, "cases": [{"name", "before", "after", "versions", "module"}]}`, where the two
models are Python source (or null for the package that `module` names) and `versions` is a folder whose newest revision
is the one in question. Prints one JSON answer a case.
"""

import json
import sys
import traceback
from importlib import import_module

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

SCHEMAS = ("public", "extra")


def metadata_of(source, module):
    """The metadata of models given as source, or of an importable package."""
    if source is None:
        import_module(module)
        return import_module("app.db.base").Base.metadata
    namespace = {"__name__": "models"}
    exec(compile(source, "models.py", "exec"), namespace)
    return namespace["Base"].metadata


def options(metadata):
    return {
        "target_metadata": metadata,
        "compare_type": True,
        "compare_server_default": True,
        "include_schemas": any(table.schema for table in metadata.tables.values()),
        "include_name": lambda name, kind, parents: kind != "schema" or name in (None, *SCHEMAS),
        "transaction_per_migration": True,
    }


def run(connection, script, metadata, steps):
    def revisions(current, context):
        return steps(current)

    with EnvironmentContext(Config(), script, fn=revisions) as environment:
        environment.configure(connection=connection, **options(metadata))
        with environment.begin_transaction():
            environment.run_migrations()
    if connection.in_transaction():
        connection.commit()


def produced(connection, metadata):
    given = options(metadata)
    context = MigrationContext.configure(connection, opts=given)
    migrations = produce_migrations(context, metadata)
    connection.rollback()
    return migrations.upgrade_ops


def names_of(constraint):
    return ",".join(column.name for column in constraint.columns)


def flat(diffs):
    for diff in diffs:
        if isinstance(diff, list):
            yield from flat(diff)
        else:
            yield diff


def tell(diff):
    """One line a difference, in the words of `check.ts`."""
    kind, *rest = diff
    match kind:
        case "add_table" | "remove_table":
            return f"{kind.split('_')[0]} table {rest[0].name}"
        case "add_column" | "remove_column":
            return f"{kind.split('_')[0]} column {rest[1]}.{rest[2].name}"
        case "add_index" | "remove_index":
            return f"{kind.split('_')[0]} index {rest[0].name} on {rest[0].table.name}"
        case "add_fk" | "remove_fk":
            return f"{kind.split('_')[0]} foreign-key {rest[0].parent.name} ({names_of(rest[0])})"
        case "add_constraint" | "remove_constraint":
            what = type(rest[0]).__name__.removesuffix("Constraint").lower()
            return f"{kind.split('_')[0]} {what} {rest[0].table.name} ({names_of(rest[0]) if what == 'unique' else rest[0].name})"
        case "add_table_comment" | "remove_table_comment":
            return f"comment table {rest[0].name}"
        case _:
            return f"alter column {rest[1]}.{rest[2]} {kind.removeprefix('modify_')}"


def answer(connection, case):
    for schema in SCHEMAS:
        connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    connection.commit()
    before = metadata_of(case["before"], case["module"])
    after = metadata_of(case["after"], case["module"])
    script = ScriptDirectory(case["versions"], version_locations=[case["versions"]])
    head = script.get_current_head()
    parents = script.get_revision(head)._versioned_down_revisions
    run(connection, script, before, lambda current: script._upgrade_revs(parents, current))
    operations = produced(connection, after)
    result = {
        "name": case["name"],
        "theirs": sorted(tell(diff) for diff in flat(operations.as_diffs())),
        "code": render_python_code(operations),
    }
    run(connection, script, after, lambda current: script._upgrade_revs("heads", current))
    result["left"] = [tell(diff) for diff in flat(produced(connection, after).as_diffs())]
    run(connection, script, before, lambda current: script._downgrade_revs("-1", current))
    if case["before"] is not None:
        result["back"] = [tell(diff) for diff in flat(produced(connection, before).as_diffs())]
    leftover = sa.text("SELECT typname FROM pg_type WHERE typtype = 'e' AND typname LIKE '%_before'")
    result["types"] = [row[0] for row in connection.execute(leftover)]
    connection.rollback()
    run(connection, script, after, lambda current: script._upgrade_revs("heads", current))
    result["again"] = [tell(diff) for diff in flat(produced(connection, after).as_diffs())]
    return result


def main():
    request = json.load(sys.stdin)
    engine = sa.create_engine(request["url"].replace("postgresql://", "postgresql+psycopg://", 1))
    answers = []
    with engine.connect() as connection:
        for case in request["cases"]:
            try:
                answers.append(answer(connection, case))
            except Exception:
                connection.rollback()
                answers.append({"name": case["name"], "error": traceback.format_exc(limit=-6)})
    json.dump(answers, sys.stdout)


main()
