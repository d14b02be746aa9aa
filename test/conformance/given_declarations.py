"""Writes out what a test's fixtures give it: tables, and classes with their mapping, as the Python that declares them.

A reader of the file cannot run a fixture; with the declaration in its place, the statement over it can be read. What
has no plain declaration (a mapping with conditions of its own, a type of the test's own) gives none.
"""


class NotPlain(Exception):
    """There is no short declaration for this."""


class Declarations:
    """The declarations of one file, each once, by the names that stand for them."""

    header = [
        "import sqlalchemy as given_sqlalchemy",
        "from sqlalchemy import orm as given_orm",
        "from sqlalchemy import select as given_select",
        "from sqlalchemy import types as given_types",
        "from sqlalchemy.dialects import postgresql as given_postgresql",
    ]

    def __init__(self):
        self.names = {}
        self.lines = []
        self.groups = {}
        self.metadata = {}

    def text(self):
        return "\n".join([*self.header, *self.lines]) + "\n"

    def expression(self, value):
        """Python that stands for the value."""
        from sqlalchemy import Table
        from sqlalchemy.orm import registry
        from sqlalchemy.sql.selectable import TableClause

        if isinstance(value, (tuple, list)) and len(value) > 0:
            parts = ", ".join(self.expression(part) for part in value)
            return f"({parts},)" if isinstance(value, tuple) else f"[{parts}]"
        if isinstance(value, Table):
            return self.table(value)
        if type(value) is TableClause:
            return self.named("table", table_clause_text(value))
        if isinstance(value, registry):
            return self.named("registry", "given_orm.registry()")
        if isinstance(value, type):
            return self.mapped_class(value)
        if value is None or isinstance(value, (str, int)):
            return repr(value)
        raise NotPlain(type(value).__name__)

    def named(self, kind, text):
        if text not in self.names:
            self.names[text] = f"given_{kind}_{len(self.names)}"
            self.lines.append(f"{self.names[text]} = {text}")
        return self.names[text]

    def table(self, table):
        """Declared with the other tables of its metadata, since foreign keys name their targets."""
        tables = table.metadata.sorted_tables if table.key in table.metadata.tables else [table]
        texts = {each: table_text(each, "METADATA") for each in tables if is_plain(each)}
        if table not in texts:
            raise NotPlain("a table")
        whole = "\n".join(texts.values())
        if whole not in self.metadata:
            metadata = f"given_metadata_{len(self.metadata)}"
            self.lines.append(f"{metadata} = given_sqlalchemy.MetaData()")
            for each, text in texts.items():
                self.lines.append(f"{metadata}_{each.key.replace('.', '_')} = {text.replace('METADATA', metadata)}")
            self.metadata[whole] = metadata
        return f"{self.metadata[whole]}_{table.key.replace('.', '_')}"

    def mapped_class(self, cls):
        from sqlalchemy import inspect
        from sqlalchemy.orm import Mapper

        mapper = inspect(cls, raiseerr=False)
        if not isinstance(mapper, Mapper):
            raise NotPlain("class")
        mappers = sorted(
            mapper.registry.mappers, key=lambda each: (len(list(each.iterate_to_root())), each.class_.__name__)
        )
        if len({each.class_.__name__ for each in mappers}) < len(mappers):
            raise NotPlain("two classes of one name")
        tables = {each: self.expression(each.local_table) for each in mappers}
        text = "\n".join(MappedClasses(self, mappers, tables, "GROUP").lines())
        if text not in self.groups:
            self.groups[text] = len(self.groups)
            self.lines.append(text.replace("GROUP", str(self.groups[text])))
        return f"{cls.__name__}_{self.groups[text]}"


def type_text(type_):
    from sqlalchemy import ARRAY

    module = type(type_).__module__
    if isinstance(type_, ARRAY):
        dimensions = "" if type_.dimensions is None else f", dimensions={type_.dimensions}"
        room = "given_types" if module == "sqlalchemy.sql.sqltypes" else "given_postgresql"
        return f"{room}.ARRAY({type_text(type_.item_type)}{dimensions})"
    if module.startswith("sqlalchemy.dialects.postgresql"):
        return f"given_postgresql.{type_!r}"
    if module == "sqlalchemy.sql.sqltypes":
        return f"given_types.{type_!r}"
    raise NotPlain(f"the type {type_!r}")


def is_plain(table):
    try:
        return table.key.replace(".", "_").isidentifier() and bool(table_text(table, ""))
    except NotPlain:
        return False


def table_text(table, metadata):
    if any(getattr(name, "quote", None) is not None for name in (table.name, *(each.name for each in table.columns))):
        raise NotPlain("quoting of its own")
    parts = [repr(str(table.name)), metadata, *(column_text(column) for column in table.columns)]
    if table.schema is not None:
        parts.append(f"schema={str(table.schema)!r}")
    return f"given_sqlalchemy.Table({', '.join(parts)})"


def table_clause_text(table):
    columns = []
    for column in table.columns:
        if column.key != column.name:
            raise NotPlain("a key of its own")
        columns.append(f"given_sqlalchemy.column({str(column.name)!r}, {type_text(column.type)})")
    schema = "" if table.schema is None else f", schema={str(table.schema)!r}"
    return f"given_sqlalchemy.table({', '.join([repr(str(table.name)), *columns])}{schema})"


