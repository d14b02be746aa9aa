"""What Alembic finds between a project's models and the database that its own revisions have built.

Arguments: the configuration file, `--differences` or `--newest`, and the section. Upgrades to all heads first, with the
project's own env.py; prints the differences of `compare_metadata` as JSON, named as `dbpatterns drift` names its operations.
`--newest` prints the path of the only head instead. Used by `drift.ts`.
"""

import json
import os
import sys

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

NAMES = {
    "add_table": "create-table",
    "remove_table": "drop-table",
    "add_column": "add-column",
    "remove_column": "drop-column",
    "add_index": "create-index",
    "remove_index": "drop-index",
    "add_constraint": "create-constraint",
    "remove_constraint": "drop-constraint",
    "add_fk": "create-constraint",
    "remove_fk": "drop-constraint",
    "add_table_comment": "comment-table",
    "remove_table_comment": "comment-table",
}


def operation(difference):
    kind, *rest = difference
    if kind.startswith("modify_"):
        schema, table, column = rest[:3]
        return ["alter-column", schema, table, column]
    name = NAMES[kind]
    if kind in ("add_column", "remove_column"):
        schema, table, column = rest
        return [name, schema, table, column.name]
    thing = rest[0]
    if name.endswith("-table"):
        return [name, thing.schema, thing.name, thing.name]
    return [name, thing.table.schema, thing.table.name, str(thing.name) if thing.name else None]


def flat(differences):
    for each in differences:
        if isinstance(each, list):
            yield from each
        else:
            yield each


def main(path, question, section):
    if path.endswith(".toml"):
        config = Config(toml_file=path, ini_section=section)
        folders = config.get_prepend_sys_paths_list() or []
    else:
        config = Config(path, ini_section=section)
        folders = (config.get_main_option("prepend_sys_path") or "").split(os.pathsep)
    # As the command does it, so that env.py finds the project's own modules.
    sys.path[:0] = [os.path.abspath(folder) for folder in folders if folder]
    scripts = ScriptDirectory.from_config(config)
    if question == "--newest":
        return os.path.abspath(scripts.get_revision("head").path)
    found = []

    def upgrade(current, context):
        return scripts._upgrade_revs("heads", current)

    def compare(current, context):
        metadata = context.opts["target_metadata"]
        if metadata is None:
            raise CommandError("env.py gives no target_metadata")
        found.extend(flat(compare_metadata(context, metadata)))
        return []

    with EnvironmentContext(config, scripts, fn=upgrade, destination_rev="heads"):
        scripts.run_env()
    with EnvironmentContext(config, scripts, fn=compare):
        scripts.run_env()
    return [operation(each) for each in found]


if __name__ == "__main__":
    printed, sys.stdout = sys.stdout, sys.stderr
    json.dump(main(*sys.argv[1:]), printed)
