/** Python values where SQLAlchemy expects SQL: its coercions of literals, classes, relationships and statements. */
import type { SourceLocation } from '../model.ts';
import type { Unknown } from '../statement.ts';
import { bind, constant } from './elements.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { givenValue } from './given-value.ts';
import type { BindElement, Element, StatementNode } from './ir.ts';
import { scalarType } from './scalar-type.ts';
import {
  arrayOf,
  BOOLEAN,
  DATE,
  DATETIME,
  FLOAT,
  INTEGER,
  isJson,
  isOwnType,
  NULL_TYPE,
  NUMERIC,
  type SqlType,
  STRING,
} from './sql-type.ts';
import { isNone, isPlain, type Located, type ObjectValue, type UnknownValue, type Value } from './value.ts';

/** How a literal becomes a parameter. */
export interface LiteralOptions {
  /** Base of the parameter's name; null for `param`. */
  readonly name: string | null;
  readonly type: SqlType;
  /** Set beside an `array([…])`: a list is one too, of this type. */
  readonly listType?: SqlType;
}

const anyLiteral: LiteralOptions = { name: null, type: NULL_TYPE };

/** An operand of an operator, an argument of a function: anything that is no SQL becomes a parameter. */
export function operandOf(
  evaluation: Evaluation,
  given: Located,
  options: LiteralOptions = anyLiteral,
): Element {
  const { value, at } = given;
  switch (value.kind) {
    case 'element':
      return value.element;
    case 'constant':
      if (value.value === null) return constant('NULL', at);
      return literal(given, options);
    case 'list':
      return options.listType === undefined
        ? plainOperand(evaluation, given, options)
        : arrayOperand(evaluation, value.elements, options.listType, at);
    case 'statement':
      return scalarSubquery(evaluation, given, value.node);
    case 'unknown':
      return value.sql ? unknownElement(value.unknown, at) : plainOperand(evaluation, given, options);
    case 'missing-attribute':
      return missingColumn(evaluation, given);
    case 'entity':
    case 'from':
      // A subquery that is no alias of another one counts as the SELECT in it.
      return value.kind === 'from' && value.from.kind === 'subquery' && !value.from.lateral
        ? scalarSubquery(evaluation, given, value.from.statement)
        : { kind: 'table-reference', from: value.from, at };
    case 'object':
      if (memberNames(value).has('__clause_element__'))
        return unknownElement(
          unknownAt('unsupported-construct', 'An object makes this SQL by itself.', at),
          at,
        );
      return plainOperand(evaluation, given, options);
    case 'relationship':
    case 'proxy':
    case 'columns':
    case 'loader':
    case 'type':
      return unknownElement(unknownAt('unsupported-construct', 'This is no SQL expression.', at), at);
    case 'method':
      if (isPlain(value)) return plainOperand(evaluation, given, options);
      return unknownElement(
        unknownAt('unsupported-construct', 'A method is given where its result is expected.', at),
        at,
      );
    case 'library':
      // `JSON.NULL` is a value.
      if (value.name === 'NULL') return plainOperand(evaluation, given, options);
      return unknownElement(
        unknownAt('unsupported-construct', 'A function is given where its result is expected.', at),
        at,
      );
    default:
      return plainOperand(evaluation, given, options);
  }
}

function arrayOperand(
  evaluation: Evaluation,
  given: readonly Located[],
  type: SqlType,
  at: SourceLocation,
): Element {
  const item = { name: null, type: type.item ?? NULL_TYPE };
  const elements = given.map(each => operandOf(evaluation, each, item));
  return { kind: 'array', elements, type: elements.length === 0 ? arrayOf(NULL_TYPE) : type, at };
}

function memberNames({ class: { node } }: ObjectValue): ReadonlySet<string> {
  return new Set(node.body.flatMap(each => (each.kind === 'function' ? [each.name.id] : [])));
}

/** A plain value; an attribute of something that is not known may be a column all the same. */
function plainOperand(evaluation: Evaluation, given: Located, options: LiteralOptions): BindElement {
  const made = literal(given, options);
  let root = given.node;
  while (root.kind === 'attribute') {
    // `tables.users.c.id`, whatever the owner is.
    if (root.attribute.id === 'c' || root.attribute.id === 'columns') return { ...made, source: 'unsure' };
    root = root.value;
  }
  if (root === given.node) return made;
  const owner = evaluation.recorder?.values.get(root)?.kind ?? 'unknown';
  return ['unknown', 'class', 'library'].includes(owner) ? { ...made, source: 'unsure' } : made;
}

/** `operandOf` where None is a value like any other: INSERT and UPDATE values, function arguments. */
export function literal(given: Located, options: LiteralOptions): BindElement {
  const type = comparedType(options.type, typeOfLiteral(given.value));
  const made = { ...bind(options.name, type, given.at), given: givenValue(given) };
  return given.value.kind === 'constant' ? { ...made, source: 'constant' } : made;
}

const simpleFamilies = new Set([
  'integer',
  'numeric',
  'float',
  'boolean',
  'string',
  'date',
  'datetime',
  'time',
]);

