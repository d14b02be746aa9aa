"""What a project means to Python and SQLAlchemy, as JSON: asked before and after its conversion by conversion.ts.

Usage: conversion_oracle.py < request. The request has `roots`, `modules` (those that declare models) and `files` (path
relative to `folder`, module); with `ownLabels`, columns are labelled as each statement has it, and statements that are built
where no session runs them are places too. Answers whether each file compiles; every mapper and table, with options that a
conversion might lose; and of each place where a session runs a statement its source and, where the place can be evaluated outside
of its function, the SQL that arrives at the session. Nothing is sent anywhere: the statement is caught on its way.
"""

from __future__ import annotations

import ast
import copy
import json
import sys
import types
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, ColumnElement, FromClause, Select, event, select
from sqlalchemy.orm import Query, Session
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

from models_oracle import StubValue, UNPARENTHESIZED, answer_stream, describe_mapper, describe_registries, dialect, finish, load_modules

RUNNING = {"query", "scalars", "scalar", "execute", "get"}
ENDING = {"all", "first", "one", "one_or_none", "scalar", "count"}
EMBEDDING = {"subquery", "cte", "scalar_subquery", "as_scalar", "exists", "label"}
FINISHING = ENDING | EMBEDDING | {"get", "update", "delete"}
CONTAINING = {"in_", "not_in", "notin_"}
BUILDING = {"select", "insert", "update", "delete", "union", "union_all", "except_", "intersect"}


def said(value: Any) -> str | None:
    """A default, a column or an order, without the address of anything."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return repr(value)
    if isinstance(value, StubValue):
        return "stub"
    if isinstance(value, (list, tuple, set, frozenset)):
        return str([said(each) for each in value])
    if isinstance(value, types.FunctionType) or isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    try:
        return str(value.compile(dialect=dialect))
    except Exception:  # noqa: BLE001
        return type(value).__name__


def strict_mapper(mapper) -> dict:
    """With what a program can tell of an attribute besides what the schema holds."""
    described = describe_mapper(mapper)
    for column in described["columns"]:
        made = mapper.columns[column["attribute"]]
        default, onupdate = made.default, made.onupdate
        column["default"] = None if default is None else said(getattr(default, "arg", default))
        column["onupdate"] = None if onupdate is None else said(getattr(onupdate, "arg", onupdate))
        prop = mapper.attrs[column["attribute"]]
        column["deferred"] = prop.deferred
    for relationship in described["relationships"]:
        prop = mapper.relationships[relationship["attribute"]]
        relationship.update(
            cascade=str(prop.cascade),
            join=said(prop.primaryjoin),
            secondaryJoin=said(prop.secondaryjoin),
            orderBy=said(prop.order_by or None),
            collectionClass=said(prop.collection_class or (list if prop.uselist else None)),
            passiveDeletes=prop.passive_deletes,
            passiveUpdates=prop.passive_updates,
            postUpdate=prop.post_update,
            singleParent=prop.single_parent,
            others=sorted(other.key for other in prop._reverse_property),
            overlaps=sorted(prop._overlaps),
            doc=prop.doc,
        )
    return described


class StandIn(list):
    """What a function would have in a variable: a value for a bind, a list for IN, a number for LIMIT."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return StandIn()

    def __getitem__(self, key: Any) -> Any:
        return StandIn()

    def __iter__(self) -> Iterator[Any]:
        yield StandIn()

    def __int__(self) -> int:
        return 7

    def __hash__(self) -> int:
        return 7

    def __add__(self, other: Any) -> Any:
        return StandIn()

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __truediv__ = __add__


class Caught(Exception):
    pass


