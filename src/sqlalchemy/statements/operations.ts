/** Python's operators on SQL expressions: SQLAlchemy's `default_comparator` and the rules of its types. */
import type { SourceLocation } from '../model.ts';
import { type LiteralOptions, literal, operandOf } from './coercion.ts';
import { binary, bind, conjunction, constant, negated, typeOf, unary } from './elements.ts';
import { emptySelect } from './empty-select.ts';
import type { Evaluation } from './evaluation.ts';
import type { Element, TupleElement } from './ir.ts';
import type { NamedOperator, Operator } from './operators.ts';
import {
  BOOLEAN,
  INTEGER,
  INTERVAL,
  isNumber,
  NULL_TYPE,
  NUMERIC,
  type SqlType,
  STRING,
  UNTOLD_TYPE,
} from './sql-type.ts';
import { isNone, isPlain, type Located } from './value.ts';

type At = SourceLocation;

const negations: Partial<Record<NamedOperator, NamedOperator>> = {
  eq: 'ne', ne: 'eq', lt: 'ge', ge: 'lt', gt: 'le', le: 'gt', is: 'is-not', 'is-not': 'is',
  'is-distinct-from': 'is-not-distinct-from', 'is-not-distinct-from': 'is-distinct-from',
  like: 'not-like', 'not-like': 'like', ilike: 'not-ilike', 'not-ilike': 'ilike', in: 'not-in', 'not-in': 'in',
  between: 'not-between', 'not-between': 'between', match: 'not-match', 'not-match': 'match',
  'regexp-match': 'not-regexp-match', 'not-regexp-match': 'regexp-match',
  contains: 'not-contains', 'not-contains': 'contains', startswith: 'not-startswith', 'not-startswith': 'startswith',
  endswith: 'not-endswith', 'not-endswith': 'endswith', icontains: 'not-icontains', 'not-icontains': 'icontains',
  istartswith: 'not-istartswith', 'not-istartswith': 'istartswith', iendswith: 'not-iendswith', 'not-iendswith': 'iendswith',
}; // biome-ignore format: pairs read better in rows

export function negationOf(operator: NamedOperator): NamedOperator | null {
  return negations[operator] ?? null;
}

/** How a literal on the other side of an expression becomes a parameter. */
export function literalBeside(element: Element, operator: Operator): LiteralOptions {
  const type = typeOf(element);
  if (element.kind === 'array' && operator !== 'getitem')
    return { name: null, type: literalType(type, operator), listType: type };
  const name = element.kind === 'column' ? element.key : element.kind === 'function' ? element.name : null;
  const named = element.kind === 'literal-column' ? element.text : name;
  return { name: named, type: literalType(type, operator) };
}

function literalType(type: SqlType, operator: Operator): SqlType {
  if (type.family === 'array' && operator !== 'eq' && operator !== 'ne') return type;
  const dates =
    type.family === 'datetime' ||
    type.family === 'date' ||
    type.family === 'time' ||
    type.family === 'interval';
  // Added to a date, and mostly also subtracted, is a span of time.
  return dates && (operator === 'add' || operator === 'sub') ? INTERVAL : type;
}

const comparisons = new Set<Operator>([
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'is',
  'is-not',
  'is-distinct-from',
  'is-not-distinct-from',
]);

/** `left operator right` where the left side is SQL. */
export function operate(
  evaluation: Evaluation,
  left: Element,
  operator: NamedOperator,
  right: Located,
  at: At,
): Element {
  if (comparisons.has(operator)) return compare(evaluation, left, operator, right, at);
  if (operator === 'and' || operator === 'or')
    return conjunction(operator, [left, operandOf(evaluation, right)], at);
  return arithmetic(left, operator, operandOf(evaluation, right, literalBeside(left, operator)), at);
}

