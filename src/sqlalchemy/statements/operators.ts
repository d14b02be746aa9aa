/** SQLAlchemy's operators with the precedence that decides about parentheses (its `operators._PRECEDENCE`). */

export type Operator = NamedOperator | CustomOperator;

/** `op("<->")` and the PostgreSQL types' own operators. */
export interface CustomOperator {
  readonly custom: string;
  readonly precedence: number;
  readonly comparison: boolean;
  readonly eagerGrouping: boolean;
}

export type NamedOperator = keyof typeof precedence;

const precedence = {
  'any': 15, 'all': 15, 'getitem': 15, 'json-getitem': 15, 'json-path-getitem': 15, 'hstore-getitem': 15,
  'mul': 8, 'truediv': 8, 'floordiv': 8, 'mod': 8, 'neg': 8, 'bitwise-not': 8,
  'add': 7, 'sub': 7, 'bitwise-xor': 7, 'bitwise-or': 7, 'bitwise-and': 7, 'bitwise-lshift': 7, 'bitwise-rshift': 7,
  'filter': 6,
  'concat': 5, 'match': 5, 'not-match': 5, 'regexp-match': 5, 'not-regexp-match': 5, 'regexp-replace': 5,
  'ilike': 5, 'not-ilike': 5, 'like': 5, 'not-like': 5, 'in': 5, 'not-in': 5, 'is': 5, 'is-not': 5, 'eq': 5, 'ne': 5,
  'is-distinct-from': 5, 'is-not-distinct-from': 5, 'gt': 5, 'lt': 5, 'ge': 5, 'le': 5, 'between': 5,
  'not-between': 5, 'distinct': 5, 'inv': 5, 'is-true': 5, 'is-false': 5,
  'collate': 4,
  'and': 3, 'desc': 3, 'asc': 3,
  'or': 2,
  'exists': 0,
  'comma': -1,
  'nulls-first': Number.NaN, 'nulls-last': Number.NaN,
  'contains': Number.NaN, 'not-contains': Number.NaN, 'startswith': Number.NaN, 'not-startswith': Number.NaN,
  'endswith': Number.NaN, 'not-endswith': Number.NaN, 'icontains': Number.NaN, 'not-icontains': Number.NaN,
  'istartswith': Number.NaN, 'not-istartswith': Number.NaN, 'iendswith': Number.NaN, 'not-iendswith': Number.NaN,
  'as-boolean': -10,
} as const; // biome-ignore format: a table reads better by precedence

/** Text between the operands, or before or after the only one. */
export const operatorText: Readonly<Record<NamedOperator, string>> = {
  and: ' AND ', or: ' OR ', add: ' + ', mul: ' * ', sub: ' - ', mod: ' % ', neg: '-', truediv: ' / ', floordiv: ' / ',
  lt: ' < ', le: ' <= ', ne: ' != ', gt: ' > ', ge: ' >= ', eq: ' = ',
  'is-distinct-from': ' IS DISTINCT FROM ', 'is-not-distinct-from': ' IS NOT DISTINCT FROM ',
  concat: ' || ', match: ' @@ ', 'not-match': ' @@ ', in: ' IN ', 'not-in': ' NOT IN ', comma: ', ',
  is: ' IS ', 'is-not': ' IS NOT ', collate: ' COLLATE ', exists: 'EXISTS ', distinct: 'DISTINCT ', inv: 'NOT ',
  any: 'ANY ', all: 'ALL ', desc: ' DESC', asc: ' ASC', 'nulls-first': ' NULLS FIRST', 'nulls-last': ' NULLS LAST',
  'bitwise-xor': ' # ', 'bitwise-or': ' | ', 'bitwise-and': ' & ', 'bitwise-not': '~',
  'bitwise-lshift': ' << ', 'bitwise-rshift': ' >> ',
  like: ' LIKE ', 'not-like': ' NOT LIKE ', ilike: ' ILIKE ', 'not-ilike': ' NOT ILIKE ',
  between: ' BETWEEN ', 'not-between': ' NOT BETWEEN ', 'regexp-match': ' ~ ', 'not-regexp-match': ' !~ ',
  'regexp-replace': ', ', getitem: '', 'json-getitem': ' -> ', 'json-path-getitem': ' #> ', 'hstore-getitem': ' -> ',
  contains: ' LIKE ', 'not-contains': ' NOT LIKE ', startswith: ' LIKE ', 'not-startswith': ' NOT LIKE ',
  endswith: ' LIKE ', 'not-endswith': ' NOT LIKE ', icontains: ' ILIKE ', 'not-icontains': ' NOT ILIKE ',
  istartswith: ' ILIKE ', 'not-istartswith': ' NOT ILIKE ', iendswith: ' ILIKE ', 'not-iendswith': ' NOT ILIKE ',
  filter: ' FILTER ', 'is-true': '', 'is-false': 'NOT ', 'as-boolean': '',
}; // biome-ignore format: a table reads better by kind

const SMALLEST = -100;
const LARGEST = 100;

function precedenceOf(operator: Operator): number | null {
  if (typeof operator !== 'string') return operator.precedence;
  const value = precedence[operator];
  return Number.isNaN(value) ? null : value;
}

const associative = new Set<Operator>(['add', 'mul', 'concat', 'and', 'or']);
const selfPrecedent = new Set<Operator>([...associative, 'getitem', 'json-getitem', 'json-path-getitem']);

export function isAssociative(operator: Operator): boolean {
  return associative.has(operator);
}

/** Whether an expression of `operator` needs parentheses as an operand of `against`. */
export function isPrecedent(operator: Operator, against: Operator | null): boolean {
  if (operator === against && selfPrecedent.has(operator)) return false;
  if (against === null) return true;
  return (precedenceOf(operator) ?? SMALLEST) <= (precedenceOf(against) ?? LARGEST);
}

const booleanOperators = new Set<Operator>([
  'eq', 'ne', 'lt', 'gt', 'ge', 'le', 'between', 'not-between', 'like', 'not-like', 'ilike', 'not-ilike', 'in', 'not-in',
  'is', 'is-not', 'is-distinct-from', 'is-not-distinct-from', 'match', 'not-match', 'regexp-match', 'not-regexp-match',
  'contains', 'not-contains', 'startswith', 'not-startswith', 'endswith', 'not-endswith', 'icontains', 'not-icontains',
  'istartswith', 'not-istartswith', 'iendswith', 'not-iendswith',
  'and', 'or', 'inv', 'is-true', 'is-false', 'any', 'all',
]); // biome-ignore format: a list

export function isBooleanOperator(operator: Operator): boolean {
  return typeof operator === 'string' ? booleanOperators.has(operator) : operator.comparison;
}