class Namespace(dict):
    """Names of the module as they are, so far as evaluating them does nothing; stand-ins for those of the function."""

    def __init__(self, module: types.ModuleType, local: dict[str, list[ast.AST]], session: Session, line: int) -> None:
        super().__init__()
        self.module, self.local, self.session, self.pending = vars(module), local, session, set()
        self.package, self.line = module.__package__ or "", line
        self.held: dict[str, Any] = {}
        self.made: dict[str, Any] = {}
        # True where something stands in for what the function or the project works out itself.
        self.guessed = False

    def __missing__(self, name: str) -> Any:
        if name == "session_of_the_oracle":
            return self.session
        if name in self.held:
            return self.held[name]
        if name in self.local:
            return self.of_local(name)
        if name not in self.module:
            raise KeyError(name)
        value = self.module[name]
        if value is timedelta:
            return lambda *given, **named: timedelta(7)
        if isinstance(value, types.ModuleType):
            own = self.package.split(".")[0]
            return value if value.__name__.split(".")[0] in ("sqlalchemy", "datetime", "typing", own) else StandIn()
        if isinstance(value, type) or getattr(type(value), "__module__", "").startswith("sqlalchemy"):
            return value
        if callable(value) and not getattr(value, "__module__", "").startswith("sqlalchemy"):
            self.guessed = True
            return StandIn()
        return value

    def of_local(self, name: str) -> Any:
        """An alias or a subquery as the function makes it, where that is said once: one object, however often it is named."""
        if name not in self.made or self.held:
            self.made[name] = self.value_of(name)
        return self.made[name]

    def value_of(self, name: str) -> Any:
        values = self.local[name]
        if len(values) == 1 and isinstance(values[0], (ast.Import, ast.ImportFrom)):
            made: dict[str, Any] = {"__package__": self.package}
            exec(compile(ast.Module([values[0]], []), "<import>", "exec"), made)  # noqa: S102
            return made[name]
        if len(values) == 1 and isinstance(values[0], ast.ClassDef):
            return self.module[values[0].name]
        if name in self.pending:
            return StandIn()
        self.pending.add(name)
        try:
            if is_built(name, self.local):
                return self.as_built(name)
            if len(values) == 1 and makes_selectable(values[0]):
                return evaluate(on_session(values[0]), self)
        finally:
            self.pending.discard(name)
        self.guessed = self.guessed or len(values) > 0
        return StandIn()

    def as_built(self, name: str) -> Any:
        """A query or statement as the lines above leave it: what branches add, all of them."""
        value: Any = StandIn()
        for node in self.local[name]:
            if node.end_lineno < self.line and not is_ended(node):
                self.held[name] = value
                value = evaluate(on_session(node), self)
        self.held.pop(name, None)
        return value


def is_built(name: str, local: dict[str, list[ast.AST]], seen: frozenset[str] = frozenset()) -> bool:
    """True for a variable that holds a query or statement and what is added to it: `query = query.filter(…)`."""
    values = local.get(name) or []

    def begins(node: ast.AST) -> bool:
        first = start_of(node)
        if isinstance(first, ast.Name):
            return first.id in {name, *seen} or is_built(first.id, local, seen | {name})
        return isinstance(first, ast.Call) and called(first) in {"query", "select"}

    own = [value for value in values if not (isinstance(start_of(value), ast.Name) and start_of(value).id == name)]
    is_open = all(not any(called(each) in FINISHING for each in links(value) if isinstance(each, ast.Call)) for value in own)
    return bool(own) and is_open and all(isinstance(each, ast.Call) and begins(each) for each in values)


