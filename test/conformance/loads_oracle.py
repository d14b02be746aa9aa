"""Runs the statements of a sample module on SQLite, and prints what SQLAlchemy sends to load their relationships.

Usage: loads_oracle.py FOLDER MODULE > JSON of {name: [sql]}, as SQLAlchemy writes them for PostgreSQL, in the order of sending, without the statement itself.
"""

import importlib
import json
import re
import sys

from sqlalchemy import Select, create_engine, event
from sqlalchemy.orm import Query, Session
from sqlalchemy.pool import StaticPool


def as_postgresql(sql):
    """The keys of an IN list as one parameter, and parameters by number."""
    limited = re.sub(r" LIMIT \? OFFSET \?", " LIMIT ?", sql)  # SQLite's has both
    one_list = re.sub(r" IN \((?:VALUES )?[?(), ]+\)", " IN (?)", limited)
    numbers = iter(range(1, 1000))
    return re.sub(r"\?", lambda _: f"${next(numbers)}", one_list)


def main():
    folder, name = sys.argv[1:]
    sys.path.insert(0, folder)
    module = importlib.import_module(name)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    module.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(module.rows())
        session.commit()
    result = {}
    for key, value in vars(module).items():
        if key.startswith("_") or not isinstance(value, (Select, Query)):
            continue
        sent = []

        def note(connection, cursor, sql, parameters, context, many):
            sent.append(as_postgresql(sql))

        event.listen(engine, "before_cursor_execute", note)
        with Session(engine) as session:
            if isinstance(value, Query):
                value.with_session(session).all()
            else:
                session.scalars(value).unique().all()
        event.remove(engine, "before_cursor_execute", note)
        result[key] = sent[1:]
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
