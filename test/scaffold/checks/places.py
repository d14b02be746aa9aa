"""Where a new project keeps its modules about the database."""

import importlib


def beside_engine(project, name):
    package = project["package"]
    for module in (f"{package}.db.{name}", f"{package}.{name}"):
        try:
            return importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module and not module.startswith(f"{error.name}."):
                raise
    raise ModuleNotFoundError(name)


def layer(project):
    package = project["package"]
    try:
        return importlib.import_module(f"{package}.db.engine")
    except ModuleNotFoundError:
        return importlib.import_module(f"{package}.database")
