/**
 * asyncpg, psycopg, psycopg2 and aiosqlite used directly: which names give their connections and cursors, and which
 * methods of these take SQL. A method's name alone says nothing: the object must be known to be one of theirs.
 */
import { firstPart, lastPart } from '../../base/dotted-name.ts';
import type { EngineFact } from '../engine.ts';
import type { DriverLibrary, ParameterStyle } from '../raw-sql.ts';
import { argument, type Call, type Evaluation, unknownAt } from './evaluation.ts';
import { sentText } from './raw-statements.ts';
import { partsOf, substituted } from './text-parts.ts';
import { type DriverValue, isPlain, type Located, PYTHON, type Value } from './value.ts';

function driverObject(library: DriverLibrary): DriverValue {
  return { kind: 'driver', library };
}

/** Classes, and functions that give an object of one, by their last name. */
const namesByLibrary: Readonly<Record<DriverLibrary, ReadonlySet<string>>> = {
  asyncpg: new Set('Connection Pool PoolConnectionProxy connect create_pool'.split(' ')),
  psycopg: new Set(
    'Connection AsyncConnection Cursor AsyncCursor ClientCursor AsyncClientCursor ServerCursor AsyncServerCursor RawCursor AsyncRawCursor ConnectionPool AsyncConnectionPool NullConnectionPool AsyncNullConnectionPool connect'.split(
      ' ',
    ),
  ),
  psycopg2: new Set(
    'connection cursor DictCursor RealDictCursor NamedTupleCursor DictConnection RealDictConnection SimpleConnectionPool ThreadedConnectionPool connect'.split(
      ' ',
    ),
  ),
  aiosqlite: new Set('Connection Cursor connect'.split(' ')),
};

const librariesByModule: Readonly<Record<string, DriverLibrary>> = {
  asyncpg: 'asyncpg',
  psycopg: 'psycopg',
  psycopg_pool: 'psycopg',
  psycopg2: 'psycopg2',
  aiosqlite: 'aiosqlite',
};

/** The connection, pool or cursor that a name of a library stands for, as a class or as what calling it gives. */
export function driverOfName(name: string): DriverValue | null {
  const library = librariesByModule[firstPart(name)];
  return library !== undefined && namesByLibrary[library].has(lastPart(name)) ? driverObject(library) : null;
}

/** By the part of a URL's scheme behind `+`; psycopg2 is what SQLAlchemy 2.0 takes without one. */
const librariesByDriver: Readonly<Record<string, DriverLibrary>> = {
  postgresql: 'psycopg2',
  psycopg2: 'psycopg2',
  psycopg: 'psycopg',
  psycopg_async: 'psycopg',
  asyncpg: 'asyncpg',
  aiosqlite: 'aiosqlite',
};

/** The driver's own connection behind one of SQLAlchemy: null unless the URLs of all such engines say the same driver. */
export function driverBehind({ linked }: Evaluation, kind: EngineFact['kind']): DriverValue | null {
  const drivers = new Set(
    linked.engines.filter(each => each.kind === kind).map(each => each.driver?.split('+').at(-1) ?? ''),
  );
  const [driver = '', ...others] = drivers;
  const library = others.length === 0 ? librariesByDriver[driver] : undefined;
  return library === undefined ? null : driverObject(library);
}

/** `(await connection.get_raw_connection()).driver_connection`: nobody else has an attribute of that name. */
export function ownConnection(evaluation: Evaluation, receiver: Value): DriverValue | null {
  if (receiver.kind !== 'method' && !isPlain(receiver)) return null;
  return driverBehind(evaluation, 'async') ?? driverBehind(evaluation, 'sync');
}

/** Methods whose first argument is SQL. What they give is of no concern here. */
const sqlMethods: Readonly<Record<DriverLibrary, ReadonlySet<string>>> = {
  asyncpg: new Set(
    'execute executemany fetch fetchrow fetchval fetchmany prepare cursor copy_from_query'.split(' '),
  ),
  psycopg: new Set('execute executemany stream copy'.split(' ')),
  psycopg2: new Set('execute executemany mogrify copy_expert'.split(' ')),
  aiosqlite: new Set('execute executemany execute_insert execute_fetchall executescript'.split(' ')),
};

/** Methods that give another object of the same library. */
const givers = new Set(
  'acquire cursor connection getconn get_connection connect __aenter__ __enter__'.split(' '),
);

