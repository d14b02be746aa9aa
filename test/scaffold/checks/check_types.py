"""mypy --strict over every project: python check_types.py CACHE PROJECTS.json. Prints the outcomes as JSON.

One process for all: what is known of SQLAlchemy is read once a version of Python.
"""

import json
import os
import sys

from mypy import api

cache, path = sys.argv[1:]
outcomes = []
with open(path, encoding="utf-8") as file:
    projects = json.load(file)
for project in projects:
    os.chdir(project["folder"])
    for version in project["versions"]:
        output, errors, code = api.run(["--strict", "--cache-dir", cache, "--python-version", version, "."])
        name = f"{project['name']}: mypy, Python {version}"
        outcomes.append({"name": name, "state": "failed" if code else "passed", "output": output + errors})
print(json.dumps(outcomes))
