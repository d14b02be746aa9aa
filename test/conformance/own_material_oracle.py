"""Records the SQL of SQLAlchemy's own material: its test suite's `assert_compile` cases and its documentation's examples.

Usage: own_material_oracle.py suite SOURCE OUT FOLDER FILE…   (test files, relative to SOURCE, a source distribution)
       own_material_oracle.py docs SOURCE OUT FOLDER          (each document's examples become a module)

Every call expression of the material is wrapped while it is compiled, so that a statement is known by the range of the
outermost expression that built it. FOLDER gets the modules as a reader is to see them: what fixtures give stands written
out (see `given_declarations.py`), and an expression that is no statement stands as `given_select(…)`. OUT gets JSON:
{"cases": [{"file", "line": of the original, "start" and "end": UTF-8 bytes, "sql": […], "error", "left_out": "given"
where something in its function comes from elsewhere, "internal" where it works on SQLAlchemy's internals}], "calls": how
many `assert_compile` calls ran, by what became of them}. The SQL is that of the PostgreSQL dialect, `$1…$n`.
"""

import ast
import contextlib
import doctest
import inspect
import io
import json
import os
import pathlib
import re
import sys
import warnings

from given_declarations import Declarations, NotPlain


class Recorder:
    """Which expression built which statement, and what was asked to be compiled."""

    def __init__(self):
        self.built = {}
        self.kept = []
        self.cases = {}
        self.functions = {}
        self.internal = set()
        self.pending = {}
        self.given = {}
        self.declarations = {}
        self.calls = {}

    def build(self, value, place):
        if is_statement(value):
            self.kept.append(value)  # an identity is not given to another object while this one lives
            self.built[id(value)] = place
        return value

    def give(self, value, place):
        """What a fixture gives at this place: declared when a statement over it is compiled, mapped as it is then."""
        self.pending[place] = value
        return value

    def perhaps_give(self, value, place):
        """The result of a method of the test: given only where it consists of tables and classes."""
        parts = value if isinstance(value, (tuple, list)) else [value]
        if parts and all(is_declared(part) for part in parts):
            self.give(value, place)
        return value

    def use(self, value):
        place = self.built.get(id(value))
        if place is not None:
            self.compile(value, place)
        return value

    def ask(self, value, place):
        """The first argument of `assert_compile` at this place."""
        from sqlalchemy.sql.elements import ColumnElement, UnaryExpression

        if hasattr(value, "__clause_element__"):
            value_of = value.__clause_element__()
        else:
            value_of = value
        built = self.built.get(id(value))
        if built is not None:
            self.compile(value, built)
            self.calls.setdefault(place, set()).add(built)
        elif isinstance(value_of, ColumnElement) and not isinstance(value_of, UnaryExpression):
            from sqlalchemy import select

            try:
                self.compile(select(value), ("expression", *place))
            except Exception:
                self.calls.setdefault(place, set()).add("other")
            else:
                self.calls.setdefault(place, set()).add(("expression", *place))
        else:
            self.calls.setdefault(place, set()).add("statement" if is_statement(value) else "other")
        return value

    def compile(self, value, place):
        case = self.cases.setdefault(place, {"sql": [], "error": None})
        for where, given in self.pending.items():
            self.given.setdefault(where, set()).add(self.declared(given, where[0]))
        try:
            sql = compiled(value)
        except Exception as error:
            case["error"] = f"{type(error).__name__}: {error}"
            return
        if sql not in case["sql"]:
            case["sql"].append(sql)

    def declared(self, value, file):
        try:
            return self.declarations.setdefault(file, Declarations()).expression(value)
        except NotPlain:
            return None

    def write(self, out, source, folder):
        """Writes the rewritten modules into the folder, and the cases with their places in them."""
        edits, open_functions = {}, set()
        for place, texts in self.given.items():
            if len(texts) == 1 and None not in texts:
                edits.setdefault(place[0], []).append((place, *texts))
            else:
                open_functions.add(self.functions.get(place))
        expressions = [place[1:] for place in self.cases if place[0] == "expression"]
        modules = {}
        rows = []
        for place, case in self.cases.items():
            is_expression = place[0] == "expression"
            where = place[1:] if is_expression else place
            file = where[0]
            if file not in modules:
                wrapped_here = [each for each in expressions if each[0] == file]
                declared = self.declarations.get(file)
                modules[file] = Rewritten(source, file, edits.get(file, []), wrapped_here, declared)
                modules[file].write(folder)
            start, end = modules[file].range_of(where, is_expression)
            function = self.functions.get(where)
            left_out = "internal" if function in self.internal else "given" if function in open_functions else None
            at = {"file": file, "line": where[1], "start": start, "end": end}
            rows.append({**at, "left_out": left_out, **case})
        report = {"cases": rows, "calls": self.summary(open_functions)}
        pathlib.Path(out).write_text(json.dumps(report, indent=1))

    def summary(self, open_functions):
        """How many `assert_compile` calls ran, by what becomes of them."""
        counts = {}
        for places in self.calls.values():
            kind = self.kind_of(places, open_functions)
            counts[kind] = counts.get(kind, 0) + 1
        return counts

    def kind_of(self, places, open_functions):
        place = next(iter(places)) if len(places) == 1 else None
        if place is None:
            return "values"
        if place in ("other", "statement"):
            return place
        case = self.cases[place]
        if case["error"] is not None:
            return "refused"
        if len(case["sql"]) > 1:
            return "values"
        where = place[1:] if place[0] == "expression" else place
        if self.functions.get(where) in self.internal:
            return "internal"
        if self.functions.get(where) in open_functions:
            return "given"
        return "expressions" if place[0] == "expression" else "statements"


