/**
 * What asyncpg's codecs take for a parameter of a type: it asks PostgreSQL which type a parameter has, and raises
 * DataError for a value of another class before anything runs. As `test/drivers` finds it with the real driver.
 */
import { lastPart } from '../../../base/dotted-name.ts';
import type { GivenValue } from '../../../sqlalchemy/given-value.ts';

const integer = ['int', 'bool', 'float', 'Decimal', 'UUID'];
const number = ['int', 'bool', 'float', 'Decimal'];
const pointInTime = ['date', 'datetime'];

/** Classes that a type takes, by their last name. A text may be the number or the UUID that it is taken for. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  smallint: integer,
  integer,
  bigint: integer,
  text: ['str'],
  'character varying': ['str'],
  character: ['str'],
  boolean: ['bool'],
  numeric: [...number, 'str'],
  'double precision': number,
  real: number,
  uuid: ['UUID', 'str'],
  date: pointInTime,
  'timestamp without time zone': pointInTime,
  'timestamp with time zone': pointInTime,
  'time without time zone': ['time', 'datetime'],
  interval: ['timedelta'],
  bytea: ['bytes', 'bytearray', 'memoryview'],
};

/** Those of which it is known what asyncpg does with them. */
const known: ReadonlySet<string> = new Set(
  `builtins.str builtins.int builtins.bool builtins.float builtins.bytes builtins.list builtins.dict decimal.Decimal
  uuid.UUID datetime.date datetime.datetime datetime.time datetime.timedelta`.split(/\s+/),
);

/** True where asyncpg is sure to raise; of types and classes that are not listed nothing is known. */
export function isRefusedByAsyncpg(
  { class: name, elements, aware }: Pick<GivenValue, 'class' | 'elements' | 'aware'>,
  type: string,
): boolean {
  if (type.endsWith('[]') && elements !== null) {
    // Lists of lists are arrays of several dimensions, of the same type.
    const one = { class: elements, elements: null, aware: null };
    return !/\.(?:list|tuple|dict)$/.test(elements) && isRefusedByAsyncpg(one, type.slice(0, -2));
  }
  if (name === null || !known.has(name)) return false;
  const last = lastPart(name);
  if (type.endsWith('[]')) return !['list', 'dict'].includes(last);
  const classes = accepted[type.replace(/\(.*\)/, '').trim()];
  if (classes === undefined) return false;
  return !classes.includes(last) || (aware === true && type === 'timestamp without time zone');
}
