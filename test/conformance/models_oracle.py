"""What SQLAlchemy says of a project's models, as JSON: the judge of models.ts.

Usage: models_oracle.py ROOT[:ROOT...] MODULE... . Imports the modules with the roots on the path; third-party imports that
are missing are stubbed, so that a project's models load without all of its dependencies.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import re
import sys
import types
import warnings
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import MagicMock

import sqlalchemy
from sqlalchemy import Table, UniqueConstraint, CheckConstraint, ForeignKeyConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import configure_mappers
from sqlalchemy.orm.mapper import _mapper_registries
from sqlalchemy.schema import CreateColumn, CreateIndex

dialect = postgresql.dialect()
preparer = dialect.identifier_preparer


class StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a mock for every module that is not installed; last in the search."""

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.stubbed: list[str] = []

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        # Modules in C that a package does without are to be missing.
        if top in self.own or top.startswith(("sqlalchemy", "_")) or top.endswith("_c"):
            return None
        self.stubbed.append(name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = Stub(spec.name)
        module.__path__ = []
        module.__file__ = f"<stub {spec.name}>"
        return module

    def exec_module(self, module):
        pass


class StubValue(MagicMock):
    """Can be inherited from (it adds nothing) and compared."""

    def __mro_entries__(self, bases):
        return ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A mock gives each object a class with magic methods of its own.
        type(self).__gt__ = type(self).__ge__ = lambda self, other: True
        type(self).__lt__ = type(self).__le__ = lambda self, other: False


class Stub(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return "99.0.0"
        if name.startswith("__"):
            raise AttributeError(name)
        return StubValue(name=f"{self.__name__}.{name}")


def type_text(column) -> str | None:
    """None for a stub in place of a type."""
    try:
        text = column.type.compile(dialect=dialect)
    except Exception:
        return None
    # `String(configured_length)` with a stub for the length.
    return text if isinstance(text, str) and "<StubValue" not in text else None


def ddl_type(column) -> str | None:
    """The type as CREATE TABLE has it: SERIAL for autoincrement keys."""
    try:
        text = str(CreateColumn(column).compile(dialect=dialect))
    except Exception:
        return type_text(column)
    rest = text[len(preparer.format_column(column)) :].strip()
    for word in ("BIGSERIAL", "SMALLSERIAL", "SERIAL"):
        if rest.startswith(word):
            return word
    return type_text(column)


def default_text(column) -> str | None:
    if column.server_default is None or column.identity is not None or column.computed is not None:
        return None
    try:
        return dialect.ddl_compiler(dialect, None).get_column_default_string(column)
    except Exception:
        return None


def name_of(constraint) -> str | None:
    if constraint.name is None or not isinstance(constraint.name, str):
        return None
    try:
        return preparer._unquote_identifier(preparer.format_constraint(constraint))
    except Exception:
        return None


def index_name(index) -> str | None:
    return preparer._unquote_identifier(preparer.format_index(index)) if index.name else None


def target_of(key) -> str:
    try:
        return key.column.table.fullname + "." + key.column.name
    except Exception:  # the table is elsewhere
        return key.target_fullname


def made_here(item) -> bool:
    """False for what `ddl_if()` leaves to other databases."""
    condition = getattr(item, "_ddl_if", None)  # Of 2.0.
    if condition is None:
        return True
    if condition.dialect is not None and condition.dialect != dialect.name:
        return False
    return condition.callable_ is None or bool(condition.callable_(item, item, None, dialect=dialect))


def holds_null(column) -> bool:
    """As PostgreSQL has it: no column of a primary key does, whatever `nullable=True` says."""
    return bool(column.nullable) and not column.primary_key


def describe_table(table: Table) -> dict:
    def index_text(index) -> str | None:
        try:
            return str(CreateIndex(index).compile(dialect=dialect)).split(" ON ", 1)[1]
        except Exception:
            return None

    def check_text(check) -> str:
        return str(check.sqltext.compile(dialect=dialect, compile_kwargs={"literal_binds": True, "include_table": False}))

    def names(columns) -> list[str]:
        return [column.name for column in columns]

    return {
        "name": table.name,
        "schema": table.schema,
        "columns": [
            {
                "name": column.name,
                "type": ddl_type(column),
                "nullable": holds_null(column),
                "default": default_text(column),
                "identity": None if column.identity is None else ("always" if column.identity.always else "by-default"),
                "computed": column.computed is not None,
                "comment": column.comment,
            }
            for column in table.columns
        ],
        "primaryKey": {"name": name_of(table.primary_key), "columns": names(table.primary_key.columns)},
        "uniques": sorted(
            ({"name": name_of(c), "columns": names(c.columns)} for c in table.constraints if isinstance(c, UniqueConstraint) and made_here(c)),
            key=str,
        ),
        "foreignKeys": sorted(
            (
                {
                    "name": name_of(c),
                    "columns": [e.parent.name for e in c.elements],
                    "targets": [target_of(e) for e in c.elements],
                    "onDelete": c.ondelete,
                    "onUpdate": c.onupdate,
                }
                for c in table.constraints
                if isinstance(c, ForeignKeyConstraint)
            ),
            key=str,
        ),
        "checks": sorted(
            (
                {"name": name_of(c), "expression": check_text(c)}
                for c in table.constraints
                if isinstance(c, CheckConstraint) and made_here(c)
            ),
            key=str,
        ),
        "indexes": sorted(
            ({"name": index_name(i), "unique": bool(i.unique), "text": index_text(i)} for i in table.indexes if made_here(i)), key=str
        ),
    }


def describe_mapper(mapper) -> dict:
    columns = []
    for prop in mapper.column_attrs:
        column = prop.columns[0]
        if getattr(column, "table", None) is None or not isinstance(column.table, Table):
            continue
        key = next(iter(column.foreign_keys), None) if len(column.foreign_keys) == 1 else None
        columns.append(
            {
                "attribute": prop.key,
                "column": column.name,
                "type": type_text(column),
                "nullable": holds_null(column),
                "primaryKey": bool(column.primary_key),
                "unique": bool(column.unique),
                "index": bool(column.index),
                "foreignKey": target_of(key) if key is not None else ("*" if column.foreign_keys else None),
                "hasDefault": column.default is not None and not column.default.is_sequence,
                "serverDefault": column.server_default is not None and column.computed is None and column.identity is None,
            }
        )
    relationships = []
    for prop in mapper.relationships:
        relationships.append(
            {
                "attribute": prop.key,
                "target": prop.mapper.class_.__module__ + "." + prop.mapper.class_.__qualname__,
                "direction": {"ONETOMANY": "one-to-many", "MANYTOONE": "many-to-one", "MANYTOMANY": "many-to-many"}[
                    prop.direction.name
                ],
                "collection": bool(prop.uselist),
                "backPopulates": prop.back_populates,
                "lazy": {False: "joined", True: "select", None: "noload"}.get(prop.lazy, prop.lazy),
                "secondary": prop.secondary.fullname if prop.secondary is not None else None,
                "viewOnly": bool(prop.viewonly),
                "pairs": sorted(
                    f"{a.table.name}.{a.name}={b.table.name}.{b.name}" for a, b in prop.local_remote_pairs
                ),
            }
        )
    composites = [{"attribute": prop.key} for prop in mapper.composites]
    synonyms = [{"attribute": prop.key} for prop in mapper.synonyms]
    return {
        "name": mapper.class_.__module__ + "." + mapper.class_.__qualname__,
        "module": mapper.class_.__module__,
        "table": getattr(mapper.local_table, "fullname", None),
        "columns": columns,
        "relationships": relationships,
        "composites": composites,
        "synonyms": synonyms,
    }


UNPARENTHESIZED = re.compile(rb"^([ \t]*except[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)([ \t]*:)", re.MULTILINE)


def read_as_newer_python(roots: list[str]) -> None:
    """Lets an older interpreter read projects that are written for Python 3.14: annotations that are evaluated when they
    are asked for (PEP 649), and several exceptions without parentheses (PEP 758)."""
    if sys.version_info >= (3, 14):
        return
    loader = importlib.machinery.SourceFileLoader
    original = loader.get_code

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        if not any(path.startswith(root + os.sep) for root in roots):
            return original(self, fullname)
        # Neither read from nor written to a cache: other readings of the file mean something else.
        return compile(LateNames.quoted(UNPARENTHESIZED.sub(rb"\1(\2)\3", self.get_data(path))), path, "exec", dont_inherit=True)

    loader.get_code = get_code


class LateNames(ast.NodeTransformer):
    """Quotes what annotations name before it is there, as one writes it for an older Python: `list["Item"]`."""

    @classmethod
    def quoted(cls, data: bytes) -> ast.Module:
        module = ast.parse(data)
        transformer = cls(module)
        return ast.fix_missing_locations(transformer.visit(module))

    def __init__(self, module: ast.Module) -> None:
        # Where each name of the module is bound first: a class at its end, a name for type checkers never.
        self.bound: dict[str, float] = {}
        self.collect(module.body, None)

    def collect(self, body: list[ast.stmt], never: float | None) -> None:
        for statement in body:
            if isinstance(statement, ast.If):
                unexecuted = float("inf") if "TYPE_CHECKING" in ast.unparse(statement.test) else never
                self.collect(statement.body, unexecuted)
                self.collect(statement.orelse, never)
            elif isinstance(statement, ast.Try):
                self.collect([*statement.body, *statement.orelse, *statement.finalbody], never)
            else:
                for name in names_bound_by(statement):
                    end = statement.end_lineno if never is None else never
                    self.bound[name] = min(end, self.bound.get(name, end))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        node.annotation = self.quote(node.annotation)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        if node.annotation is not None and self.is_late(node.annotation):
            node.annotation = as_text(node.annotation)
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        if node.returns is not None and self.is_late(node.returns):
            node.returns = as_text(node.returns)
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def quote(self, node: Any) -> Any:
        if not self.is_late(node):
            return node
        if isinstance(node, (ast.Name, ast.BinOp, ast.Attribute)):
            return as_text(node)
        for field, value in ast.iter_fields(node):
            if isinstance(value, list):
                setattr(node, field, [self.quote(each) if isinstance(each, ast.expr) else each for each in value])
            elif isinstance(value, ast.expr):
                setattr(node, field, self.quote(value))
        return node

    def is_late(self, node: ast.AST) -> bool:
        return any(isinstance(each, ast.Name) and self.bound.get(each.id, 0) >= each.lineno for each in ast.walk(node))


def as_text(node: ast.expr) -> ast.Constant:
    return ast.copy_location(ast.Constant(ast.unparse(node)), node)


def names_bound_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return [statement.name]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in statement.names]
    if type(statement).__name__ == "TypeAlias":
        return [statement.name.id]
    return [each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]


class BrokenFinder(StubFinder):
    """First in the search: modules of the project that cannot be imported here, and map nothing."""

    def __init__(self, declaring: set[str]) -> None:
        super().__init__(set())
        self.declaring = declaring
        self.broken: set[str] = set()

    def find_spec(self, name, path=None, target=None):
        return super().find_spec(name, path, target) if name in self.broken else None

    def give_up(self, error: BaseException) -> bool:
        """Stubs the innermost module of the project in which the error arose, so far as it maps nothing; then, where the
        error comes again, the one that called it. False where none is left."""
        needed = {prefix for module in self.declaring for prefix in prefixes(module)}
        name = next((each for each in broken_modules(error) if each not in needed and each not in self.broken), None)
        if name is None:
            return False
        self.broken.add(name)
        # Loaded, and broken only when it is called: those that import it again are to meet the stub.
        for loaded in [each for each in sys.modules if each == name or each.startswith(name + ".")]:
            del sys.modules[loaded]
        package, _, last = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(last, None)
        return True


def prefixes(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def broken_modules(error: BaseException) -> list[str]:
    """The modules of the project in which the error arose, innermost first."""
    if isinstance(error, ModuleNotFoundError):
        # A module that the project has and this copy of it lacks: generated, or another distribution's part of a package.
        return [error.name] if error.name is not None and is_own(error.name) else []
    if isinstance(error, ImportError):
        return []
    files = [error.filename] if isinstance(error, SyntaxError) and error.filename else []
    frame = error.__traceback__
    while frame is not None:
        if not isinstance(error, SyntaxError):
            files.append(frame.tb_frame.f_code.co_filename)
        frame = frame.tb_next
    return [name for name in map(module_of, reversed(files)) if name is not None]


def is_own(name: str) -> bool:
    top = name.split(".")[0]
    return any(os.path.exists(os.path.join(root, top)) for root in sys.path[:own_roots])


def module_of(file: str) -> str | None:
    for root in sys.path[:own_roots]:
        if file.startswith(root + os.sep):
            path = os.path.relpath(file, root)
            return path.removesuffix(".py").removesuffix(os.sep + "__init__").replace(os.sep, ".")
    return None


own_roots = 0


SETTING = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def give_setting(error: BaseException) -> bool:
    """Sets the variable of the environment that the error misses; false where it names none."""
    missing = [name for name in SETTING.findall(str(error)) if name not in os.environ]
    for name in missing:
        os.environ[name] = "postgresql://localhost/1" if re.search("UR[IL]$|DSN$", name) else "1"
    return len(missing) > 0


def load(module: str, broken: BrokenFinder) -> str | None:
    for _ in range(30):
        try:
            importlib.import_module(module)
            return None
        except BaseException as error:  # noqa: BLE001
            problem = f"{module}: {type(error).__name__}: {error}"[:300]
            if give_setting(error):
                continue
            if not broken.give_up(error):
                return problem
    return problem


def load_modules(roots: list[str], modules: list[str]) -> list[str]:
    """Imports the modules with the roots on the path, and says which could not be, and why."""
    warnings.simplefilter("ignore")
    sys.path[:0] = roots
    global own_roots
    own_roots = len(roots)
    read_as_newer_python(roots)
    finder = StubFinder({module.split(".")[0] for module in modules})
    broken = BrokenFinder(set(modules))
    sys.meta_path.insert(0, broken)
    problems = []
    for module in modules:
        problem = load(module, broken)
        if problem is not None and finder not in sys.meta_path:
            # Only now: a stub in place of an optional import would take a project down another path.
            sys.meta_path.append(finder)
            problem = load(module, broken)
        if problem is not None:
            problems.append(problem)
    try:
        configure_mappers()
    except Exception as error:  # noqa: BLE001
        problems.append(f"configure: {type(error).__name__}: {error}"[:300])
    return problems


def answer_stream() -> TextIO:
    """Standard output for the answer alone: what the project prints while it is imported is no part of it."""
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answer


def describe_registries(describe, problems: list) -> tuple:
    """Every mapper, as `describe` has it, and every table; what cannot be described is a problem."""
    mappers, tables = [], {}
    for registry in list(_mapper_registries):
        # A class whose module failed half-way has a manager without a mapper.
        for mapper in [manager.mapper for manager in registry._managers if manager.is_mapped]:
            try:
                mappers.append(describe(mapper))
            except Exception as error:  # noqa: BLE001
                problems.append(f"{mapper.class_.__qualname__}: {type(error).__name__}: {error}"[:300])
        for table in registry.metadata.tables.values():
            try:
                tables[(id(registry.metadata), table.fullname)] = describe_table(table)
            except Exception as error:  # noqa: BLE001
                problems.append(f"{table}: {type(error).__name__}: {error}"[:300])
    return sorted(mappers, key=lambda each: each["name"]), list(tables.values())


def finish(answer, out: dict) -> None:
    json.dump(out, answer, default=str)
    answer.flush()
    # Threads that the imports started do not keep the answer waiting.
    os._exit(0)


def main() -> None:
    roots, *modules = sys.argv[1:]
    answer = answer_stream()
    problems = load_modules(roots.split(os.pathsep), modules)
    mappers, tables = describe_registries(describe_mapper, problems)
    finish(answer, {"mappers": mappers, "tables": tables, "problems": problems, "version": sqlalchemy.__version__})


if __name__ == "__main__":
    main()
