"""Run every snippet on PostgreSQL: python run_snippets.py SNIPPETS.json. Prints the outcomes as JSON.

Each runs in a process of its own, forked from this one: modules are imported, their async engines connect, and the
functions that tests put code into are called; revisions go up, down and up again; configurations are read by Alembic.
"""

import asyncio
import functools
import inspect
import json
import os
import pathlib
import shutil
import sys
from configparser import ConfigParser

import children
import databases
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncEngine

sys.path.insert(0, "")
VERSION = sa.__version__.rpartition(".")[0]


async def run_example(module):
    """Call what the code was put into, with arguments of its types."""
    from app.database import Session, engine
    from app.models import Customer, Order, Product

    async with Session() as session:
        customer = Customer(email="a@example.org", name="A")
        session.add(customer)
        await session.flush()
        order = Order(customer_id=customer.id, status="new", total=200, reference="r")
        session.add(order)
        await session.commit()
        values = {
            "session": session,
            "key": customer.id,
            "email": customer.email,
            "minimum": 100,
            "after": order,
            "items": [("B-1", "Coffee"), ("B-2", "Milk")],
            "customer": customer,
        }
        wanted = inspect.signature(module.example).parameters
        await module.example(**{name: values[name] for name in wanted})
        await session.rollback()
        await session.execute(sa.delete(Order))
        await session.execute(sa.delete(Customer))
        await session.execute(sa.delete(Product))
        await session.commit()
    await engine.dispose()


async def connect(engine):
    """With what the engine's events do to a new connection."""
    if engine.dialect.name == "postgresql":
        # What a new connection was prepared with is there for whoever takes it next, too.
        assert await settings(engine) == await settings(engine)
    async with engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT 1")) == 1
        if engine.dialect.name == "sqlite":
            assert await connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    await engine.dispose()


async def settings(engine):
    """Of the session, on a connection that has just been made or was rolled back."""
    statement = sa.text("SELECT name, setting FROM pg_settings WHERE source = 'session' ORDER BY name")
    async with engine.connect() as connection:
        return (await connection.execute(statement)).all()


def run_module(path):
    name = path.removesuffix(".py").replace("/", ".")
    module = __import__(name, fromlist=["example"])
    for value in vars(module).values():
        if isinstance(value, AsyncEngine):
            asyncio.run(connect(value))
    if hasattr(module, "example"):
        asyncio.run(run_example(module))


def alembic_config(script_location, url):
    config = Config()
    config.set_main_option("script_location", script_location)
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def run_revision(path, folder):
    """Up, down and up again, behind the revision that makes the tables."""
    own = pathlib.Path(folder, f"run-{VERSION}", pathlib.Path(path).stem)
    versions = own / "versions"
    versions.mkdir(parents=True)
    shutil.copy("migrations/env.py", own)
    shutil.copy("migrations/versions/first.py", versions)
    shutil.copy(path, versions)
    with databases.new_database("postgresql", f"snippet_{own.name}", folder) as database:
        config = alembic_config(str(own), database.text())
        command.upgrade(config, "a00000000001")
        engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO products (sku, name) VALUES ('A-1', 'Tea')")
            connection.exec_driver_sql(
                "INSERT INTO orders (product_id, status, total, reference, legacy_code)"
                " SELECT id, 'new', 1, 'r', 'l' FROM products"
            )
        command.upgrade(config, "head")
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE orders SET total = total + 1")
        command.downgrade(config, "-1")
        command.upgrade(config, "head")


def run_environment(path, folder):
    """An env.py runs the migrations, and shows them offline."""
    own = pathlib.Path(folder, f"run-{VERSION}", pathlib.Path(path).stem)
    (own / "versions").mkdir(parents=True)
    shutil.copy(path, own / "env.py")
    shutil.copy("migrations/versions/first.py", own / "versions")
    with databases.new_database("postgresql", f"snippet_{own.name}", folder) as database:
        # psycopg speaks both ways.
        config = alembic_config(str(own), database.text())
        command.upgrade(config, "head")
        command.downgrade(config, "base")
        command.upgrade(config, "head", sql=True)


def read_configuration(path):
    """As Alembic reads it, and as logging does, which reads formats raw."""
    config = Config(path)
    sections = [name for name in config.file_config.sections() if not name.startswith("formatter")]
    for section in sections:
        config.get_section(section)
    assert sections
    raw = ConfigParser()
    raw.read(path)
    for section in raw.sections():
        for key in raw[section]:
            raw.get(section, key, raw=True)


def run(snippet, folder):
    kind, path = snippet["kind"], snippet["path"]
    if kind == "module":
        run_module(path)
    elif kind == "revision":
        run_revision(path, folder)
    elif kind == "environment":
        run_environment(path, folder)
    else:
        read_configuration(path)


def in_child(snippet, folder):
    name = f"{snippet['name']}: run, SQLAlchemy {VERSION}"
    return children.outcome(name, *children.start(functools.partial(run, snippet, folder)))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        work = json.load(file)
    os.chdir(work["folder"])
    with databases.new_database("postgresql", f"snippets_{os.getpid()}", work["folder"]) as database:
        for name in ("DATABASE_URL", "PRIMARY_URL", "REPLICA_URL"):
            os.environ[name] = database.text("async")
        # In a child: this process keeps no model of the project.
        made = children.outcome("tables", *children.start(functools.partial(make_tables, database)))
        assert made["state"] == "passed", made["output"]
        print(json.dumps([in_child(snippet, work["folder"]) for snippet in work["snippets"]]))


def make_tables(database):
    from app.models import Base

    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    Base.metadata.create_all(engine)


main()
