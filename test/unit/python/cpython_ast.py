"""CPython's own reading of Python sources, in the shapes of src/python/syntax.ts.

Reads JSON lines from standard input, each the text of a module, and writes one JSON line for each: the module's
statements, or null where this CPython rejects the text. Offsets are in UTF-16 units. Left out is what `ast` does not know:
the places of names and operators, parentheses, comments, and the pieces of joined strings.
"""

import ast
import json
import re
import sys

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@",
    ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
STRING_LIKE = tuple(getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name))
INTERPOLATIONS = tuple(getattr(ast, name) for name in ("FormattedValue", "Interpolation") if hasattr(ast, name))


class Reader:
    def __init__(self, text: str) -> None:
        self.lines = [line.encode("utf-8", "surrogatepass") for line in split_lines(text)]
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + utf16_length(line))

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + utf16_length(self.lines[line - 1][:column])

    def range(self, node: ast.AST) -> dict:
        return {
            "start": self.offset(node.lineno, node.col_offset),
            "end": self.offset(node.end_lineno, node.end_col_offset),
        }

    def nodes(self, nodes: list) -> list:
        return [self.node(node) for node in nodes]

    def optional(self, node):
        return None if node is None else self.node(node)

    def node(self, node: ast.AST) -> dict:
        read = getattr(self, "read_" + type(node).__name__)
        found = {**self.range(node), **read(node)}
        # `ast` lets a definition begin after its decorators.
        return {**found, "start": None} if found.get("decorators") else found

    # Expressions

    def read_Name(self, node):
        return {"kind": "name", "id": node.id}

    def read_Attribute(self, node):
        return {"kind": "attribute", "value": self.node(node.value), "attribute": node.attr}

    def arguments(self, args, keywords):
        positional = [(a, {"keyword": None, "unpacked": False, "value": self.node(a)}) for a in args]
        named = [(k.value, {"keyword": k.arg, "unpacked": k.arg is None, "value": self.node(k.value)}) for k in keywords]
        both = sorted(positional + named, key=lambda pair: (pair[0].lineno, pair[0].col_offset))
        return [argument for _, argument in both]

    def read_Call(self, node):
        return {
            "kind": "call",
            "function": self.node(node.func),
            "arguments": self.arguments(node.args, node.keywords),
        }

    def read_Subscript(self, node):
        index = self.node(node.slice)
        # The end of `a[b, c,]` depends on the comma, which our tree leaves out.
        index = {**index, "start": None, "end": None} if index["kind"] == "tuple" else index
        return {"kind": "subscript", "value": self.node(node.value), "index": index}

    def read_Slice(self, node):
        return {
            "kind": "slice",
            "lower": self.optional(node.lower),
            "upper": self.optional(node.upper),
            "step": self.optional(node.step),
        }

    def read_Constant(self, node):
        value = node.value
        if value is None or value is Ellipsis or isinstance(value, bool):
            return {"kind": "constant", "value": "Ellipsis" if value is Ellipsis else str(value)}
        if isinstance(value, bytes):
            return {"kind": "string", "bytes": True, "value": value.decode("latin-1"), "interpolations": []}
        if isinstance(value, str):
            return {"kind": "string", "bytes": False, "value": value, "interpolations": []}
        return {"kind": "number", "type": type(value).__name__}

    def read_string_like(self, node):
        found = list(self.interpolations(node))
        text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        return {
            "kind": "string",
            "bytes": False,
            "value": None if found else text,
            "interpolations": [without_ranges(self.node(expression)) for expression in found],
        }

    def interpolations(self, node):
        for part in node.values:
            if isinstance(part, INTERPOLATIONS):
                yield part.value
                if part.format_spec is not None:
                    yield from self.interpolations(part.format_spec)

    read_JoinedStr = read_TemplateStr = read_string_like

    def sequence(self, kind, node):
        return {"kind": kind, "elements": self.nodes(node.elts)}

    def read_Tuple(self, node):
        return self.sequence("tuple", node)

    def read_List(self, node):
        return self.sequence("list", node)

    def read_Set(self, node):
        return self.sequence("set", node)

    def read_Dict(self, node):
        entries = zip(node.keys, node.values)
        return {"kind": "dict", "entries": [{"key": self.optional(k), "value": self.node(v)} for k, v in entries]}

    def read_BinOp(self, node):
        return {
            "kind": "binary",
            "operator": OPERATORS[type(node.op)],
            "left": self.node(node.left),
            "right": self.node(node.right),
        }

    def read_UnaryOp(self, node):
        return {"kind": "unary", "operator": OPERATORS[type(node.op)], "operand": self.node(node.operand)}

    def read_BoolOp(self, node):
        return {"kind": "boolean", "operator": OPERATORS[type(node.op)], "values": self.nodes(node.values)}

    def read_Compare(self, node):
        rest = [
            {"operator": OPERATORS[type(operator)], "right": self.node(right)}
            for operator, right in zip(node.ops, node.comparators)
        ]
        return {"kind": "comparison", "left": self.node(node.left), "rest": rest}

    def read_Lambda(self, node):
        return {"kind": "lambda", "parameters": self.parameters(node.args), "body": self.node(node.body)}

    def read_IfExp(self, node):
        return {
            "kind": "conditional",
            "test": self.node(node.test),
            "then": self.node(node.body),
            "otherwise": self.node(node.orelse),
        }

    def comprehension(self, kind, node, element, value=None):
        clauses = [
            {
                "target": self.node(clause.target),
                "iterable": self.node(clause.iter),
                "conditions": self.nodes(clause.ifs),
                "async": bool(clause.is_async),
            }
            for clause in node.generators
        ]
        return {
            "kind": "comprehension",
            "type": kind,
            "element": self.node(element),
            "value": self.optional(value),
            "clauses": clauses,
        }

    def read_ListComp(self, node):
        return self.comprehension("list", node, node.elt)

    def read_SetComp(self, node):
        return self.comprehension("set", node, node.elt)

    def read_GeneratorExp(self, node):
        return self.comprehension("generator", node, node.elt)

    def read_DictComp(self, node):
        return self.comprehension("dict", node, node.key, node.value)

    def read_Await(self, node):
        return {"kind": "await", "value": self.node(node.value)}

    def read_Yield(self, node):
        return {"kind": "yield", "from": False, "value": self.optional(node.value)}

    def read_YieldFrom(self, node):
        return {"kind": "yield", "from": True, "value": self.node(node.value)}

    def read_NamedExpr(self, node):
        return {"kind": "named", "target": self.node(node.target), "value": self.node(node.value)}

    def read_Starred(self, node):
        return {"kind": "starred", "value": self.node(node.value)}

    # Statements

    def read_Expr(self, node):
        return {"kind": "expression", "expression": self.node(node.value)}

    def read_Assign(self, node):
        return {
            "kind": "assignment",
            "targets": self.nodes(node.targets),
            "annotation": None,
            "value": self.node(node.value),
        }

    def read_AnnAssign(self, node):
        return {
            "kind": "assignment",
            "targets": [self.node(node.target)],
            "annotation": self.node(node.annotation),
            "value": self.optional(node.value),
        }

    def read_AugAssign(self, node):
        return {
            "kind": "augmented-assignment",
            "target": self.node(node.target),
            "operator": OPERATORS[type(node.op)],
            "value": self.node(node.value),
        }

    def read_Return(self, node):
        return {"kind": "return", "value": self.optional(node.value)}

    def read_Raise(self, node):
        return {"kind": "raise", "exception": self.optional(node.exc), "cause": self.optional(node.cause)}

    def read_Assert(self, node):
        return {"kind": "assert", "test": self.node(node.test), "message": self.optional(node.msg)}

    def read_Delete(self, node):
        return {"kind": "delete", "targets": self.nodes(node.targets)}

    def read_Pass(self, node):
        return {"kind": "pass"}

    def read_Break(self, node):
        return {"kind": "break"}

    def read_Continue(self, node):
        return {"kind": "continue"}

    def read_Global(self, node):
        return {"kind": "global", "names": node.names}

    def read_Nonlocal(self, node):
        return {"kind": "nonlocal", "names": node.names}

    def names(self, node):
        return [{"name": a.name, "alias": a.asname} for a in node.names if a.name != "*"]

    def read_Import(self, node):
        return {"kind": "import", "names": self.names(node)}

    def read_ImportFrom(self, node):
        return {
            "kind": "import-from",
            "module": node.module or "",
            "level": node.level,
            "names": self.names(node),
            "star": any(a.name == "*" for a in node.names),
        }

    def read_If(self, node):
        return {
            "kind": "if",
            "test": self.node(node.test),
            "body": self.nodes(node.body),
            "otherwise": self.nodes(node.orelse),
        }

    def loop(self, node, is_async):
        return {
            "kind": "for",
            "async": is_async,
            "target": self.node(node.target),
            "iterable": self.node(node.iter),
            "body": self.nodes(node.body),
            "otherwise": self.nodes(node.orelse),
        }

    def read_For(self, node):
        return self.loop(node, False)

    def read_AsyncFor(self, node):
        return self.loop(node, True)

    def read_While(self, node):
        return {
            "kind": "while",
            "test": self.node(node.test),
            "body": self.nodes(node.body),
            "otherwise": self.nodes(node.orelse),
        }

    def read_Try(self, node, group=False):
        handlers = [
            {
                "type": self.optional(handler.type),
                "name": handler.name,
                "group": group,
                "body": self.nodes(handler.body),
                **self.range(handler),
            }
            for handler in node.handlers
        ]
        return {
            "kind": "try",
            "body": self.nodes(node.body),
            "handlers": handlers,
            "otherwise": self.nodes(node.orelse),
            "finally": self.nodes(node.finalbody),
        }

    def read_TryStar(self, node):
        return self.read_Try(node, group=True)

    def context(self, node, is_async):
        items = [
            {"context": self.node(i.context_expr), "target": self.optional(i.optional_vars)} for i in node.items
        ]
        return {"kind": "with", "async": is_async, "items": items, "body": self.nodes(node.body)}

    def read_With(self, node):
        return self.context(node, False)

    def read_AsyncWith(self, node):
        return self.context(node, True)

    def read_Match(self, node):
        cases = [
            {
                "bindings": sorted(self.bindings(case.pattern)),
                "guard": self.optional(case.guard),
                "body": self.nodes(case.body),
            }
            for case in node.cases
        ]
        return {"kind": "match", "subject": self.node(node.subject), "cases": cases}

    def bindings(self, pattern):
        for inner in ast.walk(pattern):
            bound = getattr(inner, "rest", None) or getattr(inner, "name", None)
            if bound is not None:
                yield bound

    def parameters(self, arguments):
        optional = [None] * (len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults))
        defaults = optional + list(arguments.defaults)
        found = [("positional-only", argument) for argument in arguments.posonlyargs]
        found += [("positional-or-keyword", argument) for argument in arguments.args]
        read = [self.parameter(kind, argument, default) for (kind, argument), default in zip(found, defaults)]
        if arguments.vararg:
            read.append(self.parameter("var-positional", arguments.vararg, None))
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
            read.append(self.parameter("keyword-only", argument, default))
        if arguments.kwarg:
            read.append(self.parameter("var-keyword", arguments.kwarg, None))
        return read

    def parameter(self, kind, argument, default):
        return {
            "kind": kind,
            "name": argument.arg,
            "annotation": self.optional(argument.annotation),
            "default": self.optional(default),
        }

    def type_parameters(self, node):
        kinds = {"TypeVar": "type-variable", "TypeVarTuple": "variadic", "ParamSpec": "parameter-specification"}
        return [
            {
                "kind": kinds[type(parameter).__name__],
                "name": parameter.name,
                "bound": self.optional(getattr(parameter, "bound", None)),
                **self.range(parameter),
            }
            for parameter in getattr(node, "type_params", [])
        ]

    def function(self, node, is_async):
        return {
            "kind": "function",
            "async": is_async,
            "name": node.name,
            "typeParameters": self.type_parameters(node),
            "parameters": self.parameters(node.args),
            "returns": self.optional(node.returns),
            "decorators": self.nodes(node.decorator_list),
            "body": self.nodes(node.body),
        }

    def read_FunctionDef(self, node):
        return self.function(node, False)

    def read_AsyncFunctionDef(self, node):
        return self.function(node, True)

    def read_ClassDef(self, node):
        return {
            "kind": "class",
            "name": node.name,
            "typeParameters": self.type_parameters(node),
            "arguments": self.arguments(node.bases, node.keywords),
            "decorators": self.nodes(node.decorator_list),
            "body": self.nodes(node.body),
        }

    def read_TypeAlias(self, node):
        return {
            "kind": "type-alias",
            "name": node.name.id,
            "typeParameters": self.type_parameters(node),
            "value": self.node(node.value),
        }


def without_ranges(value):
    if isinstance(value, list):
        return [without_ranges(item) for item in value]
    if isinstance(value, dict):
        return {key: without_ranges(item) for key, item in value.items() if key not in ("start", "end")}
    return value


def split_lines(text: str) -> list:
    """Lines as the tokenizer counts them: Unicode's other separators do not end one."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def utf16_length(encoded: bytes) -> int:
    return len(encoded.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")) // 2


def read(text: str):
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    return Reader(text).nodes(module.body)


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    for line in sys.stdin:
        print(json.dumps(read(json.loads(line))), flush=True)
