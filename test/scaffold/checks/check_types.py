"""mypy --strict over every project: python check_types.py CACHE PROJECTS.json. Prints the outcomes as JSON.

One process for all: what is known of SQLAlchemy is read once a version of Python.
"""

import json
import os
import pathlib
import sys

from mypy import api

cache, path = sys.argv[1:]
outcomes = []
with open(path, encoding="utf-8") as file:
    projects = json.load(file)
for number, project in enumerate(projects):
    os.chdir(project["folder"])
    # What is known of `tests/factories.py` counts for that of another project of the same size and second.
    for file in pathlib.Path().rglob("*.py"):
        os.utime(file, (number, number))
    for version in project["versions"]:
        output, errors, code = api.run(["--strict", "--cache-dir", cache, "--python-version", version, "."])
        name = f"{project['name']}: mypy, Python {version}"
        outcomes.append({"name": name, "state": "failed" if code else "passed", "output": output + errors})
print(json.dumps(outcomes))
