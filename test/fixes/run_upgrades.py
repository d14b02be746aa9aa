"""Runs revisions with Alembic on PostgreSQL and says what schema each one leaves.

Reads JSON from standard input: `{"url", "folder", "prepare", "file", "cases": [{"text": revision, "setup": SQL}]}`. `folder`
holds a project whose revision is written to `file` before each run; `prepare` is SQL that runs after the revision before it.
Prints one answer a case: `{"facts": [...]}`, or `{"error": ...}`.
"""

import json
import os
import sys

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

FACTS = (
    """SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated)
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0
       AND NOT a.attisdropped""",
    """SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    """SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid) FROM pg_index
       JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace""",
    """SELECT concat_ws(' ', 'enum', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder))
       FROM pg_enum JOIN pg_type t ON t.oid = enumtypid GROUP BY typname""",
    """SELECT concat_ws(' ', 'relation', relkind, relname) FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')""",
    "SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT concat_ws(' ', 'schema', nspname) FROM pg_namespace WHERE nspname !~ '^pg_'",
)


def fresh(connection):
    schemas = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
    for (schema,) in connection.execute(sa.text(schemas)).all():
        connection.execute(sa.text(f'DROP SCHEMA "{schema}" CASCADE'))
    connection.execute(sa.text("CREATE SCHEMA public"))


def run(request, case, engine):
    with engine.begin() as connection:
        fresh(connection)
    with open(request["file"], "w") as file:
        file.write(case["text"])
    config = Config(os.path.join(request["folder"], "alembic.ini"))
    try:
        command.upgrade(config, "a1")
        with engine.begin() as connection:
            connection.exec_driver_sql(f"{request['prepare']};{case['setup']}")
        command.upgrade(config, "b2")
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
    with engine.connect() as connection:
        return {"facts": sorted(row[0] for query in FACTS for row in connection.exec_driver_sql(query))}


def main():
    request = json.load(sys.stdin)
    os.chdir(request["folder"])
    sys.path.insert(0, request["folder"])
    sys.dont_write_bytecode = True
    output, sys.stdout = sys.stdout, sys.stderr
    engine = sa.create_engine(request["url"])
    json.dump([run(request, case, engine) for case in request["cases"]], output)


main()
