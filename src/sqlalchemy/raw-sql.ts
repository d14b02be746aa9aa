/** SQL that stands in code as text: how it reads, how values get into it, and who sends it. */
import type { GivenValue } from './given-value.ts';
import type { SourceLocation } from './model.ts';

/** How a text marks its parameters: `:x`; `%s` and `%(x)s`; `$1`; `?`. */
export type ParameterStyle = 'named' | 'pyformat' | 'numeric' | 'qmark';

/** A library that talks to a database by itself. */
export type DriverLibrary = 'asyncpg' | 'psycopg' | 'psycopg2' | 'aiosqlite';

/**
 * What says that it is SQL: `text()`, `tstring()`; a string given to `execute()`, which takes none; `op.execute()`, which makes one of it; `exec_driver_sql()` or a call of a
 * driver's own; a comment or marker beside a string; a file of SQL.
 */
export type RawSqlOrigin = 'text' | 'template' | 'plain' | 'migration' | 'driver' | 'marked' | 'file';

/** Who sends the text, and how. */
export interface RawSqlSender {
  readonly origin: RawSqlOrigin;
  /** The driver that is called directly; null where SQLAlchemy lies between, or it is not known. */
  readonly driver: DriverLibrary | null;
  readonly style: ParameterStyle;
}

/** One mention of a parameter. */
export interface RawBind {
  /** Its number where it has no name, from 1. */
  readonly name: string;
  readonly sqlStart: number;
  readonly sqlEnd: number;
  readonly location: SourceLocation | null;
  /** One of `bindparam(expanding=True)`: as many values as the list has. */
  readonly expanding: boolean;
  /** Given a value by `bindparams(x=…)`. */
  readonly bound: boolean;
  /** PostgreSQL's name of the type that SQLAlchemy sends with it; null where it sends none. */
  readonly type: string | null;
}

export interface RawHole {
  readonly sqlStart: number;
  readonly sqlEnd: number;
  readonly location: SourceLocation;
  /** The expression whose value stands here. */
  readonly source: SourceLocation;
  readonly how: HoleFilling;
}

/** How a value gets into a string; `composed` by a library that quotes it as it must be. */
export type HoleFilling = 'f-string' | 'percent' | 'format' | 'concatenation' | 'join' | 'composed';

/** One call that sends the text, with the values that it hands over. */
export interface RawExecution {
  readonly location: SourceLocation;
  readonly values: PassedValues | null;
}

/** Null elsewhere: not all of them are known. */
export type PassedValues =
  | { readonly kind: 'named'; readonly values: ReadonlyMap<string, PassedValue> }
  | { readonly kind: 'positional'; readonly values: readonly PassedValue[] };

export interface PassedValue {
  /** The key that names it, or the value itself. */
  readonly location: SourceLocation;
  readonly given: GivenValue;
}
