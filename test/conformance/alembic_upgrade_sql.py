"""The SQL that Alembic itself writes for each revision's upgrade on PostgreSQL, without a connection.

Arguments: a versions folder, then folders for the import path. Used by `alembic-schema.ts`.
"""

from __future__ import annotations

import io
import json
import sys

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script import base as script_base

import alembic_oracle


def upgrade_sql(script, revision):
    output = io.StringIO()
    options = {"as_sql": True, "output_buffer": output, "literal_binds": True, "fn": lambda *_: []}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    environment = EnvironmentContext(Config(), script, as_sql=True)
    environment._migration_context = context
    error = None
    with environment, Operations.context(context):
        try:
            revision.module.upgrade()
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"[:200]
    return {"id": revision.revision, "sql": output.getvalue(), "error": error}


if __name__ == "__main__":
    folder, *roots = sys.argv[1:]
    sys.path[:0] = roots
    sys.meta_path.insert(0, alembic_oracle.PatientFinder(roots))
    sys.meta_path.append(alembic_oracle.StubFinder())
    script_base.util.load_python_file = alembic_oracle.load_statements
    scripts = ScriptDirectory(folder, version_locations=[folder])
    revisions = reversed(list(scripts.walk_revisions()))
    json.dump([upgrade_sql(scripts, revision) for revision in revisions], sys.stdout)
