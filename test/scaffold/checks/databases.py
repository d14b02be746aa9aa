"""A new database for one project: a file for SQLite, or one on the server named by DBPATTERNS_TEST_POSTGRES."""

import contextlib
import os

import sqlalchemy as sa

DRIVERS = {
    ("postgresql", "async"): "postgresql+asyncpg",
    ("postgresql", "sync"): "postgresql+psycopg",
    ("sqlite", "async"): "sqlite+aiosqlite",
    ("sqlite", "sync"): "sqlite+pysqlite",
}


class Database:
    """Where one check may make tables; it is empty, and gone afterwards."""

    def __init__(self, dialect, url):
        self.dialect = dialect
        self._url = url

    def url(self, concurrency="sync", driver=None):
        return self._url.set(drivername=driver or DRIVERS[self.dialect, concurrency])

    def text(self, concurrency="sync", driver=None):
        return self.url(concurrency, driver).render_as_string(hide_password=False)


@contextlib.contextmanager
def new_database(dialect, name, folder):
    if dialect == "sqlite":
        path = os.path.join(folder, f"{name}.sqlite")
        yield Database(dialect, sa.make_url(f"sqlite:///{path}"))
        if os.path.exists(path):
            os.remove(path)
        return
    server = sa.make_url(os.environ["DBPATTERNS_TEST_POSTGRES"]).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield Database(dialect, server.set(database=name))
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
