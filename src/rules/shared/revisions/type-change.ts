/** What PostgreSQL does to a table whose column gets another type: nothing, or everything anew; and what may be lost. */
import type { LockFactName } from './lock-facts.ts';

interface ParsedType {
  readonly name: string;
  /** Length, or precision and scale. */
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

const synonyms: Readonly<Record<string, string>> = {
  INT: 'INTEGER',
  INT4: 'INTEGER',
  SERIAL: 'INTEGER',
  INT8: 'BIGINT',
  BIGSERIAL: 'BIGINT',
  INT2: 'SMALLINT',
  SMALLSERIAL: 'SMALLINT',
  'CHARACTER VARYING': 'VARCHAR',
  CHARACTER: 'CHAR',
  BPCHAR: 'CHAR',
  DECIMAL: 'NUMERIC',
  FLOAT: 'DOUBLE PRECISION',
  FLOAT8: 'DOUBLE PRECISION',
  FLOAT4: 'REAL',
  BOOL: 'BOOLEAN',
  TIMESTAMP: 'TIMESTAMP WITHOUT TIME ZONE',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
  TIME: 'TIME WITHOUT TIME ZONE',
};

const known: ReadonlySet<string> = new Set(
  `INTEGER BIGINT SMALLINT VARCHAR CHAR TEXT NUMERIC REAL BOOLEAN DATE UUID JSON JSONB BYTEA INET CIDR
  INTERVAL`.split(/\s+/),
);

/** Null for types that are not PostgreSQL's own: enums, domains, types of extensions. */
function parseType(type: string): ParsedType | null {
  const match = /^([A-Za-z_][\w ]*?)\s*(?:\(([\d,\s]+)\)\s*([A-Za-z ]*))?(\[\])*$/.exec(type.trim());
  if (!match) return null;
  const [, head = '', inside, tail = '', brackets] = match;
  const written = [head, tail]
    .filter(part => part !== '')
    .join(' ')
    .toUpperCase();
  const name = synonyms[written] ?? written;
  if (!known.has(name) && !/^(?:TIME|TIMESTAMP|DOUBLE)\b/.test(name)) return null;
  return {
    name,
    modifiers: (inside ?? '').split(',').flatMap(part => (part.trim() === '' ? [] : [Number(part)])),
    array: brackets !== undefined,
  };
}

/** Null where both are the same, or nothing is known of one. */
export function typeChangeFact(from: string, to: string): LockFactName | null {
  const old = parseType(from);
  const now = parseType(to);
  if (!old || !now || isSame(old, now)) return null;
  if (old.array || now.array) return 'changeType';
  if (isText(old) && isText(now)) return fitsLength(old, now) ? 'changeTypeInPlace' : 'shrinkVarchar';
  if (old.name === 'NUMERIC' && now.name === 'NUMERIC')
    return fitsNumeric(old, now) ? 'changeNumericPrecision' : 'changeNumericScale';
  if (old.name === 'CIDR' && now.name === 'INET') return 'changeTypeInPlace';
  if (old.name === now.name && /^TIME/.test(old.name) && precision(now) >= precision(old))
    return 'changeTypeInPlace';
  return 'changeType';
}

function isSame(a: ParsedType, b: ParsedType): boolean {
  return a.name === b.name && a.array === b.array && a.modifiers.join() === b.modifiers.join();
}

function isText({ name }: ParsedType): boolean {
  return name === 'TEXT' || name === 'VARCHAR';
}

function fitsLength(old: ParsedType, now: ParsedType): boolean {
  const [limit] = now.modifiers;
  return limit === undefined || (old.modifiers[0] !== undefined && old.modifiers[0] <= limit);
}

function fitsNumeric(old: ParsedType, now: ParsedType): boolean {
  const [digits, scale = 0] = now.modifiers;
  if (digits === undefined) return true;
  const [oldDigits, oldScale = 0] = old.modifiers;
  return oldDigits !== undefined && scale === oldScale && digits >= oldDigits;
}

function precision({ modifiers }: ParsedType): number {
  return modifiers[0] ?? 6;
}

const order = ['SMALLINT', 'INTEGER', 'BIGINT', 'NUMERIC'];

/** What values of the old type may not survive as; null where all do, or where nothing is known. */
export function narrowing(from: string, to: string): string | null {
  const old = parseType(from);
  const now = parseType(to);
  if (!old || !now || old.array || now.array || isSame(old, now)) return null;
  if (now.name === 'VARCHAR' || now.name === 'CHAR') return narrowedText(old, now);
  if (old.name === 'NUMERIC' && now.name === 'NUMERIC') return narrowedNumeric(old, now);
  const [oldRank, newRank] = [order.indexOf(old.name), order.indexOf(now.name)];
  if (oldRank >= 0 && newRank >= 0 && newRank < oldRank)
    return old.name === 'NUMERIC' ? 'decimals are rounded, and larger numbers fail' : 'larger numbers fail';
  if (old.name === 'DOUBLE PRECISION' && (now.name === 'REAL' || (newRank >= 0 && now.name !== 'NUMERIC')))
    return 'digits are lost';
  if (old.name === 'REAL' && newRank >= 0 && now.name !== 'NUMERIC') return 'decimals are rounded';
  if (/^TIMESTAMP/.test(old.name) && now.name === 'DATE') return 'the time of day is lost';
  if (/^TIMESTAMP/.test(old.name) && /^TIME /.test(now.name)) return 'the date is lost';
  if (old.name === 'TIMESTAMP WITH TIME ZONE' && now.name === 'TIMESTAMP WITHOUT TIME ZONE')
    return 'the moment is turned into the wall clock of the session’s time zone';
  if (/^TIME/.test(old.name) && old.name === now.name && precision(now) < precision(old))
    return 'fractions of seconds are rounded';
  return null;
}

function narrowedNumeric(old: ParsedType, now: ParsedType): string | null {
  const [digits, scale = 0] = now.modifiers;
  if (digits === undefined) return null;
  const [oldDigits = Number.POSITIVE_INFINITY, oldScale = oldDigits] = old.modifiers;
  if (digits - scale < oldDigits - oldScale || oldDigits === Number.POSITIVE_INFINITY)
    return 'larger numbers fail, and decimals that do not fit are rounded';
  return scale < oldScale ? 'decimals are rounded' : null;
}

function narrowedText(old: ParsedType, now: ParsedType): string | null {
  const limit = now.modifiers[0] ?? (now.name === 'CHAR' ? 1 : undefined);
  if (limit === undefined || !(isText(old) || old.name === 'CHAR')) return null;
  return (old.modifiers[0] ?? Number.POSITIVE_INFINITY) <= limit
    ? null
    : `values longer than ${limit} characters fail`;
}
