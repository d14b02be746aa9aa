"""Records the SQL of SQLAlchemy's own material: its test suite's `assert_compile` cases and its documentation's examples.

Usage: own_material_oracle.py suite SOURCE OUT FILE…   (test files, relative to SOURCE, an unpacked source distribution)
       own_material_oracle.py docs SOURCE OUT FOLDER   (writes each document's examples as a module into FOLDER)

Every call expression of the material is wrapped while it is compiled, so that a statement is known by the range of the
outermost expression that built it. OUT gets JSON: [{"file", "start": [line, column], "end": [line, column], "sql": […],
"error", "given": whether its tables come from fixtures}], lines from 1, columns in UTF-8 bytes as in Python's `ast`. The SQL is that of the PostgreSQL dialect, `$1…$n`.
"""

import ast
import contextlib
import doctest
import io
import json
import os
import pathlib
import re
import sys
import warnings


class Recorder:
    """Which expression built which statement, and what was asked to be compiled."""

    def __init__(self):
        self.built = {}
        self.kept = []
        self.cases = {}
        self.given = set()

    def build(self, value, place):
        if is_statement(value):
            self.kept.append(value)  # an identity is not given to another object while this one lives
            self.built[id(value)] = place
        return value

    def use(self, value):
        place = self.built.get(id(value))
        if place is not None:
            self.compile(value, place)
        return value

    def compile(self, value, place):
        case = self.cases.setdefault(place, {"sql": [], "error": None})
        try:
            sql = compiled(value)
        except Exception as error:
            case["error"] = f"{type(error).__name__}: {error}"
            return
        if sql not in case["sql"]:
            case["sql"].append(sql)

    def write(self, out):
        rows = [
            {"file": place[0], "start": place[1:3], "end": place[3:5], "given": place in self.given, **case}
            for place, case in sorted(self.cases.items())
        ]
        pathlib.Path(out).write_text(json.dumps(rows, indent=1))


recorder = Recorder()


def is_statement(value):
    from sqlalchemy.orm import Query
    from sqlalchemy.sql.dml import UpdateBase
    from sqlalchemy.sql.elements import TextClause
    from sqlalchemy.sql.selectable import GenerativeSelect, TextualSelect

    return isinstance(value, (Query, UpdateBase, TextClause, GenerativeSelect, TextualSelect))


def compiled(value):
    from sqlalchemy.dialects.postgresql.base import PGDialect
    from sqlalchemy.orm import Query

    statement = value._statement_20() if isinstance(value, Query) else value
    dialect = PGDialect(paramstyle="numeric_dollar")
    return str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))


class Wrapping(ast.NodeTransformer):
    def __init__(self, file, documents):
        self.file = file
        self.documents = documents
        self.given = False
        self.fixtures = FIXTURES

    def visit_ClassDef(self, node):
        outer, self.fixtures = self.fixtures, FIXTURES | set(set_up_by(node))
        self.generic_visit(node)
        self.fixtures = outer
        return node

    def visit_FunctionDef(self, node):
        """Cases over what fixtures and parameters bring are told apart: their tables stand elsewhere."""
        outer, self.given = self.given, self.given or takes_from_outside(node, self.fixtures)
        self.generic_visit(node)
        self.given = outer
        return node

    def visit_Call(self, node):
        place = place_of(node, self.file)
        if self.given:
            recorder.given.add(place)
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name in ("super", "locals", "globals", "vars", "exec", "eval"):
            return node
        if node.args and self.documents and takes_statement(node.func):
            use = ast.Attribute(ast.Name("__builtins_recorder__", ast.Load()), "use", ast.Load())
            node.args[0] = ast.copy_location(ast.Call(use, [node.args[0]], []), node.args[0])
        record = ast.Attribute(ast.Name("__builtins_recorder__", ast.Load()), "build", ast.Load())
        return ast.copy_location(ast.Call(record, [node, ast.Constant(place)], []), node)


FIXTURES = {"tables", "classes", "mapper_registry", "mapper", "metadata"}


