/** Methods of SQL expressions: comparisons, ordering, labels, casts and PostgreSQL's own operators. */

import { operandOf, unknownElement } from '../coercion.ts';
import { binary, grouped, typeOf, unary, unlabelled } from '../elements.ts';
import { argument, type Call, constantArgument, flag, unknownAt } from '../evaluation.ts';
import { anonymous } from '../identifiers.ts';
import type { Element } from '../ir.ts';
import { nonAnonymousLabel } from '../natural-labels.ts';
import { arithmetic, concatenated, literalBeside, membership, operate } from '../operations.ts';
import type { NamedOperator } from '../operators.ts';
import {
  arrayOf,
  BOOLEAN,
  FLOAT,
  INTEGER,
  isJson,
  NULL_TYPE,
  NUMERIC,
  type SqlType,
  STRING,
  TEXT,
} from '../sql-type.ts';
import { typeOfValue } from '../type-values.ts';
import { element, type OperatorValue, type Value } from '../value.ts';
import { affix, type ColumnMethod, contains, custom, matching, withOperand } from './text-matching.ts';

/** Every element has these. A null result means that the arguments do not fit. */
export const columnMethods: Readonly<Record<string, ColumnMethod>> = {
  label: labelled,
  desc: ordering('desc'),
  asc: ordering('asc'),
  nulls_first: ordering('nulls-first'),
  nullsfirst: ordering('nulls-first'),
  nulls_last: ordering('nulls-last'),
  nullslast: ordering('nulls-last'),
  is_: comparison('is'),
  is_not: comparison('is-not'),
  isnot: comparison('is-not'),
  is_distinct_from: comparison('is-distinct-from'),
  is_not_distinct_from: comparison('is-not-distinct-from'),
  isnot_distinct_from: comparison('is-not-distinct-from'),
  __eq__: comparison('eq'),
  __ne__: comparison('ne'),
  __lt__: comparison('lt'),
  __le__: comparison('le'),
  __gt__: comparison('gt'),
  __ge__: comparison('ge'),
  in_: member('in'),
  not_in: member('not-in'),
  notin_: member('not-in'),
  like: matching('like'),
  not_like: matching('not-like'),
  notlike: matching('not-like'),
  ilike: matching('ilike'),
  not_ilike: matching('not-ilike'),
  notilike: matching('not-ilike'),
  startswith: affix('startswith'),
  istartswith: affix('istartswith'),
  endswith: affix('endswith'),
  iendswith: affix('iendswith'),
  contains: contains,
  icontains: affix('icontains'),
  between,
  distinct: (self, call) => unary('distinct', self, typeOf(self), call.at),
  cast: (self, call) => {
    const type = typeOfValue(call.evaluation, argument(call, 0, 'type_'));
    return type === null ? null : { kind: 'cast', element: self, type, at: call.at };
  },
  concat: withOperand((call, self, other) => concatenated(call.evaluation, self, other, call.at)),
  collate: (self, call) => {
    const name = constantArgument(call, 0, 'collation');
    const schema = constantArgument(call, 1, 'collation_schema');
    if (typeof name !== 'string' || (schema !== undefined && typeof schema !== 'string')) return null;
    return binary(
      self,
      'collate',
      { kind: 'collation', name, schema: schema ?? null, at: call.at },
      { type: typeOf(self), at: call.at },
    );
  },
  match: (self, call) => {
    const pattern = argument(call, 0, 'other');
    if (pattern === undefined) return null;
    const configuration = constantArgument(call, 99, 'postgresql_regconfig');
    const right = operandOf(call.evaluation, pattern, literalBeside(self, 'match'));
    const modifier = typeof configuration === 'string' ? configuration : null;
    return binary(self, 'match', right, { type: BOOLEAN, negate: 'not-match', modifier, at: call.at });
  },
  regexp_match: (self, call) => {
    const pattern = argument(call, 0, 'pattern');
    const flags = constantArgument(call, 1, 'flags');
    if (pattern === undefined) return null;
    const right = operandOf(call.evaluation, pattern, literalBeside(self, 'regexp-match'));
    const modifier = typeof flags === 'string' ? flags : null;
    return binary(self, 'regexp-match', right, {
      type: BOOLEAN,
      negate: 'not-regexp-match',
      modifier,
      at: call.at,
    });
  },
  regexp_replace: (self, call) => {
    const pattern = argument(call, 0, 'pattern');
    const replacement = argument(call, 1, 'replacement');
    if (pattern === undefined || replacement === undefined) return null;
    const flags = constantArgument(call, 2, 'flags');
    const beside = literalBeside(self, 'regexp-replace');
    const elements = [
      operandOf(call.evaluation, pattern, beside),
      operandOf(call.evaluation, replacement, beside),
    ];
    const right: Element = {
      kind: 'list',
      operator: 'comma',
      elements,
      type: NULL_TYPE,
      group: false,
      at: call.at,
    };
    const modifier = typeof flags === 'string' ? flags : null;
    return binary(self, 'regexp-replace', right, { type: STRING, modifier, at: call.at });
  },
  op: () => null,
  bitwise_and: operation('bitwise-and'),
  bitwise_or: operation('bitwise-or'),
  bitwise_xor: operation('bitwise-xor'),
  bitwise_lshift: operation('bitwise-lshift'),
  bitwise_rshift: operation('bitwise-rshift'),
  bitwise_not: (self, call) => unary('bitwise-not', self, typeOf(self), call.at),
  any_: (self, call) => unary('any', grouped(self, 'any'), BOOLEAN, call.at),
  all_: (self, call) => unary('all', grouped(self, 'all'), BOOLEAN, call.at),
  any: arrayMember('any'),
  all: arrayMember('all'),
  contained_by: custom('<@'),
  overlap: custom('&&'),
  overlaps: custom('&&'),
  has_key: custom('?'),
  has_all: custom('?&'),
  has_any: custom('?|'),
  path_exists: custom('@?'),
  path_match: custom('@@'),
  delete_path: deletePath,
  bool_op: () => null,
  next_value: self => (self.kind === 'next-value' ? self : null),
  self_group: self => self,
  scalar_subquery: self => self,
  as_string: jsonAs(STRING),
  as_integer: jsonAs(INTEGER),
  as_float: jsonAs(FLOAT),
  as_boolean: jsonAs(BOOLEAN),
  as_numeric: (self, call) => {
    const [precision, scale] = [constantArgument(call, 0, 'precision'), constantArgument(call, 1, 'scale')];
    if (typeof precision !== 'number' || typeof scale !== 'number') return null;
    const size = `(${precision}, ${scale})`;
    return jsonAs({ ...NUMERIC, name: `Numeric${size}`, sql: `NUMERIC${size}` })(self, call);
  },
  as_json: self => self,
};

