/** `func.…`: any SQL function, with the result types that SQLAlchemy knows. */
import { operandOf } from '../coercion.ts';
import { type CustomFunction, customFunction } from '../custom-functions.ts';
import { grouped, typeOf } from '../elements.ts';
import { type Call, unsupported } from '../evaluation.ts';
import type { Element } from '../ir.ts';
import {
  arrayOf,
  DATE,
  DATETIME,
  FLOAT,
  INTEGER,
  NULL_TYPE,
  NUMERIC,
  type SqlType,
  STRING,
  TIME,
} from '../sql-type.ts';
import { typeOfValue } from '../type-values.ts';
import { element, isNone, type Located, type Value } from '../value.ts';

const bareFunctions = new Set(
  'current_date current_time current_timestamp current_user localtime localtimestamp session_user sysdate user'.split(
    ' ',
  ),
);

const resultTypes: Readonly<Record<string, SqlType>> = {
  count: INTEGER, now: DATETIME, char_length: INTEGER, random: FLOAT, concat: STRING, rank: INTEGER, dense_rank: INTEGER,
  percent_rank: NUMERIC, cume_dist: NUMERIC, current_date: DATE, current_time: TIME, current_timestamp: DATETIME,
  current_user: STRING, localtime: DATETIME, localtimestamp: DATETIME, session_user: STRING, sysdate: DATETIME, user: STRING,
  aggregate_strings: STRING,
}; // biome-ignore format: a table reads better in rows

/** Functions whose result has the type of their first argument. */
const sameType = new Set(['coalesce', 'max', 'min', 'sum', 'pow']);

/** `path` is what stands after `func.`: the last part is the name, those before it are packages. */
export function callFunction(path: string, call: Call): Value | null {
  const parts = path.split('.').map(each => (each.endsWith('_') ? each.slice(0, -1) : each));
  const name = parts.pop() ?? '';
  const custom = customFunction(call.evaluation.file, name);
  if (custom !== undefined) return customCall(call, custom, `func.${name}`);
  const lower = name.toLowerCase();
  const generic = parts.length === 0 ? lower : '';
  const given = call.arguments.positional;
  if (call.arguments.open !== null) return { kind: 'unknown', unknown: call.arguments.open, sql: true };
  if (generic === 'extract') return extracted(call);
  const fixed = parts.length === 0 ? resultTypes[lower] : undefined;
  const operands = given.map(each => argumentOf(call, each, name, fixed === STRING ? STRING : NULL_TYPE));
  const typed = typeOfValue(call.evaluation, call.arguments.keywords.get('type_'));
  const own = sameType.has(generic)
    ? firstType(operands)
    : generic === 'array_agg'
      ? arrayOf(firstType(operands))
      : NULL_TYPE;
  const arguments_ = sameType.has(generic) ? operands.map(each => adopted(each, own)) : operands;
  return element({
    kind: 'function',
    name,
    packages: parts,
    arguments: separated(generic, textSearch(generic, arguments_), given),
    type: typed ?? fixed ?? own,
    bare: parts.length === 0 && bareFunctions.has(lower),
    at: call.at,
  });
}

/** A function of the workspace's own, called by itself or as `func.…`. */
export function customCall(call: Call, { name, isQuoted }: CustomFunction, written: string): Value {
  if (call.arguments.open !== null) return { kind: 'unknown', unknown: call.arguments.open, sql: true };
  if (name === null)
    return unsupported(call, `${written} is a function of this module's own, which says how it prints.`);
  const arguments_ = call.arguments.positional.map(each => argumentOf(call, each, name, NULL_TYPE));
  return element({
    kind: 'function',
    name,
    packages: [],
    ...(isQuoted ? { isQuoted } : {}),
    arguments: arguments_,
    type: NULL_TYPE,
    bare: false,
    at: call.at,
  });
}

function argumentOf(call: Call, given: Located, name: string, type: SqlType): Element {
  if (isNone(given.value)) return { kind: 'constant', value: 'NULL', at: given.at };
  return grouped(operandOf(call.evaluation, given, { name, type }), 'comma');
}

function firstType(operands: readonly Element[]): SqlType {
  const known = operands.find(each => typeOf(each).family !== 'null');
  return known === undefined ? NULL_TYPE : typeOf(known);
}

function adopted(operand: Element, type: SqlType): Element {
  return operand.kind === 'bind' && operand.type.family === 'null' ? { ...operand, type } : operand;
}

/** PostgreSQL's text search functions cast a configuration given as a string. */
function textSearch(name: string, operands: readonly Element[]): readonly Element[] {
  const needed: Readonly<Record<string, number>> = {
    to_tsvector: 2, to_tsquery: 2, plainto_tsquery: 2, phraseto_tsquery: 2, websearch_to_tsquery: 2, ts_headline: 3,
  }; // biome-ignore format: one table
  const [first] = operands;
  const count = needed[name];
  if (count === undefined || first === undefined || operands.length < count || first.kind !== 'bind')
    return operands;
  const type: SqlType = { family: 'other', name: 'REGCONFIG', sql: 'REGCONFIG', item: null };
  return [{ ...first, type }, ...operands.slice(1)];
}

/** `func.extract("year", …)` prints as the keyword does. */
function extracted(call: Call): Value | null {
  const [field, given] = call.arguments.positional;
  if (field?.value.kind !== 'constant' || given === undefined) return null;
  return element({
    kind: 'extract',
    field: String(field.value.value),
    element: operandOf(call.evaluation, given),
    at: call.at,
  });
}

/** The separator of `aggregate_strings` is printed, never sent. */
function separated(
  name: string,
  operands: readonly Element[],
  given: readonly Located[],
): readonly Element[] {
  const [first] = operands;
  const separator = given[1]?.value;
  if (name !== 'aggregate_strings' || first === undefined || separator?.kind !== 'constant') return operands;
  const text = `'${String(separator.value).replaceAll("'", "''")}'`;
  return [first, { kind: 'literal-column', text, type: STRING, at: given[1]?.at ?? null }];
}
