/** What a revision does, as data: Alembic's directives with their arguments read, and SQL that it executes. */
import type { TextRange } from '../../base/range.ts';
import type { Call, StringLiteral } from '../../python/syntax.ts';
import type { Check, Column, EnumType, ForeignKey, Index, Key, Table } from '../../schema/schema.ts';

export type Operation =
  | CreateTable
  | DropTable
  | RenameTable
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateIndex
  | DropIndex
  | CreateConstraint
  | DropConstraint
  | CreateEnum
  | DropEnum
  | CommentTable
  | ExecuteSql
  | ExecuteExpression
  | BulkInsert
  | UnknownOperation;

export interface OperationBase extends TextRange {
  /** As written; in the file of the revision. */
  readonly call: Call;
  /** Inside `autocommit_block()`: outside of the migration's transaction. */
  readonly autocommit: boolean;
  /** Inside `batch_alter_table()`. */
  readonly batch: boolean;
  /** False under a condition, in a loop over unknown values, or in a `try`: it may not run. */
  readonly certain: boolean;
  /** A test of the dialect leads here: another database than PostgreSQL goes another way. */
  readonly dialectTested: boolean;
}

export interface TableName {
  readonly schema: string | null;
  readonly name: string;
}

export interface CreateTable extends OperationBase {
  readonly kind: 'create-table';
  readonly table: TableName;
  readonly definition: Table;
  /** Enum types that come into being with it. */
  readonly enums: readonly EnumType[];
  /** Enum types that it names without their values. */
  readonly unlistedEnums: readonly TableName[];
  /** False where columns or constraints could not be read. */
  readonly complete: boolean;
  readonly ifNotExists: boolean;
}

export interface DropTable extends OperationBase {
  readonly kind: 'drop-table';
  readonly table: TableName;
  readonly ifExists: boolean;
}

export interface RenameTable extends OperationBase {
  readonly kind: 'rename-table';
  readonly table: TableName;
  readonly newName: string;
}

export interface AddColumn extends OperationBase {
  readonly kind: 'add-column';
  readonly table: TableName;
  /** A table that holds the column and what was written inside of it: keys, checks, an index. */
  readonly definition: Table;
  readonly column: Column;
  readonly enums: readonly EnumType[];
  /** Enum types that it names without their values. */
  readonly unlistedEnums: readonly TableName[];
  readonly complete: boolean;
  readonly ifNotExists: boolean;
}

export interface DropColumn extends OperationBase {
  readonly kind: 'drop-column';
  readonly table: TableName;
  readonly column: string;
  readonly ifExists: boolean;
}

export interface AlterColumn extends OperationBase {
  readonly kind: 'alter-column';
  readonly table: TableName;
  readonly column: string;
  readonly changes: ColumnChanges;
}

/** Absent where it stays as it is. */
export interface ColumnChanges {
  readonly name?: string;
  /** Null where the type could not be read. */
  readonly type?: string | null;
  /** The new type, where it is an enum with its values. */
  readonly enum?: EnumType;
  /** The new type, where it is an enum that is named without its values. */
  readonly unlistedEnum?: TableName;
  readonly using?: string;
  readonly nullable?: boolean;
  /** `drop`, an SQL expression, or null where it could not be read. */
  readonly default?: { readonly drop: true } | { readonly drop: false; readonly sql: string | null };
  readonly comment?: string | null;
}

export interface CreateIndex extends OperationBase {
  readonly kind: 'create-index';
  readonly table: TableName;
  readonly index: Index;
  readonly complete: boolean;
  /** Null where it is decided when the revision runs. */
  readonly concurrently: boolean | null;
  readonly ifNotExists: boolean;
}

export interface DropIndex extends OperationBase {
  readonly kind: 'drop-index';
  readonly name: string;
  readonly schema: string | null;
  readonly table: TableName | null;
  /** Null where it is decided when the revision runs. */
  readonly concurrently: boolean | null;
  readonly ifExists: boolean;
}

export interface CreateConstraint extends OperationBase {
  readonly kind: 'create-constraint';
  readonly table: TableName;
  readonly constraint: TableConstraint;
  readonly notValid: boolean;
}

export type TableConstraint =
  | { readonly kind: 'primary-key'; readonly key: Key }
  | { readonly kind: 'unique'; readonly key: Key }
  | { readonly kind: 'foreign-key'; readonly key: ForeignKey }
  /** The expression is null where it could not be rendered. */
  | { readonly kind: 'check'; readonly name: string | null; readonly check: Check | null }
  | { readonly kind: 'exclude'; readonly name: string | null };

export interface DropConstraint extends OperationBase {
  readonly kind: 'drop-constraint';
  readonly table: TableName;
  /** Null for `None`, which names no constraint. */
  readonly name: string | null;
  readonly type: string | null;
  readonly ifExists: boolean;
}

export interface CreateEnum extends OperationBase {
  readonly kind: 'create-enum';
  readonly type: EnumType;
}

export interface DropEnum extends OperationBase {
  readonly kind: 'drop-enum';
  readonly type: TableName;
}

export interface CommentTable extends OperationBase {
  readonly kind: 'comment-table';
  readonly table: TableName;
  readonly comment: string | null;
}

export interface ExecuteSql extends OperationBase {
  readonly kind: 'execute-sql';
  readonly sql: string;
  /** Where the text stands: a literal's range where it is one literal, else that of the argument. */
  readonly sqlRange: TextRange;
  /** The literal whose value the SQL is; null where it comes through a name or is put together. */
  readonly literal: StringLiteral | null;
}

/** `op.execute(update(…))`, `bind.execute(select(…))`: it may read and write rows; it changes no schema. */
export interface ExecuteExpression extends OperationBase {
  readonly kind: 'execute-expression';
  readonly text: string;
}

export interface BulkInsert extends OperationBase {
  readonly kind: 'bulk-insert';
  readonly table: string | null;
}

/** Something that may change the schema in a way that reading does not tell. */
export interface UnknownOperation extends OperationBase {
  readonly kind: 'unknown';
  readonly reason: string;
  /** Of SQL that is put together: what is written out of it. */
  readonly sql?: string;
  /** Of a function that another file defines: what its name says that it changes. */
  readonly parts?: readonly SchemaPart[];
}

export type SchemaPart = 'table' | 'column' | 'index' | 'constraint' | 'enum';

export interface RevisionOperations {
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
}
