"""Runs Alembic's own tests of revisions and writes down every revision map that they make.

`python alembic_own_maps.py SOURCE`, in the unpacked source distribution of the installed Alembic; prints JSON, one map as
`alembic-maps.ts` has it for each different one.
"""

import json
import os
import sys

import pytest
from alembic.script import revision
from alembic.util import to_tuple

TESTS = ("tests/test_revision.py", "tests/test_version_traversal.py")
maps = {}


def as_data(each):
    return {
        "id": each.revision,
        "down": list(to_tuple(each.down_revision, default=())),
        "dependsOn": list(to_tuple(each.dependencies, default=())),
        "branchLabels": sorted(each._orig_branch_labels),
    }


class RecordedMap(revision.RevisionMap):
    def __init__(self, generator):
        def recorded():
            revisions = list(generator())
            data = [as_data(each) for each in revisions]
            maps[json.dumps(data)] = data
            return revisions

        super().__init__(recorded)


def main(source):
    os.chdir(source)
    output = sys.stdout
    sys.stdout = sys.stderr
    revision.RevisionMap = RecordedMap
    code = pytest.main(["-q", "-p", "no:cacheprovider", *TESTS])
    if code != 0:
        sys.exit(f"Alembic's own tests ended with {code}")
    json.dump(list(maps.values()), output)


main(sys.argv[1])
