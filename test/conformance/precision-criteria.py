"""
Labels findings about migrations that a criterion proves, by Python's own parser and without the product's readers:

    python precision-criteria.py UNLABELLED FOLDER... >> precision-labels.tsv

UNLABELLED is what `npm run corpus -- --unlabelled FILE` writes. What a criterion does not prove is left out, to be read.
Each holds only where the call stands in `upgrade()` (or a function that it calls by name), under no condition that speaks of
a database, outside of folders named for another one, and on a table that the file does not create. That such a statement
locks or loses what the finding says is asserted on a real PostgreSQL by the project's own tests.
"""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

DIALECTS = re.compile(r"dialect|sqlite|mysql|mssql|oracle|is_postgres|inspect|has_table|get_columns", re.I)
OTHER = re.compile(r"sqlite|mysql|mssql|oracle", re.I)


class Revision:
    def __init__(self, text):
        self.text = text
        self.tree = ast.parse(text)
        self.parents = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
        self.created = {
            name
            for call in self.calls("create_table")
            if (name := constant(argument(call, 0))) is not None and self.in_upgrade(call)
        } | {name.lower() for name in re.findall(r"create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)", text.split("def downgrade")[0], re.I)}

    def calls(self, *names):
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and called(node) in names]

    def at(self, line, *names):
        """Calls of the names that begin in the line or stand around it within one statement."""
        found = [call for call in self.calls(*names) if call.lineno <= line <= (call.end_lineno or line)]
        return sorted(found, key=lambda call: (call.end_lineno or 0) - call.lineno)

    def above(self, node):
        while (node := self.parents.get(node)) is not None:
            yield node

    def in_upgrade(self, node):
        functions = [each for each in self.above(node) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
        if not functions:
            return False
        name = functions[-1].name
        if name.startswith("upgrade"):
            return True
        used = [call for call in self.calls(name) if call is not node]
        return name not in ("downgrade",) and any(self.in_upgrade(call) for call in used)

    def unconditional(self, node):
        """No condition around it asks which database, or what is there."""
        tests = [each.test for each in self.above(node) if isinstance(each, (ast.If, ast.IfExp, ast.While))]
        return not any(DIALECTS.search(ast.unparse(test)) for test in tests)

    def table_of(self, call, place):
        for each in self.above(call):
            if isinstance(each, ast.With):
                for item in each.items:
                    if isinstance(item.context_expr, ast.Call) and called(item.context_expr) == "batch_alter_table":
                        return constant(argument(item.context_expr, 0))
        return constant(argument(call, place))


def called(call):
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def argument(call, place, keyword=None):
    if place is not None and len(call.args) > place:
        return call.args[place]
    return next((each.value for each in call.keywords if each.arg == keyword), None)


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keyword(call, name):
    return next((each.value for each in call.keywords if each.arg == name), None)


def is_constant(node, value):
    return isinstance(node, ast.Constant) and node.value is value


def columns_in(call):
    return [each for each in ast.walk(call) if isinstance(each, ast.Call) and called(each) == "Column"]


def existing(revision, call, table):
    return (
        table is not None
        and table.lower() not in {each.lower() for each in revision.created}
        and revision.in_upgrade(call)
        and revision.unconditional(call)
    )


def names_it(message, table):
    return table is not None and re.search(rf"(?<![\w.]){re.escape(table)}\b|\.{re.escape(table)}\b", message) is not None


def directive(names, place, holds, words):
    """One directive on an existing table that the message names, for which a condition holds."""

    def judge(revision, line, message, _):
        for call in revision.at(line, *names):
            table = revision.table_of(call, place)
            if existing(revision, call, table) and names_it(message, table) and holds(revision, call):
                return words
        return None

    return judge


def either(*judges):
    return lambda *given: next((words for judge in judges if (words := judge(*given)) is not None), None)


def added(test):
    return lambda _, call: any(test(column) for column in columns_in(call))


def has_true(name):
    return lambda column: is_constant(keyword(column, name), True)


def has_foreign_key(column):
    return any(isinstance(each, ast.Call) and called(each) == "ForeignKey" for each in ast.walk(column))


def text_of(pattern, words):
    """SQL that is written out in the statement of the line."""

    def judge(revision, line, message, _):
        for node in ast.walk(revision.tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if not node.lineno <= line <= (node.end_lineno or line):
                continue
            match = re.search(pattern, node.value, re.I | re.S)
            tables = match and [each for each in match.groups() if each]
            if not match or not revision.in_upgrade(node) or not revision.unconditional(node):
                continue
            if tables and (tables[0].strip('"').lower() in revision.created or not names_it(message, tables[0].strip('"'))):
                continue
            return words
        return None

    return judge


def unnamed(revision, line, message, folder):
    if has_convention(folder):
        return None
    dropped = "cannot be dropped" in message
    names = ["drop_constraint"] if dropped else ["create_foreign_key", "create_unique_constraint", "create_check_constraint"]
    for call in revision.at(line, *names):
        if is_constant(argument(call, 0, "constraint_name"), None):
            return f"{called(call)}(None), and no naming convention in the project"
    if not dropped:
        for call in revision.at(line, "ForeignKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKey"):
            if keyword(call, "name") is None:
                return f"{called(call)} without name=, and no naming convention in the project"
        for call in revision.at(line, "Column"):
            if is_constant(keyword(call, "unique"), True):
                return "unique=True, and no naming convention in the project"
    return None


@cache
def has_convention(folder):
    found = subprocess.run(["grep", "-rlI", "--include=*.py", "naming_convention", folder], capture_output=True)
    return found.stdout != b""


def backfill(revision, line, message, _):
    match = re.search(r"ACCESS EXCLUSIVE on ([\w.]+) from", message)
    table = match and match[1].split(".")[-1]
    if not table or re.search(r"autocommit_block|\bCOMMIT\b|\.commit\(", revision.text):
        return None
    earlier = [
        call
        for call in revision.calls("add_column", "alter_column", "drop_column", "drop_constraint", "batch_alter_table", "rename_table", "create_foreign_key")
        if call.lineno < line and revision.in_upgrade(call)
        and table in {constant(each) for each in [*call.args, *[k.value for k in call.keywords]]} | {revision.table_of(call, 0)}
    ]
    statements = [
        node
        for node in ast.walk(revision.tree)
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.lineno <= line <= (node.end_lineno or line)
    ]
    inner = min(statements, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)
    if inner is None or not earlier or not revision.in_upgrade(inner) or not revision.unconditional(inner):
        return None
    source = ast.get_source_segment(revision.text, inner) or ""
    if re.search(rf"\bupdate\s+(?:only\s+)?[\"']?(?:\w+\.)?{re.escape(table)}\b", source, re.I):
        return "ALTER of the table before, UPDATE of it here, one transaction"
    return None


def empty_downgrade(revision, line, message, _):
    for node in revision.tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "downgrade" and node.lineno <= line <= (node.end_lineno or line):
            idle = all(
                isinstance(each, ast.Pass) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)) or (isinstance(each, ast.Return) and each.value is None)
                for each in node.body
            )
            return "downgrade() has no statement" if idle else None
    return None