/** `coerce_compared_value`: a literal beside a column has the column's type where its own is of the same family. */
function comparedType(column: SqlType, own: SqlType): SqlType {
  if (column.family === 'null') return own;
  // Beside JSON a text is a text and a dictionary JSON: what is not known may be either.
  if (own.family === 'null' && isJson(column)) return NULL_TYPE;
  if (own.family === 'null' || own.family === column.family || !isOwnType(column)) return column;
  // A member of an enumeration reads as its value, and goes as its name.
  if (/^(?:\w+\.)*(?:Enum|ENUM)\b/.test(column.name ?? '')) return column;
  const isConverted = simpleFamilies.has(column.family) || column.family === 'interval' || isJson(column);
  return isConverted && simpleFamilies.has(own.family) ? own : column;
}

/** SQLAlchemy's type for a Python value without any context. */
export function typeOfLiteral(value: Value): SqlType {
  switch (value.kind) {
    case 'constant':
      if (typeof value.value === 'string') return STRING;
      if (typeof value.value === 'boolean') return BOOLEAN;
      if (typeof value.value === 'number') return value.float ? FLOAT : INTEGER;
      return NULL_TYPE;
    case 'python':
      return typesByPython[value.type ?? ''] ?? NULL_TYPE;
    case 'list': {
      const first = value.elements[0];
      return first === undefined ? NULL_TYPE : arrayOf(typeOfLiteral(first.value));
    }
    default:
      return NULL_TYPE;
  }
}

const typesByPython: Readonly<Record<string, SqlType>> = {
  'builtins.str': STRING,
  'builtins.int': INTEGER,
  'builtins.bool': BOOLEAN,
  'builtins.float': FLOAT,
  'decimal.Decimal': NUMERIC,
  'datetime.date': DATE,
  'datetime.datetime': DATETIME,
};

export function unknownElement(unknown: Unknown, at: SourceLocation | null): Element {
  return { kind: 'unknown', unknown, at };
}

/** A column that its model does not have still goes to PostgreSQL, which knows best what is wrong with it. */
export function missingColumn(evaluation: Evaluation, given: Located): Element {
  const { value, at } = given;
  if (value.kind !== 'missing-attribute')
    return unknownElement(unknownAt('unresolved-name', 'Not a column.', at), at);
  const from = value.alias ?? evaluation.tables.of(value.model);
  return { kind: 'column', from, name: value.name, key: value.name, type: NULL_TYPE, at: value.at };
}

function scalarSubquery(evaluation: Evaluation, given: Located, whole: StatementNode): Element {
  if (given.value.kind === 'statement') evaluation.recorder?.consumed(given.value);
  if (whole.kind === 'text-statement' && whole.unknown === null) return whole.element;
  const node =
    whole.kind === 'select' && whole.legacy ? { ...whole, legacy: false, tableLabels: false } : whole;
  return { kind: 'scalar-select', statement: node, type: scalarType(node), at: given.at };
}

/** A condition of WHERE, HAVING, ON, `and_(…)`. Booleans of Python are true or false; no other value is guessed at. */
export function conditionOf(evaluation: Evaluation, given: Located): Element {
  const { value, at } = given;
  if (value.kind === 'constant' && typeof value.value === 'boolean')
    return constant(value.value ? 'true' : 'false', at);
  if (isNone(value)) return constant('NULL', at);
  if (value.kind === 'python' && value.type === 'builtins.bool')
    return constant(evaluation.choices.choose(2) === 0 ? 'true' : 'false', at);
  if (value.kind === 'element' || value.kind === 'statement' || value.kind === 'missing-attribute')
    return operandOf(evaluation, given);
  return unknownElement(unknownOf(value, at, 'This condition'), at);
}

/** Why a value is of no use where SQL is expected. */
export function unknownOf(value: Value, at: SourceLocation, subject: string): Unknown {
  if (value.kind === 'unknown') return { ...value.unknown, location: value.unknown.location ?? at };
  if (value.kind === 'python' || value.kind === 'method') {
    return unknownAt('from-caller', `${subject} is given from outside.`, at);
  }
  if (value.kind === 'class')
    return unknownAt('unresolved-model', `${subject} is a class whose mapping is not followed.`, at);
  if (value.kind === 'function' || value.kind === 'object') {
    return unknownAt('unsupported-construct', `${subject} is an object that is not understood.`, at);
  }
  return unknownAt('unsupported-construct', `${subject} is no SQL expression.`, at);
}

export function unknownFrom(value: Value, at: SourceLocation, subject: string): UnknownValue {
  return { kind: 'unknown', unknown: unknownOf(value, at, subject), sql: true };
}

/** An element of ORDER BY, GROUP BY, DISTINCT ON: strings name labels. */
export function orderingOf(evaluation: Evaluation, given: Located): Element {
  const { value, at } = given;
  if (value.kind === 'constant' && typeof value.value === 'string') {
    return { kind: 'label-reference', name: value.value, direction: null, at };
  }
  if (isPlain(value)) {
    return unknownElement(unknownOf(value, at, 'What to order by'), at);
  }
  return operandOf(evaluation, given);
}

/** Arguments that may be one list instead of many: `in_`, `order_by(*columns)`, generators. */
export function spread(given: readonly Located[]): readonly Located[] {
  const only = given[0];
  return given.length === 1 && only?.value.kind === 'list' ? only.value.elements : given;
}
