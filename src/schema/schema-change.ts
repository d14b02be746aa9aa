/** What turns one schema into another: the operations that a migration would write, each of which can be turned round. */
import type { Check, Column, EnumType, ForeignKey, Index, Key, Sequence, Table } from './schema.ts';

export type SchemaChange =
  | { readonly kind: 'create-extension' | 'drop-extension'; readonly name: string }
  | { readonly kind: 'create-enum' | 'drop-enum'; readonly type: EnumType }
  | AlterEnum
  | { readonly kind: 'create-sequence' | 'drop-sequence'; readonly sequence: Sequence }
  /** With all that the table holds. */
  | { readonly kind: 'create-table' | 'drop-table'; readonly table: Table }
  | { readonly kind: 'rename-table'; readonly table: TableName; readonly newName: string }
  | { readonly kind: 'add-column' | 'drop-column'; readonly table: TableName; readonly column: Column }
  | AlterColumn
  | {
      readonly kind: 'rename-column';
      readonly table: TableName;
      readonly column: string;
      readonly newName: string;
    }
  | {
      readonly kind: 'create-constraint' | 'drop-constraint';
      readonly table: TableName;
      readonly constraint: Constraint;
    }
  | { readonly kind: 'create-index' | 'drop-index'; readonly table: TableName; readonly index: Index }
  | CommentTable;

export interface TableName {
  readonly schema: string | null;
  readonly name: string;
}

/** Values added, taken away, or in another order. */
export interface AlterEnum {
  readonly kind: 'alter-enum';
  readonly before: EnumType;
  readonly after: EnumType;
  /** Columns of the type, before and after. */
  readonly columns: readonly { readonly table: TableName; readonly column: Column }[];
}

export type ColumnAspect = 'type' | 'nullable' | 'default' | 'identity' | 'computed' | 'comment';

export interface AlterColumn {
  readonly kind: 'alter-column';
  readonly table: TableName;
  readonly before: Column;
  readonly after: Column;
  /** What differs; never empty. */
  readonly aspects: readonly ColumnAspect[];
}

export interface CommentTable {
  readonly kind: 'comment-table';
  readonly table: TableName;
  readonly before: string | null;
  readonly after: string | null;
}

export type Constraint =
  | { readonly kind: 'primary-key' | 'unique'; readonly key: Key }
  | { readonly kind: 'foreign-key'; readonly key: ForeignKey }
  | { readonly kind: 'check'; readonly check: Check };

const opposites = {
  'create-extension': 'drop-extension',
  'drop-extension': 'create-extension',
  'create-enum': 'drop-enum',
  'drop-enum': 'create-enum',
  'create-sequence': 'drop-sequence',
  'drop-sequence': 'create-sequence',
  'create-table': 'drop-table',
  'drop-table': 'create-table',
  'add-column': 'drop-column',
  'drop-column': 'add-column',
  'create-constraint': 'drop-constraint',
  'drop-constraint': 'create-constraint',
  'create-index': 'drop-index',
  'drop-index': 'create-index',
} as const;

/** What undoes a change. */
export function invertChange(change: SchemaChange): SchemaChange {
  switch (change.kind) {
    case 'alter-enum':
    case 'alter-column':
    case 'comment-table':
      return { ...change, before: change.after, after: change.before } as SchemaChange;
    case 'rename-table':
      return {
        ...change,
        table: { ...change.table, name: change.newName },
        newName: change.table.name,
      };
    case 'rename-column':
      return { ...change, column: change.newName, newName: change.column };
    default:
      return { ...change, kind: opposites[change.kind] } as SchemaChange;
  }
}

/** What undoes a list of changes, in the order in which it can run. */
export function invertChanges(changes: readonly SchemaChange[]): readonly SchemaChange[] {
  return changes.map(invertChange).reverse();
}

/** The same for names that `isSameName` calls the same, and for no others. */
export function tableKey({ schema, name }: TableName): string {
  return JSON.stringify([schema ?? 'public', name]);
}

/** Names of tables, types or sequences; without a schema in the search path’s first, `public` unless somebody says otherwise. */
export function isSameName(a: TableName, b: TableName): boolean {
  return a.name === b.name && (a.schema ?? 'public') === (b.schema ?? 'public');
}