class Rewritten:
    """A module with what fixtures give written out, and its expressions as `given_select(…)`."""

    def __init__(self, source, file, given, expressions, declared):
        self.file = file
        self.bytes = (pathlib.Path(source) / file).read_bytes()
        self.lines = [0]
        for line in self.bytes.split(b"\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.edits = [(*self.plain_range(place), text.encode()) for place, text in given]
        for place in expressions:
            start, end = self.plain_range(place)
            self.edits += [(start, start, b"given_select("), (end, end, b")")]
        # An insertion comes before a replacement that begins where it stands.
        self.edits = outermost(sorted(self.edits, key=lambda edit: (edit[0], edit[1])))
        self.declared = declared

    def plain_range(self, place):
        _, line, column, end_line, end_column = place
        return self.lines[line - 1] + column, self.lines[end_line - 1] + end_column

    def write(self, folder):
        parts, at = [], 0
        for start, end, text in self.edits:
            parts += [self.bytes[at:start], text]
            at = end
        parts.append(self.bytes[at:])
        if self.edits:
            parts.append(b"\n" + (self.declared or Declarations()).text().encode())
        target = pathlib.Path(folder) / self.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(parts))

    def range_of(self, place, is_expression):
        start, end = self.plain_range(place)
        if is_expression:  # with the call that was put around it
            return start + self.shift(start, ()), end + self.shift(end, (b"given_select(", b")"))
        return start + self.shift(start, (b"given_select(",)), end + self.shift(end, ())

    def shift(self, offset, insertions):
        """By how many bytes the edits before an offset move it, and those insertions at the offset itself."""
        total = 0
        for start, end, text in self.edits:
            is_before = end < offset or (end == offset and start < end)
            if is_before or (start == end == offset and text in insertions):
                total += len(text) - (end - start)
        return total


