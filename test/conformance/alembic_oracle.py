"""Alembic's own answers about revisions: the judge of `alembic.ts`.

Reads a list of questions as JSON from standard input and writes the answers to standard output. A subject is either a map
(revisions as data) or the version folders of a project. Files run statement by statement with missing imports stubbed and
failures ignored, since a project's own dependencies are not installed; everything from there on is Alembic.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import json
import os
import sys
import types
import warnings
from unittest import mock

from alembic.script import ScriptDirectory
from alembic.script import base as script_base
from alembic.script.revision import Revision, RevisionError, RevisionMap

warnings.simplefilter("ignore")


class StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module that nothing else finds, and gives it every name."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: _missing(name)
        return module

    def exec_module(self, module):
        return None


def _missing(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return mock.MagicMock(name=name)


class PatientFinder(importlib.abc.MetaPathFinder):
    """Finds the project's own modules, and runs them like its revisions."""

    def __init__(self, roots):
        self.roots = [os.path.join(root, "") for root in roots]

    def find_spec(self, name, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec and spec.origin and any(spec.origin.startswith(root) for root in self.roots):
            spec.loader = PatientLoader(name, spec.origin)
            return spec
        return None


class PatientLoader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module):
        run_statements(module, self.path)


def load_statements(folder, filename):
    path = os.path.join(folder, filename)
    module = types.ModuleType(os.path.splitext(filename)[0])
    module.__file__ = path
    run_statements(module, path)
    return module


def run_statements(module, path):
    with open(path, "rb") as file:
        tree = ast.parse(file.read(), path)
    for statement in tree.body:
        try:
            exec(compile(ast.Module([statement], []), path, "exec"), module.__dict__)
        except Exception:
            pass
    module.__doc__ = ast.get_docstring(tree, clean=False)


def answer(subject):
    script = ScriptDirectory.__new__(ScriptDirectory)
    try:
        if "folders" in subject:
            sys.path[:0] = subject["roots"]
            sys.meta_path.insert(0, PatientFinder(subject["roots"]))
            sys.meta_path.append(StubFinder())
            script_base.util.load_python_file = load_statements
            script = ScriptDirectory(
                subject["folders"][0],
                version_locations=subject["folders"],
                recursive_version_locations=subject["recursive"],
            )
        else:
            script.revision_map = RevisionMap(lambda: [to_revision(each) for each in subject["map"]])
        revisions = script.revision_map
        revisions._revision_map
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "heads": list(revisions.heads),
        "bases": list(revisions.bases),
        "effectiveHeads": list(revisions._real_heads),
        "revisions": {
            rev.revision: {
                "down": list(rev._versioned_down_revisions),
                "dependencies": sorted(rev._resolved_dependencies),
                "ownDependencies": sorted(rev._normalized_resolved_dependencies),
                "next": sorted(rev.nextrev),
                "labels": sorted(rev.branch_labels),
                "message": getattr(rev, "doc", None),
            }
            for rev in {id(rev): rev for rev in revisions._revision_map.values() if rev}.values()
        },
        "walk": attempt(lambda: [rev.revision for rev in script.walk_revisions()]),
        "resolve": [
            attempt(lambda: [rev.revision for rev in revisions._parse_upgrade_target((), symbol, True) if rev and rev != "base"])
            for symbol in subject["symbols"]
        ],
        "upgrades": [attempt(lambda: upgrade(script, *each)) for each in subject["upgrades"]],
        "downgrades": [attempt(lambda: downgrade(script, *each)) for each in subject["downgrades"]],
    }


def upgrade(script, target, current):
    with script._catch_revision_errors(
        ancestor="Destination %(end)s is not a valid upgrade target from current head(s)", end=target
    ):
        revs = script.iterate_revisions(target, tuple(current), implicit_base=True)
        return [rev.revision for rev in reversed(list(revs))]


def downgrade(script, target, current):
    with script._catch_revision_errors(
        ancestor="Destination %(end)s is not a valid downgrade target from current head(s)", end=target
    ):
        revs = script.iterate_revisions(tuple(current), target, select_for_downgrade=True)
        return [rev.revision for rev in revs]


def attempt(ask):
    try:
        return ask()
    except (RevisionError, script_base.util.CommandError) as error:
        return {"error": str(error)}
    except Exception as error:
        return {"defect": f"{type(error).__name__}: {error}"}


def to_revision(each):
    def scalar(values):
        return tuple(values) if values else None

    return Revision(each["id"], scalar(each["down"]), scalar(each["dependsOn"]), scalar(each["branchLabels"]))


def in_child(subject):
    """Answer in a process of its own, since stubs and paths stay."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        sys.stdout = sys.stderr = open(os.devnull, "w")
        with os.fdopen(writer, "w") as pipe:
            json.dump(answer(subject), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"error": "the process ended"}


if __name__ == "__main__":
    questions = json.load(sys.stdin)
    json.dump([in_child(each) if "folders" in each else answer(each) for each in questions], sys.stdout)
