"""Models that were written from a database: what they make elsewhere is that database again, by PostgreSQL's own catalog."""

import pathlib

import databases
import sqlalchemy as sa
from models import load

CATALOG = """
SELECT 'column', c.oid::regclass::text || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
    a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text IN ('public', 'billing')
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE conrelid <> 0 AND contype <> 'n' AND connamespace::regnamespace::text IN ('public', 'billing')
UNION ALL SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace::regnamespace::text IN ('public', 'billing')
UNION ALL SELECT 'enum', enumtypid::regtype::text, string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum GROUP BY 2
UNION ALL SELECT 'domain', oid::regtype::text, concat_ws(' ', format_type(typbasetype, typtypmod), typnotnull, typdefault)
  FROM pg_type WHERE typtype = 'd' AND typnamespace = 'public'::regnamespace
UNION ALL SELECT 'table', oid::regclass::text, obj_description(oid)
  FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'billing')
"""


def run_script(path, database):
    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute(pathlib.Path(path).read_text(encoding="utf-8"))
        connection.connection.driver_connection.commit()


def catalog(engine):
    with engine.connect() as connection:
        return {(kind, name): text for kind, name, text in connection.exec_driver_sql(CATALOG)}


def check(project, database):
    base = load(project["base"], project["models"])
    source = sa.create_engine(database.url(), poolclass=sa.NullPool)
    with databases.new_database("postgresql", f"{database.url().database}_again", project["folder"]) as other:
        copy = sa.create_engine(other.url(), poolclass=sa.NullPool)
        with copy.begin() as connection:
            for name in ("citext", "hstore"):
                connection.exec_driver_sql(f"CREATE EXTENSION {name}")
            connection.exec_driver_sql("CREATE SCHEMA billing")
        base.metadata.create_all(copy)
        there, here = catalog(source), catalog(copy)
    differing = {key: (there.get(key), here.get(key)) for key in there.keys() | here.keys() if there.get(key) != here.get(key)}
    # A serial that is no primary key: SQLAlchemy asks the sequence itself.
    assert list(differing) in ([], [("column", "orders.number")]), differing