def column_text(column):
    parts = [repr(str(column.name)), type_text(column.type)]
    parts += [f"given_sqlalchemy.ForeignKey({key.target_fullname!r})" for key in column.foreign_keys]
    if column.key != column.name:
        parts.append(f"key={column.key!r}")
    if column.primary_key:
        parts.append("primary_key=True")
    if column._omit_from_statements:
        parts.append("_omit_from_statements=True")
    if column.autoincrement is False:
        parts.append("autoincrement=False")
    for name in ("default", "onupdate"):
        parts += default_text(name, getattr(column, name))
    parts += server_default_text(column)
    return f"given_sqlalchemy.Column({', '.join(parts)})"


def default_text(name, default):
    if default is None:
        return []
    if default.is_scalar and isinstance(default.arg, (str, int, float)):
        return [f"{name}={default.arg!r}"]
    if default.is_callable:
        return [f"{name}=lambda: None"]
    raise NotPlain("a default")


def server_default_text(column):
    default = column.server_default
    if default is None:
        return []
    if getattr(default, "arg", None) is not None and isinstance(default.arg, str):
        return [f"server_default={default.arg!r}"]
    raise NotPlain("a server default")


class MappedClasses:
    """The classes of one registry as they are mapped now."""

    def __init__(self, declarations, mappers, tables, number):
        self.declarations = declarations
        self.mappers = mappers
        self.tables = tables
        self.number = number

    def lines(self):
        for mapper in self.mappers:
            base = f"({self.class_name(mapper.inherits)})" if mapper.inherits is not None else ""
            yield f"class {self.class_name(mapper)}{base}:\n    pass"
        yield f"given_registry_{self.number} = given_orm.registry()"
        for mapper in self.mappers:
            yield self.mapping(mapper)

    def class_name(self, mapper):
        return f"{mapper.class_.__name__}_{self.number}"

    def mapping(self, mapper):
        parts = [self.class_name(mapper), self.tables[mapper]]
        if mapper.inherits is not None:
            if mapper.concrete:
                raise NotPlain("concrete inheritance")
            parts.append(f"inherits={self.class_name(mapper.inherits)}")
        elif mapper.polymorphic_on is not None:
            parts.append(f"polymorphic_on={self.column(mapper.polymorphic_on)}")
        if mapper.polymorphic_identity is not None:
            parts.append(f"polymorphic_identity={mapper.polymorphic_identity!r}")
        if any(descriptor.extension_type.name != "NOT_EXTENSION" for descriptor in mapper.all_orm_descriptors):
            raise NotPlain("a hybrid or proxy")
        if mapper.with_polymorphic is not None:
            raise NotPlain("polymorphic loading")
        properties = [text for prop in mapper.attrs for text in self.property(mapper, prop)]
        parts.append(f"properties={{{', '.join(properties)}}}")
        return f"given_registry_{self.number}.map_imperatively({', '.join(parts)})"

    def property(self, mapper, prop):
        from sqlalchemy.orm import ColumnProperty, RelationshipProperty

        if mapper.inherits is not None and mapper.inherits.has_property(prop.key):
            return
        if isinstance(prop, ColumnProperty):
            column = self.column(prop.columns[0])
            if prop.deferred:
                group = "" if prop.group is None else f", group={prop.group!r}"
                yield f"{prop.key!r}: given_orm.deferred({column}{group})"
            elif prop.key != prop.columns[0].key:
                yield f"{prop.key!r}: {column}"
        elif isinstance(prop, RelationshipProperty):
            yield f"{prop.key!r}: {self.relationship(prop)}"
        else:
            raise NotPlain(type(prop).__name__)

    def relationship(self, prop):
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
        given = prop._init_args
        if prop.mapper not in self.tables:
            raise NotPlain("a class of elsewhere")
        if prop.entity is not prop.mapper:
            raise NotPlain("an alias")
        parts = [self.class_name(prop.mapper)]
        if prop.secondary is not None:
            parts.append(f"secondary={self.declarations.expression(prop.secondary)}")
        if prop.order_by:
            parts.append(f"order_by=[{', '.join(self.column(column) for column in prop.order_by)}]")
        for name in ("primaryjoin", "secondaryjoin"):
            if getattr(given, name).argument is not None:
                parts.append(f"{name}={self.condition(getattr(prop, name))}")
        if given.foreign_keys.argument:
            parts.append(f"foreign_keys=[{', '.join(self.column(pair[1]) for pair in prop.synchronize_pairs)}]")
        if given.remote_side.argument:
            parts.append(f"remote_side=[{', '.join(self.column(column) for column in prop.remote_side)}]")
        for name, usual in (("lazy", "select"), ("viewonly", False), ("innerjoin", False), ("join_depth", None)):
            if getattr(prop, name) != usual:
                parts.append(f"{name}={getattr(prop, name)!r}")
        if prop.uselist is False:
            parts.append("uselist=False")
        return f"given_orm.relationship({', '.join(parts)})"

    def condition(self, condition):
        from sqlalchemy.sql import operators
        from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList

        if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
            parts = ", ".join(self.condition(each) for each in condition.clauses)
            return f"given_sqlalchemy.and_({parts})"
        if isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
            return f"{self.column(condition.left)} == {self.column(condition.right)}"
        raise NotPlain("a condition")

    def column(self, column):
        from sqlalchemy import Column, Table

        if not isinstance(column, Column) or not isinstance(column.table, Table):
            raise NotPlain("an expression")
        return f"{self.declarations.expression(column.table)}.c[{column.key!r}]"
