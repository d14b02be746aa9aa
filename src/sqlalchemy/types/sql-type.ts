/** A column type as SQLAlchemy knows it, and as PostgreSQL's DDL writes it. */
import type { EnumType } from '../../schema/schema.ts';
import type { EnumClass } from '../model.ts';
import type { WrappedValues } from './wrapped-values.ts';

export interface SqlType {
  /** Class name: `String`, `JSONB`, or that of a class of the workspace. */
  readonly name: string;
  /** SQLAlchemy's class that the values are handled by, after TypeDecorators and subclasses: `Integer`. */
  readonly affinity: string;
  /** As written or derived, without module prefixes: `String(100)`. */
  readonly text: string;
  /** As SQLAlchemy's PostgreSQL compiler prints it; null where it cannot be known. */
  readonly sql: string | null;
  /** The same without its length, where that alone cannot be known; absent otherwise. */
  readonly unsized?: string;
  /** The type to create before the table, for native enums whose values are known. */
  readonly enum: EnumType | null;
  /** A native enum whose values are not written, since the type is there, or could not be read; absent for others. */
  readonly unlistedEnum?: Omit<EnumType, 'values'>;
  /** The Python class that the members of an enum come from; absent for others. */
  readonly enumClass?: EnumClass;
  /** What `as_mutable()` sees of changes in a value: those of the value itself, or also of values in it; absent without it. */
  readonly tracked?: 'outermost' | 'all';
  /** Functions of its own stand around what is written or read; absent for others. */
  readonly wraps?: WrappedValues;
  /** Its length is that of the longest value of an enum kept as text, and nobody wrote it; absent otherwise. */
  readonly derivedLength?: true;
  /** Allowed values of an enum that is stored as text with `create_constraint=True`. */
  readonly check: { readonly name: string | null; readonly values: readonly string[] } | null;
}

export function sqlType(name: string, sql: string | null, text = name, affinity = name): SqlType {
  return { name, affinity, text, sql, enum: null, check: null };
}

/** The DDL name that stands in for a type that cannot be known, so that its table can be made all the same. */
export const unknownTypeName = 'unknown_type';
