"""Set Up Alembic for several databases, on two real ones: each section makes, checks and takes back its own revisions."""

import contextlib
import os
import pathlib

import databases
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from generated_tests import drop_enums

SECTIONS = ("primary", "analytics")


def check(project, database):
    root = pathlib.Path(project["folder"])
    os.chdir(root)
    with contextlib.ExitStack() as stack:
        urls = {}
        for section in SECTIONS:
            name = f"{database.url().database}_{section}"
            own = stack.enter_context(databases.new_database("postgresql", name, project["folder"]))
            os.environ[f"{section.upper()}_DATABASE_URL"] = own.text()
            urls[section] = own.url()
        for section in SECTIONS:
            check_section(root, section)
            later = SECTIONS[SECTIONS.index(section) + 1 :]
            assert all(tables(urls[each]) == set() for each in later), f"{section} has written into another database"
            assert {"alembic_version", "customers"} <= tables(urls[section]), tables(urls[section])
        check_one_alone(root, urls)
    for path in (root / "migrations" / "versions").glob("*/*.py"):
        path.unlink()


def check_section(root, section):
    config = Config(root / "alembic.ini", ini_section=section)
    # Without a revision, the models are ahead.
    with pytest.raises(CommandError):
        command.check(config)
    written = pathlib.Path(command.revision(config, f"first of {section}", autogenerate=True).path)
    assert written.parent == root / "migrations" / "versions" / section, written
    drop_enums(written)
    command.upgrade(config, "heads")
    command.check(config)
    command.downgrade(config, "base")
    command.upgrade(config, "heads")
    command.check(config)
    command.upgrade(config, "heads", sql=True)


def check_one_alone(root, urls):
    command.downgrade(Config(root / "alembic.ini", ini_section="analytics"), "base")
    assert "customers" not in tables(urls["analytics"])
    assert "customers" in tables(urls["primary"])


def tables(url):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return set(sa.inspect(engine).get_table_names())
