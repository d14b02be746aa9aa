"""The tests that were scaffolded, run on the project's database; before them, a first revision is written by Alembic."""

import os
import pathlib
import re
import sys

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def check(project, database):
    root = pathlib.Path(project["folder"])
    os.chdir(root)
    os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"]
    sys.dont_write_bytecode = True
    if (root / "alembic.ini").exists():
        empty(project, database)
        written = command.revision(Config(root / "alembic.ini"), "first", autogenerate=True)
        drop_enums(pathlib.Path(written.path))
    arguments = ["-q", "--tb=short", "-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning", str(root / "tests")]
    code = pytest.main(arguments)
    assert code == 0, code
    revisions = root / "migrations" / "versions"
    for path in revisions.glob("*.py"):
        path.unlink()


def drop_enums(path):
    """Alembic's autogenerate leaves the types of enums behind: its user has to add this."""
    names = sorted(set(re.findall(r"sa\.Enum\([^)]*name=.(\w+).", path.read_text())))
    drops = "".join(f"    sa.Enum(name={name!r}).drop(op.get_bind())\n" for name in names)
    path.write_text(path.read_text().rstrip("\n") + "\n" + drops)


def empty(project, database):
    import importlib

    module, _, name = project["base"].partition(":")
    metadata = getattr(importlib.import_module(module), name).metadata
    engine = sa.create_engine(database.url(), poolclass=sa.NullPool)
    metadata.drop_all(engine)