def start_of(node: ast.AST) -> ast.AST:
    """`session.query(User)`, `select(User)` or the name that a chain of methods begins with."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node) not in {"query", "select"}:
        node = node.func.value
    return node


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_ended(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) in FINISHING


def on_session(node: ast.AST) -> ast.expr:
    """With the session that catches in the place of what the function has."""
    copied = copy.deepcopy(node)
    for each in ast.walk(copied):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "query":
            each.func.value = ast.Name("session_of_the_oracle", ast.Load())
    return copied


def makes_selectable(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    made = {"aliased", "subquery", "alias", "cte", "with_polymorphic", "label", "select", "where"}
    return called(node) in made or (isinstance(start_of(node), ast.Call) and called(start_of(node)) in BUILDING)


def evaluate(node: ast.expr, namespace: Namespace) -> Any:
    code = compile(ast.fix_missing_locations(ast.Expression(node)), "<place>", "eval")
    return eval(code, {"__builtins__": {"list": list, "set": set, "str": str, "int": int}}, namespace)  # noqa: S307


def session_that_catches() -> tuple[Session, list[Any]]:
    session, caught = Session(), []

    @event.listens_for(session, "do_orm_execute")
    def catch(state) -> None:
        caught.append(state.statement)
        raise Caught

    return session, caught


def places(tree: ast.Module, place_at: Any) -> list[dict]:
    """Each place that `place_at` knows, in the order of the file."""
    found: list[dict] = []

    def visit(node: ast.AST, parents: list[ast.AST], local: dict[str, list[ast.AST]], since: int) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            since = node.lineno
            local = {**local, **names_of(node)}
            if parents and isinstance(parents[-1], ast.ClassDef) and "cls" in local:
                local["cls"] = [parents[-1]]
        place = place_at(node, parents, local)
        if place is not None:
            found.append({**place, "line": node.lineno, "local": local, "since": since})
        for child in ast.iter_child_nodes(node):
            visit(child, [*parents, node], local, since)

    visit(tree, [], {}, 0)
    return sorted(found, key=lambda each: (each["top"].lineno, each["top"].col_offset, each["top"].end_lineno))


def built_at(node: ast.AST, parents: list[ast.AST], local: dict[str, list[ast.AST]]) -> dict | None:
    """A statement that is made of functions alone, as `select(…)` does, and is no part of another."""
    if not isinstance(node, ast.Call) or called(node) not in BUILDING or not is_function(node.func):
        return None
    top, above = outermost(node, parents)
    starts = [start_of(each) for each in above if isinstance(each, ast.Call)]
    is_inner = any(isinstance(each, ast.Call) and called(each) in BUILDING | {"query"} for each in starts)
    return None if is_inner or is_ended(top) else {"call": None, "top": top}


def is_function(node: ast.expr) -> bool:
    """`select`, `sa.select`: no method of a table or a session."""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"sa", "sqlalchemy", "sql"})


def outermost(node: ast.expr, parents: list[ast.AST]) -> tuple[ast.expr, list[ast.AST]]:
    """The chain of methods on a call, and what is around it, outermost first."""
    top = node
    above = list(parents)
    while above and (isinstance(above[-1], ast.Attribute) or (isinstance(above[-1], ast.Call) and above[-1].func is top)):
        top = above.pop()
    return top, above


def run_at(node: ast.AST, parents: list[ast.AST], local: dict[str, list[ast.AST]]) -> dict | None:
    """What runs at a session (`call`), what runs a query that is kept, or what becomes a part of another statement."""
    parent = parents[-1] if parents else None
    if isinstance(node, ast.Name):
        is_query = is_built(node.id, local) and not any(is_ended(value) for value in local[node.id])
        return {"call": None, "top": node} if is_query and is_iterated(node, parent) else None
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    name, start = node.func.attr, start_of(node)
    is_kept = isinstance(start, ast.Name) and is_built(start.id, local)
    begins = isinstance(start, ast.Call) and called(start) in {"query", "select"}
    if name in EMBEDDING:
        if isinstance(parent, ast.Call) and called(parent) == "select_from":
            return None  # What a count is made of.
        return {"call": None, "top": node} if is_kept or begins else None
    if name in CONTAINING:
        given = node.args[0] if len(node.args) == 1 else None
        first = start_of(given) if given is not None else None
        is_query = isinstance(first, ast.Call) and called(first) in {"query", "select"}
        is_held = isinstance(first, ast.Name) and is_built(first.id, local)
        return {"call": None, "top": given} if is_query or is_held else None
    if is_kept and (name in ENDING or is_iterated(node, parent)):
        return {"call": None, "top": node}
    if name not in RUNNING or any(is_running(inner) for inner in links(node.func.value)):
        return None
    top, around = outermost(node, parents)
    if name == "query" and is_part(top, around[-1] if around else None):
        return None
    return {"call": node, "top": top}


def is_part(top: ast.expr, parent: ast.AST | None) -> bool:
    """A query that nothing runs where it stands: it is kept in a variable, or stands in another statement."""
    finished = [called(each) for each in links(top) if isinstance(each, ast.Call) and called(each) in FINISHING]
    if finished:
        return finished[-1] in EMBEDDING
    if isinstance(parent, ast.Assign):
        return True
    return isinstance(parent, ast.Call) and called(parent) in CONTAINING


def is_iterated(node: ast.AST, parent: ast.AST | None) -> bool:
    if isinstance(parent, (ast.For, ast.comprehension)):
        return parent.iter is node
    return isinstance(parent, ast.Call) and node in parent.args and called(parent) in {"list", "set", "tuple", "sorted"}


def is_running(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RUNNING


def links(node: ast.expr) -> list[ast.expr]:
    """`a.b().c` and what it is made on."""
    chain = []
    while isinstance(node, (ast.Attribute, ast.Call)):
        chain.append(node)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return chain


def names_of(function: Any) -> dict[str, list[ast.AST]]:
    names: dict[str, list[ast.AST]] = {}
    arguments = function.args
    for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]:
        if each is not None:
            names[each.arg] = []
    if isinstance(function, ast.Lambda):
        return names
    imported: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                imported.add(name)
                names[name] = [node]
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in imported:
            names.setdefault(node.id, [])
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            names.setdefault(node.targets[0].id, []).append(node.value)
    return names


def sql_at(place: dict, module: types.ModuleType | None, labels: Any) -> tuple[str | None, str | None, bool]:
    """The SQL that arrives at the session, or why none could be told; and whether it is guessed in part."""
    if module is None:
        return None, "its module was not imported", False
    session, caught = session_that_catches()
    namespace = Namespace(module, place["local"], session, place["line"])
    return *caught_sql(place, namespace, caught, labels), namespace.guessed


def caught_sql(place: dict, namespace: Namespace, caught: list[Any], labels: Any) -> tuple[str | None, str | None]:

    def labelled(statement: Any) -> Any:
        return statement if labels is None else statement.set_label_style(labels)

    call = place["call"]
    owner = call.func.value if call is not None else None
    if call is not None:
        call.func.value = ast.Name("session_of_the_oracle", ast.Load())
    try:
        top = on_session(place["top"])
        result = evaluate(top, namespace)
        if isinstance(result, Query):
            list(result)
        if call is None and isinstance(result, (SelectBase, UpdateBase, FromClause, ColumnElement)):
            whole = result if isinstance(result, (SelectBase, UpdateBase)) else select(result)
            return str((labelled(whole) if isinstance(whole, Select) else whole).compile(dialect=dialect)), None
        return None, "it does not run"
    except Caught:
        statement = caught[0]
        if isinstance(statement, Select):
            # A query labels its columns by their tables, and what stands in a subquery is known by that.
            statement = labelled(statement)
        try:
            return str(statement.compile(dialect=dialect)), None
        except Exception as error:  # noqa: BLE001
            return None, f"{type(error).__name__}: {error}"[:200]
    except Exception as error:  # noqa: BLE001
        return None, f"{type(error).__name__}: {error}"[:200]
    finally:
        if call is not None:
            call.func.value = owner


def read(path: Path) -> tuple[ast.Module | None, str | None]:
    data = path.read_bytes()
    try:
        return ast.parse(UNPARENTHESIZED.sub(rb"\1(\2)\3", data)), None
    except (SyntaxError, ValueError) as error:
        return None, str(error)


def described_places(tree: ast.Module, module: types.ModuleType | None, labels: Any) -> Iterator[dict]:
    judged: set[int] = set()
    kinds = [run_at] if labels is not None else [run_at, built_at]
    for kind in kinds:
        for place in places(tree, kind):
            if id(place["top"]) in judged:
                continue
            top = place["top"]
            sql, reason, guessed = sql_at(place, module, labels)
            if sql is not None:
                judged.update(id(each) for each in ast.walk(top))
            lines = {"line": place["line"], "endLine": top.end_lineno, "since": place["since"]}
            yield {**lines, "source": ast.unparse(top), "sql": sql, "reason": reason, "guessed": guessed}


def describe_file(folder: Path, name: str, module: str, labels: Any) -> dict:
    tree, problem = read(folder / name)
    if tree is None:
        return {"path": name, "problem": problem, "places": []}
    return {"path": name, "problem": None, "places": list(described_places(tree, sys.modules.get(module), labels))}


def main() -> None:
    request = json.load(sys.stdin)
    answer = answer_stream()
    asked = [*request["modules"], *(each["module"] for each in request["files"])]
    problems = load_modules(request["roots"], list(dict.fromkeys(asked)))
    mappers, tables = describe_registries(strict_mapper, problems)
    folder = Path(request["folder"])
    labels = None if request.get("ownLabels") else LABEL_STYLE_TABLENAME_PLUS_COL
    out = {
        "version": sqlalchemy.__version__,
        "problems": problems,
        "mappers": mappers,
        "tables": sorted(tables, key=lambda each: (str(each["schema"]), each["name"])),
        "files": [describe_file(folder, each["path"], each["module"], labels) for each in request["files"]],
    }
    finish(answer, out)


if __name__ == "__main__":
    main()