def application_import(revision, line, message, _):
    match = re.match(r"(\w+) is the model of today", message)
    if not match:
        return None
    for node in ast.walk(revision.tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for name in node.names:
            if name.name != match[1]:
                continue
            local = name.asname or name.name
            uses = [each for each in ast.walk(revision.tree) if isinstance(each, ast.Name) and each.id == local]
            table = [
                each for each in uses
                if isinstance(revision.parents.get(each), ast.Attribute) and revision.parents[each].attr in ("__tablename__", "__table__")
            ]
            if len(uses) > len(table):
                return "the model is imported and used as a whole"
    return None


def no_keyword(*names):
    return lambda _, call: all(keyword(call, name) is None for name in names)


def new_not_null(_, call):
    return any(is_constant(keyword(column, "nullable"), False) and keyword(column, "server_default") is None for column in columns_in(call))


CRITERIA = {
    "drop-column": either(
        directive(["drop_column"], 0, lambda *_: True, "drop_column() on a table that the file does not create"),
        text_of(r"alter\s+table\s+(?:only\s+|if\s+exists\s+)?(\S+)\s+drop\s+column", "DROP COLUMN written out"),
    ),
    "drop-table": either(
        directive(["drop_table"], 0, lambda *_: True, "drop_table() of a table that the file does not create"),
        text_of(r"drop\s+table\s+(?:if\s+exists\s+)?(\w+)", "DROP TABLE written out"),
    ),
    "index-without-concurrently": either(
        directive(["create_index"], 1, no_keyword("postgresql_concurrently"), "create_index() on an existing table, not concurrently"),
        directive(["add_column"], 0, added(has_true("index")), "index=True of a column added to an existing table"),
        text_of(r"create\s+(?:unique\s+)?index\s+(?!concurrently)(?:if\s+not\s+exists\s+)?\S+\s+on\s+(?:only\s+)?(\"?\w+\"?)", "CREATE INDEX written out"),
    ),
    "set-not-null-without-check": either(
        directive(["alter_column"], 0, lambda revision, call: is_constant(keyword(call, "nullable"), False) and "NOT VALID" not in revision.text, "alter_column(nullable=False) on an existing table, no CHECK before"),
        text_of(r"alter\s+table\s+(?:only\s+)?(\S+)\s+alter\s+(?:column\s+)?\S+\s+set\s+not\s+null", "SET NOT NULL written out"),
    ),
    "foreign-key-without-not-valid": either(
        directive(["create_foreign_key"], 1, no_keyword("postgresql_not_valid"), "create_foreign_key() on an existing table, not NOT VALID"),
        directive(["add_column"], 0, added(has_foreign_key), "ForeignKey of a column added to an existing table"),
        text_of(r"alter\s+table\s+(?:only\s+)?(\S+)\s+add\s+constraint\s+\S+\s+foreign\s+key", "ADD FOREIGN KEY written out"),
    ),
    "unique-constraint-without-index": either(
        directive(["create_unique_constraint"], 1, no_keyword("postgresql_using_index"), "create_unique_constraint() on an existing table"),
        directive(["add_column"], 0, added(has_true("unique")), "unique=True of a column added to an existing table"),
        text_of(r"alter\s+table\s+(?:only\s+)?(\S+)\s+add\s+constraint\s+\S+\s+unique\s*\(", "ADD UNIQUE written out"),
    ),
    "check-without-not-valid": either(
        directive(["create_check_constraint"], 1, no_keyword("postgresql_not_valid"), "create_check_constraint() on an existing table"),
        text_of(r"alter\s+table\s+(?:only\s+)?(\S+)\s+add\s+constraint\s+\S+\s+check(?!.*not\s+valid)", "ADD CHECK written out"),
    ),
    "primary-key-on-existing-table": directive(["create_primary_key"], 1, lambda *_: True, "create_primary_key() on an existing table"),
    "not-null-column-without-default": directive(["add_column"], 0, new_not_null, "add_column(nullable=False) without server_default on an existing table"),
    "unnamed-constraint": unnamed,
    "backfill-under-lock": backfill,
    "empty-downgrade": empty_downgrade,
    "application-import-in-revision": application_import,
    "delete-without-where": text_of(r"delete\s+from\s+(\w+)\s*;?\s*$", "DELETE without WHERE written out"),
}


def main():
    listed, *folders = sys.argv[1:]
    by_name = {re.sub(r"-\d[\d.]*$", "", Path(folder).resolve().name): Path(folder).resolve() for folder in folders}
    revisions = {}
    for row in Path(listed).read_text().splitlines():
        project, path, rule, key, _, line, message, *_ = row.split("\t")
        judge = CRITERIA.get(rule)
        if judge is None or OTHER.search(path):
            continue
        folder = by_name[project]
        file = folder / path
        if file not in revisions:
            try:
                revisions[file] = Revision(file.read_text(errors="replace"))
            except SyntaxError:
                revisions[file] = None
        revision = revisions[file]
        words = revision and judge(revision, int(line), message, str(folder))
        if words:
            print(project, version_of(folder), path, rule, key, "true", "criterion", words, sep="\t")


@cache
def version_of(folder):
    """Of a source distribution by its name, else the commit."""
    match = re.search(r"-(\d[\d.]*)$", folder.name)
    if match:
        return match[1]
    found = subprocess.run(["git", "-C", str(folder), "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True)
    return found.stdout.strip() or "unknown"


main()