def outermost(edits):
    """Without those inside of a stretch that is replaced as a whole."""
    replaced = [(start, end) for start, end, _ in edits if start < end]

    def is_inside(edit):
        return any(start <= edit[0] and edit[1] <= end and (start, end) != edit[:2] for start, end in replaced)

    return [edit for edit in edits if edit[0] == edit[1] or not is_inside(edit)]


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
        self.function = None
        self.parameters = frozenset()
        self.attributes = frozenset()

    def visit_ClassDef(self, node):
        outer, self.attributes = self.attributes, self.attributes | set(set_up_by(node))
        self.generic_visit(node)
        self.attributes = outer
        return node

    def visit_FunctionDef(self, node):
        """What the methods of a test class get from fixtures and parameters is told apart: it stands elsewhere."""
        outer = self.function, self.parameters
        names = [each.arg for each in (*node.args.args, *node.args.kwonlyargs)]
        if self.function is None:
            self.function = (self.file, node.lineno)
            is_method = names[:1] in (["self"], ["cls"])
            self.parameters = frozenset(names[1:]) if is_method else frozenset()
            if any(is_internal(each) for each in ast.walk(node)):
                recorder.internal.add(self.function)
        else:
            self.parameters = self.parameters - frozenset(names)
        node.body = [self.visit(statement) for statement in node.body]
        self.function, self.parameters = outer
        return node

    def visit_Lambda(self, node):
        outer, self.parameters = self.parameters, self.parameters - {each.arg for each in node.args.args}
        self.generic_visit(node)
        self.parameters = outer
        return node

    def visit_JoinedStr(self, node):
        return node

    def visit_Name(self, node):
        if node.id in self.parameters and isinstance(node.ctx, ast.Load):
            return self.noted(node, "give")
        return node

    def visit_Attribute(self, node):
        if self.function is not None and isinstance(node.ctx, ast.Load):
            owner = node.value
            if is_own(node) or (is_own(owner) and owner.attr in COLLECTIONS):
                return self.noted(node, "give")
        self.generic_visit(node)
        return node

    def noted(self, node, method):
        place = place_of(node, self.file)
        recorder.functions[place] = self.function
        return recorded(method, node, place)

    def visit_Call(self, node):
        place = place_of(node, self.file)
        if self.function is not None:
            recorder.functions[place] = self.function
        own = self.function is not None and is_own(node.func)
        own_name = node.func.attr if own else None
        asks = own and node.func.attr == "assert_compile" and node.args
        asked = place_of(node.args[0], self.file) if asks else None
        if asked is not None:
            recorder.functions.setdefault(asked, self.function)
        if own:
            if node.func.attr in self.attributes:
                node.func = self.noted(node.func, "give")
            node.args = [self.visit(each) for each in node.args]
            node.keywords = [self.visit(each) for each in node.keywords]
        else:
            self.generic_visit(node)
        if asked is not None and not isinstance(node.args[0], ast.Starred):
            node.args[0] = recorded("ask", node.args[0], asked)
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name == "fixture_session" or own_name == "fixture_session":
            recorder.given[place] = {"given_orm.Session()"}
            return node
        if name in ("super", "locals", "globals", "vars", "exec", "eval"):
            return node
        if own and is_own(node.func) and not node.func.attr.startswith("assert"):
            method = "give" if node.func.attr in COLLECTIONS else "perhaps_give"
            return recorded(method, recorded("build", node, place), place)
        if node.args and self.documents and takes_statement(node.func):
            use = ast.Attribute(ast.Name("__builtins_recorder__", ast.Load()), "use", ast.Load())
            node.args[0] = ast.copy_location(ast.Call(use, [node.args[0]], []), node.args[0])
        return recorded("build", node, place)


def set_up_by(node):
    """Attributes that a `setup_…` method gives the object before each test."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name.startswith("setup"):
            for target in ast.walk(method):
                if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
                    yield target.attr


COLLECTIONS = {"tables", "classes"}

INTERNALS = {
    "pickle",
    "normalize_sequence",
    "visitors",
    "sql_util",
    "cloned_traverse",
    "ClauseAdapter",
    "ColumnAdapter",
    "non_generative",
}


def is_internal(node):
    """What works on SQLAlchemy's objects from inside: private names, copying and pickling of statements."""
    if isinstance(node, ast.Name):
        return node.id in INTERNALS
    if not isinstance(node, ast.Attribute) or is_own(node):
        return False
    return node.attr in INTERNALS or (node.attr.startswith("_") and not node.attr.startswith("__"))


def recorded(method, node, place):
    record = ast.Attribute(ast.Name("__builtins_recorder__", ast.Load()), method, ast.Load())
    return ast.copy_location(ast.Call(record, [node, ast.Constant(place)], []), node)


def is_own(node):
    """`self.x`"""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def is_declared(value):
    from sqlalchemy import inspect
    from sqlalchemy.sql.selectable import TableClause

    return isinstance(value, TableClause) or (isinstance(value, type) and inspect(value, raiseerr=False) is not None)


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


# The ORM's tests that compare SQL, themselves or through a helper of their class; all others run for nothing.
COMPILES = re.compile(r"compile|self\._\w+\(")


def compiles(function):
    """Undecided, and so run, where a decorator hides the source."""
    try:
        source = inspect.getsource(function)
    except OSError:  # made while the module ran
        return True
    return f"def {function.__name__}(" not in source or COMPILES.search(source) is not None


def run_suite(source, out, folder, files):
    import pytest

    os.chdir(source)
    sys.dont_write_bytecode = True
    install(source)
    sys.path.insert(0, os.path.join(source, "lib"))

    class Plugin:
        @staticmethod
        def pytest_collection_modifyitems(items):
            if all(file.startswith("test/orm/") for file in files):
                items[:] = [item for item in items if compiles(item.function)]

        @staticmethod
        def pytest_runtest_call():
            recorder.pending.clear()

    options = ["-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header", "--tb=no"]
    options.append("--continue-on-collection-errors")
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*options, *files], plugins=[Plugin()])
    recorder.write(out, source, folder)


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
    recorder.write(out, folder, folder)


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
        run_suite(source, out, rest[0], rest[1:])
    else:
        run_documents(source, out, rest[0])
