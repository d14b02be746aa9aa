"""mypy --strict over every project: python check_types.py CACHE PROJECTS.json. Prints the outcomes as JSON.

A child for each project, of one process that has loaded mypy: mypy lets go of nothing that it has read.
"""

import json
import multiprocessing
import os
import pathlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from mypy import api


def check(number: int, project: Mapping[str, Any], cache: str) -> Sequence[Mapping[str, str]]:
    """The outcome for each version of Python that the project is for."""
    os.chdir(project["folder"])
    # What is known of `tests/factories.py` counts for that of another project of the same size and second.
    for file in pathlib.Path().rglob("*.py"):
        os.utime(file, (number, number))
    outcomes = []
    for version in project["versions"]:
        output, errors, code = api.run(["--strict", "--cache-dir", cache, "--python-version", version, "."])
        name = f"{project['name']}: mypy, Python {version}"
        outcomes.append({"name": name, "state": "failed" if code else "passed", "output": output + errors})
    return outcomes


if __name__ == "__main__":
    cache, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        projects = [(number, project, cache) for number, project in enumerate(json.load(file))]
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        found = pool.starmap(check, projects, chunksize=1)
    print(json.dumps([outcome for outcomes in found for outcome in outcomes]))