const styles: Readonly<Record<DriverLibrary, ParameterStyle>> = {
  asyncpg: 'numeric',
  psycopg: 'pyformat',
  psycopg2: 'pyformat',
  aiosqlite: 'qmark',
};

export function driverMethod(self: DriverValue, name: string, call: Call): Value {
  const { library } = self;
  const given = argument(call, 0, 'query') ?? call.arguments.keywords.get('sql');
  if (sqlMethods[library].has(name) && given !== undefined) {
    sendText(call, given, library);
    // psycopg's `execute` of a connection or cursor gives a cursor.
    return name === 'execute' && library === 'psycopg' ? self : PYTHON;
  }
  return givers.has(name) ? self : PYTHON;
}

function sendText(call: Call, given: Located, library: DriverLibrary): void {
  // `psycopg.sql` puts statements together by itself, and what a prepared name stands for is not seen.
  if (given.value.kind === 'statement') return;
  sentText(call, given, { origin: 'driver', driver: library, style: styles[library] });
}

/** `execute_batch(cursor, sql, rows)` and `execute_values(cursor, sql, rows)` of psycopg2's extras; null for others. */
export function batchCall(name: string, call: Call): Value | null {
  const isValues = name === 'psycopg2.extras.execute_values';
  const given = isValues || name === 'psycopg2.extras.execute_batch' ? argument(call, 1, 'sql') : undefined;
  if (given === undefined) return null;
  const listed = isValues ? { ...given, value: withListedRow(given) } : given;
  const { positional } = call.arguments;
  // Which rows there are says nothing of one statement.
  const open = unknownAt('dynamic-arguments', 'One statement is sent for several rows.', call.at);
  const sending = { ...call, arguments: { ...call.arguments, positional: positional.slice(1, 2), open } };
  sendText(sending, listed, 'psycopg2');
  return PYTHON;
}

/** The `%s` of execute_values() is all rows: for the columns that the text lists, one row of defaults. */
function withListedRow({ value, at }: Located): Value {
  const parts = partsOf(value, at) ?? [];
  const text = parts.map(part => (part.kind === 'text' ? part.text : '?')).join('');
  const [, columns] = /\binsert\s+into\s+[\w."]+\s*\(([\w\s,"]+)\)\s*values\s*%s/i.exec(text) ?? [];
  const row = columns === undefined ? null : `(${columns.replace(/[^,]+/g, 'DEFAULT')})`;
  const hole = { kind: 'hole', at, source: at, how: 'composed', value: PYTHON } as const;
  return substituted(parts, /%s/g, (_, place) =>
    row === null ? [{ ...hole, at: place }] : [{ kind: 'text', text: row, at: place }],
  );
}

/** `connection.exec_driver_sql(…)`: the driver's own style, told by the text where the driver is not known. */
export function driverSql(call: Call): void {
  const given = argument(call, 0, 'statement');
  if (given === undefined || given.value.kind === 'statement') return;
  const { value } = given;
  const text = value.kind === 'constant' ? String(value.value) : '';
  sentText(call, given, { origin: 'driver', driver: null, style: styleTold(text, call) });
}

/** `?` is also an operator of jsonb: it stands for a value only where values are passed and no other mark does. */
function styleTold(text: string, call: Call): ParameterStyle {
  if (/%\(|%s/.test(text)) return 'pyformat';
  if (/\$\d/.test(text)) return 'numeric';
  const passes = argument(call, 1, 'parameters') !== undefined;
  return passes && text.includes('?') ? 'qmark' : 'pyformat';
}

/** `session.execute("…")`, which SQLAlchemy 2 refuses: what is meant is `text("…")`. */
export function plainSql(call: Call): void {
  const given = argument(call, 0, 'statement');
  if (given === undefined || !isText(given.value)) return;
  sentText(call, given, { origin: 'plain', driver: null, style: 'named' });
}

/** `op.execute("…")`: Alembic makes a `text()` of a string. */
export function migrationSql(call: Call): void {
  const given = argument(call, 0, 'sqltext');
  if (given === undefined || !isText(given.value)) return;
  sentText(call, given, { origin: 'migration', driver: null, style: 'named' });
}

function isText(value: Value): boolean {
  if (value.kind === 'constant') return typeof value.value === 'string';
  return value.kind === 'python' && (value.parts !== undefined || value.type === 'builtins.str');
}
