/**
 * A database schema as plain data, in PostgreSQL's words. Read from models, from revisions or from a server;
 * rendered to DDL by `ddl.ts`. Leaves out what no statement can depend on: storage, tablespaces, privileges.
 */
export interface DatabaseSchema {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
  /** Names as in CREATE EXTENSION. */
  readonly extensions: readonly string[];
  /** Absent where nobody looked for them: models and revisions name a domain without saying what it is. */
  readonly domains?: readonly Domain[];
}

export interface Table {
  readonly name: string;
  /** Null for the search path's first schema. */
  readonly schema: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: Key | null;
  readonly uniques: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly indexes: readonly Index[];
  readonly comment: string | null;
  /** Parts that may hold more than is listed, since some of it could not be read; absent where all was read. */
  readonly unread?: readonly TablePart[];
}

export type TablePart = 'columns' | 'uniques' | 'foreign-keys' | 'checks' | 'indexes';

export interface Column {
  readonly name: string;
  /** As PostgreSQL's DDL writes it: `VARCHAR(100)`, `TIMESTAMP WITH TIME ZONE`, `order_status[]`. */
  readonly type: string;
  readonly nullable: boolean;
  /** An SQL expression, or null. */
  readonly default: string | null;
  readonly identity: 'always' | 'by-default' | null;
  readonly computed: { readonly expression: string; readonly stored: boolean } | null;
  readonly comment: string | null;
  /** What is there and could not be read: the value beside it is then a stand-in. Absent where all was read. */
  readonly unread?: readonly ('type' | 'default')[];
  /** Its type's length is that of the longest value of an enum kept as text: more does no harm. Absent otherwise. */
  readonly derivedLength?: true;
}

/** A primary key or unique constraint. */
export interface Key {
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly targetSchema: string | null;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

export interface Check {
  readonly name: string | null;
  readonly expression: string;
}

export interface Index {
  readonly name: string | null;
  /** Column names quoted where they must be, or expressions in parentheses. */
  readonly elements: readonly string[];
  readonly unique: boolean;
  /** Access method; null for btree. */
  readonly method: string | null;
  readonly where: string | null;
  /** Columns of INCLUDE. */
  readonly include: readonly string[];
}

export interface EnumType {
  readonly name: string;
  readonly schema: string | null;
  readonly values: readonly string[];
}

/** A type that is another one with conditions. */
export interface Domain {
  readonly name: string;
  readonly schema: string | null;
  /** The type below it, as `Column.type`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly checks: readonly Check[];
}

export interface Sequence {
  readonly name: string;
  readonly schema: string | null;
}

export const emptySchema: DatabaseSchema = { tables: [], enums: [], sequences: [], extensions: [] };
