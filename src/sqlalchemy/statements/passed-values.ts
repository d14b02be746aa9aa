/** The values that a call hands over with a statement, as far as they are written out. */
import type { PassedValue, PassedValues, RawExecution } from '../raw-sql.ts';
import type { Call } from './evaluation.ts';
import { givenValue } from './given-value.ts';
import { isNone, type Located, type Value } from './value.ts';

/** Keywords of SQLAlchemy's and the drivers' methods that pass no value to the statement. */
const options = new Set(
  `statement query sql sqltext execution_options bind_arguments timeout prepare binary record_class column prefetch
  params parameters vars args`.split(/\s+/),
);

/** `execute(statement, values)`: one dictionary or tuple, or a list of them, which SQLAlchemy sends one by one. */
export function executionOf(call: Call): RawExecution {
  const byKeywords = keywordValues(call);
  if (byKeywords !== null) return { location: call.at, values: byKeywords };
  return executionWith(call, given => (given.node.kind === 'tuple' ? null : rowsOf(given.value)));
}

/** `execute(statement, id=1)` of SQLAlchemy 1.x; null where the values are not given that way, or not only. */
function keywordValues({ arguments: { positional, keywords, open } }: Call): PassedValues | null {
  const isGiven = positional.length === 1 && keywords.size > 0 && open === null;
  if (!isGiven || [...keywords.keys()].some(name => options.has(name))) return null;
  return { kind: 'named', values: new Map([...keywords].map(([name, given]) => [name, passedValue(given)])) };
}

/** `execute(query, values)` and `executemany(query, rows)` of a cursor: the method says which of both it is. */
export function cursorExecution(call: Call): RawExecution {
  return executionWith(call, given => (isMany(call) ? (rowsOf(given.value) ?? []) : null));
}

function executionWith(call: Call, readRows: (given: Located) => readonly Value[] | null): RawExecution {
  const { positional, keywords } = call.arguments;
  const named = ['params', 'parameters', 'vars', 'args'].flatMap(name => keywords.get(name) ?? []);
  const rest = isNamed(call) ? positional : positional.slice(1);
  const given = rest[0] ?? named[0];
  if (!isReadable(call)) return { location: call.at, values: null };
  if (given === undefined) return { location: call.at, values: { kind: 'named', values: new Map() } };
  const rows = readRows(given);
  const values = rows === null ? valuesOf(given.value) : commonValues(rows);
  return { location: call.at, values };
}

/** `execute(query, *values)`, and `executemany(query, rows)`. */
export function spreadExecution(call: Call): RawExecution {
  const rest = isNamed(call) ? call.arguments.positional : call.arguments.positional.slice(1);
  if (!isReadable(call)) return { location: call.at, values: null };
  if (!isMany(call))
    return { location: call.at, values: { kind: 'positional', values: rest.map(passedValue) } };
  const rows = rest[0] === undefined ? null : rowsOf(rest[0].value);
  return { location: call.at, values: rows === null ? null : commonValues(rows) };
}

function isMany({ node: { function: called } }: Call): boolean {
  return called.kind === 'attribute' && called.attribute.id === 'executemany';
}

function isNamed({ arguments: { keywords } }: Call): boolean {
  return ['statement', 'query', 'sql'].some(name => keywords.has(name));
}

function isReadable({ arguments: { keywords, open } }: Call): boolean {
  return open === null && [...keywords.keys()].every(name => options.has(name));
}

function passedValue(passed: Located): PassedValue {
  return { location: passed.at, given: givenValue(passed) };
}

function valuesOf(value: Value): PassedValues | null {
  if (value.kind === 'list') return { kind: 'positional', values: value.elements.map(passedValue) };
  if (isNone(value)) return { kind: 'named', values: new Map() };
  if (value.kind !== 'dict') return null;
  const values = new Map<string, PassedValue>();
  for (const { key, value: given } of value.entries) {
    if (key.value.kind !== 'constant') return null;
    values.set(String(key.value.value), { ...passedValue(given), location: key.at });
  }
  return { kind: 'named', values };
}

/** The rows of a list of tuples or dictionaries; null for what is one row itself. */
function rowsOf(value: Value): readonly Value[] | null {
  if (value.kind !== 'list' || value.elements.length === 0) return null;
  const rows = value.elements.map(each => each.value);
  return rows.every(each => each.kind === 'list' || each.kind === 'dict') ? rows : null;
}

/** What each row has; null where a row is not known, or has another number of values. */
function commonValues(rows: readonly Value[]): PassedValues | null {
  const [first, ...others] = rows.map(valuesOf);
  if (first === undefined || first === null) return null;
  const same = others.every(
    each => each !== null && each.kind === first.kind && namesOf(each).join() === namesOf(first).join(),
  );
  return same ? first : null;
}

function namesOf(values: PassedValues): readonly string[] {
  return values.kind === 'named' ? [...values.values.keys()].sort() : values.values.map(() => '?');
}