/** `left operator right` where only the right side is SQL. */
export function operateReversed(
  evaluation: Evaluation,
  left: Located,
  operator: NamedOperator,
  right: Element,
  at: At,
): Element {
  const mirrored: Partial<Record<NamedOperator, NamedOperator>> = {
    lt: 'gt',
    gt: 'lt',
    le: 'ge',
    ge: 'le',
    eq: 'eq',
    ne: 'ne',
  };
  const mirror = mirrored[operator];
  if (mirror !== undefined) return compare(evaluation, right, mirror, left, at);
  if (operator === 'and' || operator === 'or')
    return conjunction(operator, [operandOf(evaluation, left), right], at);
  // What a date is subtracted from is a date itself.
  const like = literalBeside(right, operator === 'sub' ? 'eq' : operator);
  // A number is taken from, or added to, a number or a date.
  const beside = isNumber(typeOf(right)) ? { ...like, type: NULL_TYPE } : like;
  return arithmetic(operandOf(evaluation, left, beside), operator, right, at);
}

function compare(
  evaluation: Evaluation,
  left: Element,
  operator: NamedOperator,
  right: Located,
  at: At,
): Element {
  const options = { type: BOOLEAN, negate: negationOf(operator), at };
  const { value } = right;
  const truthful = plainTruth(left, operator, right);
  if (truthful !== null)
    return binary(left, operator, { ...constant(truthful, right.at), assumed: true }, options);
  const isNull = isNone(value) || (value.kind === 'element' && isNullConstant(value.element));
  const truth =
    value.kind === 'constant' && typeof value.value === 'boolean' ? (value.value ? 'true' : 'false') : null;
  const distinct = operator === 'is-distinct-from' || operator === 'is-not-distinct-from';
  if (isNull && !distinct) {
    if (operator === 'eq' || operator === 'is') return nullTest(left, 'is', right.at, at);
    if (operator === 'ne' || operator === 'is-not') return nullTest(left, 'is-not', right.at, at);
  }
  if (isNull) return binary(left, operator, constant('NULL', right.at), options);
  if (truth !== null && !isAggregate(left)) {
    return binary(left, operator, constant(truth, right.at), options);
  }
  if (isAggregate(left)) {
    // ANY and ALL stand on the right.
    const mirror: Partial<Record<NamedOperator, NamedOperator>> = { lt: 'gt', gt: 'lt', le: 'ge', ge: 'le' };
    const other = operandOf(evaluation, right, { name: null, type: NULL_TYPE });
    return binary(other, mirror[operator] ?? operator, left, options);
  }
  if (left.kind === 'tuple' && value.kind === 'list')
    return binary(left, operator, tupleBeside(evaluation, left, right), options);
  return binary(left, operator, operandOf(evaluation, right, literalBeside(left, operator)), options);
}

/** `(1, "x")` as a tuple of SQL, each value beside its column. */
function tupleBeside(evaluation: Evaluation, { elements: columns }: TupleElement, given: Located): Element {
  const cells = given.value.kind === 'list' ? given.value.elements : [given];
  const elements = cells.map((each, index) =>
    operandOf(evaluation, each, { name: 'param', type: partType(columns[index]) }),
  );
  return { kind: 'tuple', elements, at: given.at };
}

/**
 * A variable beside a boolean column, or with `is_()`, is True, False or None when the program runs: constants, which
 * SQLAlchemy prints. All of them mean the same to PostgreSQL's parser.
 */
function plainTruth(left: Element, operator: NamedOperator, { value }: Located): 'true' | 'NULL' | null {
  const variable = isPlain(value);
  if (!variable) return null;
  const boolean = typeOf(left).family === 'boolean';
  if (operator === 'is' || operator === 'is-not') return boolean ? 'true' : 'NULL';
  return boolean && (operator === 'eq' || operator === 'ne') ? 'true' : null;
}

function nullTest(left: Element, operator: 'is' | 'is-not', right: At, at: At): Element {
  return binary(left, operator, constant('NULL', right), { type: BOOLEAN, negate: negationOf(operator), at });
}

function isNullConstant(element: Element): boolean {
  return element.kind === 'constant' && element.value === 'NULL';
}

function isAggregate(element: Element): boolean {
  return element.kind === 'unary' && (element.operator === 'any' || element.operator === 'all');
}

export function arithmetic(left: Element, operator: NamedOperator, right: Element, at: At): Element {
  const one = typeOf(left);
  const two = typeOf(right);
  if (byType.has(operator) && (one === UNTOLD_TYPE || two === UNTOLD_TYPE)) return untold(at);
  if (operator === 'add' && concatenates(one, two))
    return binary(left, 'concat', right, { type: one.family === 'null' ? two : one, at });
  return binary(left, operator, right, { type: resultType(one, operator, two), at });
}