function labelled(self: Element, call: Call): Element | null {
  const given = argument(call, 0, 'name');
  const name = given === undefined ? null : given.value.kind === 'constant' ? given.value.value : undefined;
  if (typeof name === 'string') return label(self, name, call);
  if (name === null) return label(self, null, call);
  const detail = 'The name of this label is only known while the program runs.';
  return given === undefined ? null : unknownElement(unknownAt('dynamic-sql', detail, given.at), given.at);
}

/** `label(None)` is numbered after the name of what it labels. */
function nameSeed(self: Element): string {
  const name = nonAnonymousLabel(self);
  return typeof name === 'string' ? name : 'anon';
}

function label(self: Element, name: string | null, call: Call): Element {
  return {
    kind: 'label',
    name: name ?? anonymous(self, nameSeed(self)),
    element: grouped(unlabelled(self), 'comma'),
    at: call.at,
  };
}

function ordering(operator: 'desc' | 'asc' | 'nulls-first' | 'nulls-last'): ColumnMethod {
  return (self, call) => unary(operator, self, NULL_TYPE, call.at);
}

function comparison(operator: NamedOperator): ColumnMethod {
  return withOperand((call, self, other) => operate(call.evaluation, self, operator, other, call.at));
}

function operation(operator: NamedOperator): ColumnMethod {
  return withOperand((call, self, other) =>
    arithmetic(self, operator, operandOf(call.evaluation, other, literalBeside(self, operator)), call.at),
  );
}

