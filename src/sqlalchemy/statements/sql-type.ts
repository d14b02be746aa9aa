/** SQLAlchemy's types as far as they change how an expression is printed: a family, and the DDL that CAST needs. */

import type { WrappedValues } from '../types/wrapped-values.ts';

export type TypeFamily =
  | 'integer'
  | 'numeric'
  | 'float'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'datetime'
  | 'interval'
  | 'json'
  | 'jsonb'
  | 'hstore'
  | 'array'
  | 'range'
  | 'other'
  | 'null';

export interface SqlType {
  readonly family: TypeFamily;
  /** SQLAlchemy's name as written, such as `String(100)`; null where unknown. */
  readonly name: string | null;
  /** PostgreSQL's DDL; null where unknown. */
  readonly sql: string | null;
  /** Element type of an array. */
  readonly item: SqlType | null;
  /** Functions of its own stand around what is written or read. */
  readonly wraps?: WrappedValues;
}

function plain(family: TypeFamily, name: string, sql: string): SqlType {
  return { family, name, sql, item: null };
}

export const NULL_TYPE: SqlType = { family: 'null', name: null, sql: null, item: null };
/** Of a column that only the database knows: a type that is there, and not known. */
export const UNTOLD_TYPE: SqlType = { ...NULL_TYPE };
export const BOOLEAN = plain('boolean', 'Boolean', 'BOOLEAN');
export const INTEGER = plain('integer', 'Integer', 'INTEGER');
export const NUMERIC = plain('numeric', 'Numeric', 'NUMERIC');
export const FLOAT = plain('float', 'Float', 'FLOAT');
export const STRING = plain('string', 'String', 'VARCHAR');
export const TEXT = plain('string', 'Text', 'TEXT');
export const DATETIME = plain('datetime', 'DateTime', 'TIMESTAMP WITHOUT TIME ZONE');
export const DATE = plain('date', 'Date', 'DATE');
export const TIME = plain('time', 'Time', 'TIME WITHOUT TIME ZONE');
export const INTERVAL = plain('interval', 'Interval', 'INTERVAL');

export function arrayOf(item: SqlType): SqlType {
  return {
    family: 'array',
    name: item.name === null ? null : `ARRAY(${item.name})`,
    sql: item.sql === null ? null : `${item.sql}[]`,
    item,
  };
}

/** Families by the start of PostgreSQL's DDL type. */
const familiesBySql: readonly (readonly [RegExp, TypeFamily])[] = [
  [/^(SMALLINT|INTEGER|BIGINT|SERIAL|BIGSERIAL|SMALLSERIAL)$/, 'integer'],
  [/^(NUMERIC|DECIMAL)/, 'numeric'],
  [/^(FLOAT|REAL|DOUBLE PRECISION)/, 'float'],
  [/^(VARCHAR|CHAR|TEXT|CHARACTER|CITEXT|NVARCHAR)/, 'string'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'datetime'],
  [/^TIME/, 'time'],
  [/^INTERVAL/, 'interval'],
  [/^JSONB$/, 'jsonb'],
  [/^JSON$/, 'json'],
  [/^HSTORE$/, 'hstore'],
  [/RANGE$/, 'range'],
];

/** From SQLAlchemy's words and PostgreSQL's DDL, either of which may be unknown. Enum counts as a string, as it does to SQLAlchemy. */
export function sqlTypeOf(name: string | null, sql: string | null, wraps?: WrappedValues): SqlType {
  const type = plainTypeOf(name, sql);
  return wraps === undefined ? type : { ...type, wraps };
}

function plainTypeOf(name: string | null, sql: string | null): SqlType {
  if (sql?.endsWith('[]')) {
    return { family: 'array', name, sql, item: plainTypeOf(itemNameOf(name), sql.slice(0, -2)) };
  }
  if (name !== null && /^(\w+\.)*(Enum|ENUM)\b/.test(name))
    return { family: 'string', name, sql, item: null };
  const upper = sql?.toUpperCase() ?? '';
  const family = familiesBySql.find(([pattern]) => pattern.test(upper))?.[1] ?? 'other';
  return { family: sql === null && name === null ? 'null' : family, name, sql, item: null };
}

function itemNameOf(name: string | null): string | null {
  return name?.match(/^(?:\w+\.)*ARRAY\((.*)\)$/s)?.[1] ?? null;
}

/** False for a TypeDecorator and the like: those take whatever they are compared with. */
export function isOwnType({ name }: SqlType): boolean {
  return name === null || ownTypes.test(name);
}

const ownTypes =
  /^(?:\w+\.)*(?:(?:Big|Small)?Integer|Numeric|Float|Double|String|Text|Unicode(?:Text)?|Boolean|Date|DateTime|Time|Interval|Enum|[A-Z]+)\b/;

export function isJson(type: SqlType): boolean {
  return type.family === 'json' || type.family === 'jsonb';
}

export function isNumber(type: SqlType): boolean {
  return type.family === 'integer' || type.family === 'numeric' || type.family === 'float';
}