def set_up_by(node):
    """Attributes that a `setup_…` method gives the object before each test."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name.startswith("setup"):
            for target in ast.walk(method):
                if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
                    yield target.attr


def takes_from_outside(function, fixtures):
    if len(function.args.args) + len(function.args.kwonlyargs) > 1 or function.args.vararg:
        return True
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in fixtures
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls")
        for node in ast.walk(function)
    )


def place_of(node, file):
    return (file, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def wrapped(tree, file, documents=False):
    return ast.fix_missing_locations(Wrapping(file, documents).visit(tree))


TAKES_STATEMENT = {"execute", "scalars", "scalar", "stream", "stream_scalars"}


def takes_statement(function):
    if isinstance(function, ast.Name):
        return function.id == "print"
    return isinstance(function, ast.Attribute) and function.attr in TAKES_STATEMENT


def install(source):
    """Test modules are compiled with their calls wrapped."""
    import builtins
    from importlib.machinery import SourceFileLoader

    builtins.__builtins_recorder__ = recorder
    plain = SourceFileLoader.source_to_code
    folder = os.path.join(source, "test") + os.sep

    def source_to_code(self, data, path, *args, **keywords):
        if isinstance(path, str) and path.startswith(folder):
            relative = os.path.relpath(path, source)
            return compile(wrapped(ast.parse(data), relative), path, "exec", dont_inherit=True)
        return plain(self, data, path, *args, **keywords)

    SourceFileLoader.source_to_code = source_to_code


def run_suite(source, out, files):
    import pytest

    os.chdir(source)
    sys.dont_write_bytecode = True
    install(source)
    sys.path.insert(0, os.path.join(source, "lib"))

    class Plugin:
        @staticmethod
        def pytest_sessionstart():
            from sqlalchemy.testing.assertions import AssertsCompiledSQL

            plain = AssertsCompiledSQL.assert_compile

            def assert_compile(self, clause, *args, **keywords):
                recorder.use(clause)
                return plain(self, clause, *args, **keywords)

            AssertsCompiledSQL.assert_compile = assert_compile

    options = ["-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header", "--tb=no"]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*options, *files], plugins=[Plugin()])
    recorder.write(out)


MARKER = re.compile(r"\{(?:printsql|execsql|stop|sql|opensql)\}")

# The documents that share one run of examples, as SQLAlchemy's own `test/base/test_tutorials.py` groups them.
GROUPS = {
    "tutorial": [
        "tutorial/engine.rst",
        "tutorial/dbapi_transactions.rst",
        "tutorial/metadata.rst",
        "tutorial/data.rst",
        "tutorial/data_insert.rst",
        "tutorial/data_select.rst",
        "tutorial/data_update.rst",
        "tutorial/orm_data_manipulation.rst",
        "tutorial/orm_related_objects.rst",
    ],
    "operators": ["core/operators.rst"],
    "queryguide_select": [
        "orm/queryguide/_plain_setup.rst",
        "orm/queryguide/select.rst",
        "orm/queryguide/api.rst",
    ],
    "queryguide_inheritance": ["orm/queryguide/inheritance.rst"],
    "queryguide_dml": ["orm/queryguide/dml.rst"],
    "queryguide_columns": ["orm/queryguide/columns.rst"],
    "large_collections": ["orm/large_collections.rst"],
    "quickstart": ["orm/quickstart.rst"],
}


def run_documents(source, out, folder):
    import builtins

    builtins.__builtins_recorder__ = recorder
    warnings.simplefilter("ignore")
    build = pathlib.Path(source) / "doc" / "build"
    for name, documents in GROUPS.items():
        namespace = {"__name__": name}
        code_lines = []
        for document in documents:
            for code in examples_of(build / document):
                run_example(code, f"{name}.py", code_lines, namespace)
        (pathlib.Path(folder) / f"{name}.py").write_text("\n".join(code_lines) + "\n")
    recorder.write(out)


def examples_of(document):
    """The code of the doctest examples, those of included documents in their place."""
    text = ""
    enabled = True
    for line in document.read_text().split("\n"):
        if include := re.match(r"\.\. doctest-include (.+\.rst)", line):
            text += (document.parent / include[1]).read_text() + "\n"
        if switch := re.match(r"\.\. doctest-(enable|disable)", line):
            enabled = switch[1] == "enable"
        text += (MARKER.sub("", line) if enabled else "") + "\n"
    for example in doctest.DocTestParser().get_examples(text):
        yield example.source


def run_example(code, file, code_lines, namespace):
    """Runs one example as far as it goes, and records the statements that it assigns, prints or executes."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    # Some pages end with another way to write what they began with; a module has one class of a name.
    if any(isinstance(node, ast.ClassDef) and node.name in namespace for node in tree.body):
        return
    ast.increment_lineno(tree, len(code_lines))
    code_lines.extend(code.rstrip("\n").split("\n"))
    with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(wrapped(tree, file, documents=True), file, "exec", dont_inherit=True), namespace)


if __name__ == "__main__":
    command, source, out, *rest = sys.argv[1:]
    if command == "suite":
        run_suite(source, out, rest)
    else:
        run_documents(source, out, rest[0])
