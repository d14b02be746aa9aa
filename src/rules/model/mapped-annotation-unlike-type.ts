/** `Mapped[str] = mapped_column(Integer)`: type checkers believe the annotation, and the rows hold what the type says. */
import { keywordOf, positionalsOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { ColumnAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { columnCallOf, libraryNameOf } from '../shared/models/column-call.ts';
import { attributesAt } from '../shared/models/declared-attributes.ts';
import { nameOf } from '../shared/models/mapped-annotation.ts';

export const mappedAnnotationUnlikeType: Rule = {
  id: 'mapped-annotation-unlike-type',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'The annotation of a column names another Python type than its SQL type gives',
    why: 'A type that `mapped_column()` is given wins over the annotation without a word. Type checkers go on to believe the annotation: a `Mapped[float]` over `Numeric` gives `Decimal`, and an `int` that is sent as the `str` of its annotation is refused by PostgreSQL.',
    instead:
      'Let both say the same, or leave the type out: `Mapped[Decimal] = mapped_column(Numeric(10, 2))`, `Mapped[str] = mapped_column()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#mapped-column-derives-the-datatype-and-nullability-from-the-mapped-annotation',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import Numeric\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    price: Mapped[float] = mapped_column(Numeric(10, 2))',
      good: 'from decimal import Decimal\n\nfrom sqlalchemy import Numeric\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** What the types of SQLAlchemy give as rows are read, as its documentation of each says. */
const given: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    int: 'Integer INTEGER INT SmallInteger SMALLINT BigInteger BIGINT',
    str: 'String Text Unicode UnicodeText VARCHAR CHAR TEXT NVARCHAR',
    Decimal: 'Numeric NUMERIC DECIMAL',
    float: 'Float FLOAT Double DOUBLE DOUBLE_PRECISION REAL',
    UUID: 'Uuid UUID',
    datetime: 'DateTime DATETIME TIMESTAMP',
    date: 'Date DATE',
    bool: 'Boolean BOOLEAN',
  }).flatMap(([python, types]) => types.split(' ').map(type => [type, python])),
);

/** Annotations that are told of; a number may stand for another one where nothing is lost. */
const compatible: Readonly<Record<string, readonly string[]>> = {
  int: ['int', 'Decimal', 'float', 'bool'],
  str: ['str'],
  float: ['float', 'int'],
  Decimal: ['Decimal', 'int'],
  UUID: ['UUID'],
  datetime: ['datetime'],
  date: ['date'],
  bool: ['bool', 'int'],
};

function checkCall(node: Call, context: FileContext): void {
  if (columnCallOf(node, context.facts)?.function !== 'mapped_column') return;
  const found = columnOf(node, context);
  const annotated = found && annotatedType(found.annotation ?? '');
  const allowed = annotated ? compatible[annotated] : undefined;
  const type = found && allowed && (typeGiven(node, context) ?? typeReferred(node, found, context));
  if (!type || !allowed || allowed.includes(type.gives)) return;
  context.report({
    range: type.at,
    message: `${found.name} is annotated as ${annotated}, and ${type.name} gives ${type.gives}: type checkers believe the annotation, rows hold ${type.gives}`,
  });
}

function columnOf(node: Call, { project, file }: FileContext): ColumnAttribute | null {
  for (const { attribute } of attributesAt(project, file.path, node))
    if (attribute.kind === 'column') return attribute;
  return null;
}

/** `str` of `str | None`, `Optional[str]` and `builtins.str`; null where it says anything else. */
function annotatedType(annotation: string): string | null {
  const bare = annotation
    .replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1')
    .split('|')
    .map(each => each.trim())
    .filter(each => each !== 'None');
  return bare.length === 1 ? (/^(?:[a-z_]+\.)*(\w+)$/.exec(bare[0] ?? '')?.[1] ?? null) : null;
}

interface GivenType {
  readonly at: Expression;
  readonly name: string;
  readonly gives: string;
}

/** Of SQLAlchemy's own types alone: what a project makes of one, only its code knows. */
function typeGiven(node: Call, context: FileContext): GivenType | null {
  const arguments_ = [keywordOf(node, 'type_'), ...positionalsOf(node)];
  for (const argument of arguments_) {
    const at = argument?.value;
    const called = at?.kind === 'call' ? at.function : at;
    const name = called ? libraryNameOf(called, context.facts) : null;
    if (!at || !called || !name?.startsWith('sqlalchemy.')) continue;
    const python = given[nameOf(called)];
    if (python !== undefined) return isPlain(at, python) ? { at, name: nameOf(called), gives: python } : null;
  }
  return null;
}

/** A column that is given a foreign key and no type takes that of the column it refers to. */
function typeReferred(
  node: Call,
  { type, foreignKey }: ColumnAttribute,
  context: FileContext,
): GivenType | null {
  const python = given[type ?? ''];
  const others = node.arguments.filter(
    ({ keyword, value, unpacked }) =>
      unpacked ||
      keyword?.id === 'type_' ||
      (keyword === null && value.kind !== 'string' && !isForeignKey(value, context)),
  );
  const at = node.arguments.find(({ value }) => isForeignKey(value, context))?.value;
  if (!at || others.length > 0 || python === undefined) return null;
  return { at, name: `${type} of ${foreignKey}`, gives: python };
}

function isForeignKey(value: Expression, { facts }: FileContext): boolean {
  return value.kind === 'call' && libraryNameOf(value.function, facts) === 'sqlalchemy.ForeignKey';
}

/** `as_uuid=False`, `asdecimal=False` and whatever else changes what is given. */
function isPlain(at: Expression, gives: string): boolean {
  if (at.kind !== 'call') return true;
  return !at.arguments.some(
    ({ keyword, unpacked }) =>
      unpacked ||
      (gives === 'UUID' && keyword?.id === 'as_uuid') ||
      ((gives === 'Decimal' || gives === 'float') && keyword?.id === 'asdecimal'),
  );
}