function member(operator: 'in' | 'not-in'): ColumnMethod {
  return withOperand((call, self, other) => membership(call.evaluation, self, operator, other, call.at));
}

function between(self: Element, call: Call): Element | null {
  const low = argument(call, 0, 'cleft');
  const high = argument(call, 1, 'cright');
  if (low === undefined || high === undefined) return null;
  const beside = literalBeside(self, 'between');
  const ends = [operandOf(call.evaluation, low, beside), operandOf(call.evaluation, high, beside)];
  const right: Element = {
    kind: 'list',
    operator: 'and',
    elements: ends,
    type: NULL_TYPE,
    group: false,
    at: call.at,
  };
  const modifier = flag(call, 'symmetric') ? 'symmetric' : null;
  return binary(self, 'between', right, { type: BOOLEAN, negate: 'not-between', modifier, at: call.at });
}

const comparators = new Map<string, NamedOperator>(
  (['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const).map(each => [each, each]),
);

/** `column.any(value)`: `value = ANY (column)`. */
function arrayMember(operator: 'any' | 'all'): ColumnMethod {
  return (self, call) => {
    const other = argument(call, 0, 'other');
    if (other === undefined) return null;
    const aggregate = unary(operator, grouped(self, operator), BOOLEAN, call.at);
    const given = call.arguments.keywords.get('operator')?.value;
    const name = given?.kind === 'library' ? given.name.replace(/^.*\./, '') : 'eq';
    const comparator = given === undefined || given.kind === 'library' ? comparators.get(name) : undefined;
    if (comparator === undefined) return null;
    const left = operandOf(call.evaluation, other, { name: null, type: typeOf(self).item ?? NULL_TYPE });
    return binary(left, comparator, aggregate, { type: BOOLEAN, at: call.at });
  };
}

/** A list of names, which is sent as TEXT[]. */
function deletePath(self: Element, call: Call): Element | null {
  const path = argument(call, 0, 'array');
  if (path === undefined) return null;
  const type = arrayOf(TEXT);
  const given = operandOf(call.evaluation, path, { name: null, type, listType: arrayOf(STRING) });
  if (given.kind !== 'array') return null;
  const names: Element = { kind: 'cast', element: given, type, at: path.at };
  const operator = { custom: '#-', precedence: 15, comparison: false, eagerGrouping: true };
  return binary(self, operator, names, { type: typeOf(self), at: call.at });
}

/** `data["key"].as_integer()` casts the item as text. */
function jsonAs(type: SqlType): ColumnMethod {
  return (self, call) => {
    if (self.kind !== 'binary' || !isJson(self.type)) return null;
    return { kind: 'cast', element: { ...self, type: STRING }, type, at: call.at };
  };
}

/** `data["key"].astext`. */
export function asText(self: Element, at: Element['at']): Element | null {
  return self.kind === 'binary' && isJson(self.type) ? { ...self, type: STRING, at } : null;
}

/** `column.op("->")`: what it gives takes the other operand. */
export function customOperator(self: Element, call: Call, comparison: boolean): Value | null {
  const text = constantArgument(call, 0, 'opstring');
  if (typeof text !== 'string') return null;
  const precedence = constantArgument(call, 1, 'precedence');
  const isComparison = comparison || flag(call, 'is_comparison');
  const returned = typeOfValue(call.evaluation, call.arguments.keywords.get('return_type'));
  const operator = {
    custom: text,
    precedence: typeof precedence === 'number' ? precedence : 0,
    comparison: isComparison,
    eagerGrouping: false,
  };
  return { kind: 'operator', left: self, operator, type: returned ?? (isComparison ? BOOLEAN : null) };
}

export function appliedOperator({ left, operator, type }: OperatorValue, call: Call): Value | null {
  const other = call.arguments.positional[0];
  if (other === undefined) return null;
  const right = operandOf(call.evaluation, other, literalBeside(left, operator));
  return element(binary(left, operator, right, { type: type ?? typeOf(left), at: call.at }));
}
