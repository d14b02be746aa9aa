"""Revisions that running code survives: python recipes.py CASES.json. Up, down and up again on tables with rows.

Prints the outcomes as JSON.
"""

import json
import os
import sys
import traceback

import databases
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

ROWS = "INSERT INTO orders (note) SELECT 'note ' || n FROM generate_series(1, 2500) n"


def run(case, number):
    with databases.new_database("postgresql", f"recipe_{number}_{os.getpid()}", case["folder"]) as database:
        os.environ["DATABASE_URL"] = database.text()
        os.chdir(case["folder"])
        config = Config("alembic.ini")
        engine = sa.create_engine(database.url(), poolclass=sa.NullPool)

        def execute(sql):
            with engine.begin() as connection:
                return connection.exec_driver_sql(sql)

        command.upgrade(config, "first")
        execute(ROWS)
        command.upgrade(config, "step1")
        if case["meanwhile"]:
            execute(case["meanwhile"])
        command.upgrade(config, "head")
        with engine.connect() as connection:
            assert connection.exec_driver_sql(case["holds"]).scalar_one(), case["holds"]
        command.downgrade(config, "first")
        with engine.connect() as connection:
            empty = connection.exec_driver_sql("SELECT count(*) FROM orders WHERE note IS NULL OR note = ''").scalar_one()
            columns = {column["name"]: column["nullable"] for column in sa.inspect(connection).get_columns("orders")}
        assert empty == 0, empty
        assert columns == {"id": False, "note": False, "remark": True, "order": True}, columns
        command.upgrade(config, "head")
        with engine.connect() as connection:
            assert connection.exec_driver_sql(case["holds"]).scalar_one(), case["holds"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    outcomes = []
    for number, case in enumerate(cases):
        state, output = "passed", ""
        try:
            run(case, number)
        except BaseException:
            state, output = "failed", traceback.format_exc(limit=-6)
        outcomes.append({"name": f"migration: {case['name']}", "state": state, "output": output})
    print(json.dumps(outcomes))


main()
