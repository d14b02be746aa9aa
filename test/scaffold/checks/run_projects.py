"""Run what was scaffolded: python run_projects.py PROJECTS.json, where each project tells its folder and modules.

Every project runs in a process of its own, forked from this one, which has the packages loaded already: once on
SQLite, once on PostgreSQL. Prints one JSON object: the outcomes by name, with what was printed.
"""

import functools
import importlib
import json
import os
import sys
import warnings

import children
import databases
import existing_database
import models
import repositories
import sqlalchemy as sa

for package in ("aiosqlite", "alembic.command", "asyncpg", "fastapi", "psycopg", "pytest", "pytest_asyncio"):
    importlib.import_module(package)

sys.path.insert(0, "")
VERSION = sa.__version__.rpartition(".")[0]


def run_project(project, dialect):
    os.chdir(os.path.join(project["folder"], project["source"]))
    sys.path.insert(0, os.getcwd())
    name = f"scaffold_{project['name'].replace('-', '_')}_{VERSION.replace('.', '')}_{os.getpid()}"
    # A name that SQLAlchemy is going to drop is no name for a template.
    warnings.simplefilter("error", sa.exc.SADeprecationWarning)
    os.environ["DATABASE_PATTERNS_TELEMETRY"] = os.path.join(project["folder"], ".telemetry")
    with databases.new_database(dialect, name, project["folder"]) as database:
        os.environ["DATABASE_URL"] = database.text(project.get("concurrency", "sync"), project.get("driver"))
        if project.get("script"):
            existing_database.run_script(project["script"], database)
        base = models.load(project["base"], project["models"])
        models.check_tables(base, database)
        repositories.check(database)
        for use in project.get("uses", []):
            importlib.import_module(use).check(project, database)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        projects = json.load(file)
    waiting = [(project, dialect) for project in projects for dialect in project["dialects"]]
    outcomes, running = [], []
    while waiting or running:
        while waiting and len(running) < 2:
            project, dialect = waiting.pop(0)
            running.append((project, dialect, *children.start(functools.partial(run_project, project, dialect))))
        project, dialect, child, reader = running.pop(0)
        name = f"{project['name']}: run on {dialect}, SQLAlchemy {VERSION}"
        outcomes.append(children.outcome(name, child, reader))
    print(json.dumps(outcomes))


main()