/** Operators that are another one in SQL for texts or integers. */
const byType: ReadonlySet<Operator> = new Set(['add', 'truediv', 'floordiv']);

function untold(at: At): Element {
  const detail = 'This operator depends on the type of a column that only the database knows.';
  return { kind: 'unknown', unknown: { reason: 'unresolved-name', detail, location: at }, at };
}

/** `+` beside a text is `||`, unless the other side is known to be of a type that is not joined to others. */
function concatenates(left: SqlType, right: SqlType): boolean {
  if (left.family === 'null') return isConcatenable(right);
  return isConcatenable(left) && (right.family === 'null' || isConcatenable(right));
}

/** SQLAlchemy's `Concatenable`. */
function isConcatenable({ family }: SqlType): boolean {
  return ['string', 'array', 'json', 'jsonb', 'hstore'].includes(family);
}

function resultType(left: SqlType, operator: NamedOperator, right: SqlType): SqlType {
  if (operator === 'truediv' && left.family === 'integer') return NUMERIC;
  if (operator === 'concat') return left.family === 'null' ? right : left;
  if (left.family === 'null' && (operator === 'add' || operator === 'mul')) return right;
  if (isNumber(left) && isNumber(right) && left.family !== right.family) {
    return left.family === 'integer' ? right : left;
  }
  if (operator === 'sub' && left.family === 'date' && right.family === 'date') return INTEGER;
  return left;
}

export function concatenated(evaluation: Evaluation, left: Element, right: Located, at: At): Element {
  const type = typeOf(left).family === 'null' ? STRING : typeOf(left);
  return binary(left, 'concat', operandOf(evaluation, right, literalBeside(left, 'concat')), { type, at });
}

export function negate(element: Element, at: At): Element {
  return negated(element, at);
}

export function minus(element: Element, at: At): Element {
  return unary('neg', element, typeOf(element), at);
}

/** `IN` over a list of values, a statement, or one parameter of unknown length. */
export function membership(
  evaluation: Evaluation,
  left: Element,
  operator: 'in' | 'not-in',
  right: Located,
  at: At,
): Element {
  return binary(left, operator, membersOf(evaluation, left, right), {
    type: BOOLEAN,
    negate: negationOf(operator),
    at,
  });
}

function membersOf(evaluation: Evaluation, left: Element, right: Located): Element {
  const { value } = right;
  const beside = literalBeside(left, 'in');
  if (value.kind === 'list' && left.kind === 'tuple') {
    const rows = value.elements.map(row => tupleBeside(evaluation, left, row));
    return commaList(rows, right.at);
  }
  if (value.kind === 'list') {
    const plain = value.elements.every(each => isLiteral(each));
    if (plain)
      return {
        ...literal(right, { ...beside, type: beside.type }),
        type: beside.type,
        expanding: value.repeated ? 'open' : value.elements.length,
      };
    const elements = value.elements.map(each => operandOf(evaluation, each, beside));
    return commaList(elements, right.at);
  }
  if (value.kind === 'statement' || value.kind === 'element' || (value.kind === 'unknown' && value.sql)) {
    const element = operandOf(evaluation, right, beside);
    return element.kind === 'bind' ? { ...element, expanding: 'open' } : element;
  }
  if (value.kind === 'from') {
    // A subquery or CTE is coerced to a SELECT of its columns.
    return {
      kind: 'scalar-select',
      type: NULL_TYPE,
      at: right.at,
      statement: emptySelect(value.from, right.at),
    };
  }
  return { ...bind(beside.name, beside.type, right.at), expanding: 'open' };
}

function partType(element: Element | undefined): SqlType {
  return element === undefined ? NULL_TYPE : typeOf(element);
}

function commaList(elements: readonly Element[], at: At): Element {
  return {
    kind: 'group',
    element: { kind: 'list', operator: 'comma', elements, type: NULL_TYPE, group: true, at },
    at,
  };
}

function isLiteral({ value }: Located): boolean {
  if (value.kind === 'constant') return true;
  // An object may say itself which SQL it is.
  return value.kind === 'list' || (value.kind !== 'object' && isPlain(value));
}
