"""Code before and after its conversion: python converted.py BEFORE AFTER. The mappers are the same, and so is every statement with its rows.

Each side runs in a process of its own, on a new database. Prints the outcomes as JSON.
"""

import importlib
import inspect
import json
import os
import re
import sys

import databases
import sqlalchemy as sa
from sqlalchemy.orm import Session, configure_mappers

VERSION = sa.__version__.rpartition(".")[0]


def shown(value):
    if hasattr(value, "__mapper__"):
        return [type(value).__name__, *map(str, sa.inspect(value).identity)]
    if isinstance(value, (list, tuple, sa.Row)):
        return [shown(each) for each in value]
    return repr(value)


def mappers(base):
    return sorted([mapper_facts(mapper) for mapper in base.registry.mappers], key=lambda facts: facts["class"])


def mapper_facts(mapper):
    return {
        "class": mapper.class_.__name__,
        "columns": sorted(
            [prop.key, *[column_facts(column) for column in prop.columns]] for prop in mapper.column_attrs
        ),
        "relationships": sorted(relationship_facts(prop) for prop in mapper.relationships),
    }


def column_facts(column):
    keys = sorted(key.target_fullname for key in column.foreign_keys)
    default = re.sub(r" at 0x\w+", "", repr(column.default and column.default.arg))
    return [column.name, repr(column.type), column.nullable, column.primary_key, column.unique, column.index, default, keys]


def relationship_facts(prop):
    return [
        prop.key, prop.mapper.class_.__name__, prop.direction.name, prop.uselist, prop.lazy, str(prop.secondary),
        sorted(map(str, prop.cascade)), str(prop.primaryjoin), sorted(other.key for other in prop._reverse_property),
        prop.viewonly, prop.passive_deletes, str(prop.order_by),
    ]


def fill(session, models, more):
    a, b, c = [models.Author(name=name, settings={}) for name in "abc"]
    session.add_all([a, b, c])
    tag = models.Tag(label="t")
    for number, author in enumerate((a, a, b)):
        post = models.Post(title=f"p{number}", author=author, editor=c, tags=[tag])
        post.comments = [models.Comment(hidden=False), models.Comment(hidden=True)]
        session.add(post)
    session.flush()
    session.add(more.Profile(author_id=a.id))
    session.commit()


def statement(text):
    """Without labels and the aliases of subqueries, which Query names in its own way."""
    return re.sub(r"\s+", " ", re.sub(r" AS \w+", "", re.sub(r"anon_1\.\w+", "anon_1", text)))


def run(folder):
    os.chdir(folder)
    sys.path.insert(0, folder)
    models, more, queries, base = [importlib.import_module(f"app.{name}") for name in ("models", "more_models", "queries", "base")]
    configure_mappers()
    facts = {"mappers": mappers(base.Base), "runs": {}}
    with databases.new_database("postgresql", f"converted_{os.getpid()}", folder) as database:
        engine = sa.create_engine(database.url())
        base.Base.metadata.create_all(engine)
        with Session(engine) as session:
            fill(session, models, more)
        for name, function in inspect.getmembers(queries, inspect.isfunction):
            if function.__module__ != queries.__name__:
                continue
            sent = []
            with Session(engine) as session:
                sa.event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: sent.append([statement(sql), str(values)]))
                facts["runs"][name] = {"rows": shown(function(session)), "sql": sent}
                session.rollback()
            engine.dispose()
            engine = sa.create_engine(database.url())
        engine.dispose()
    return facts


def in_child(folder):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            json.dump(run(folder), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


def outcome(name, before, after):
    same = before == after
    output = "" if same else f"before: {json.dumps(before, indent=1)}\nafter: {json.dumps(after, indent=1)}"
    return {"name": f"converted: {name}, SQLAlchemy {VERSION}", "state": "passed" if same else "failed", "output": output}


def main():
    before, after = [in_child(os.path.abspath(folder)) for folder in sys.argv[1:3]]
    outcomes = [
        outcome(f"mapper {one['class']}", one, other)
        for one, other in zip(before["mappers"], after["mappers"], strict=True)
    ]
    for name in sorted(before["runs"].keys() | after["runs"].keys()):
        outcomes.append(outcome(name, before["runs"].get(name), after["runs"].get(name)))
    print(json.dumps(outcomes))


main()
