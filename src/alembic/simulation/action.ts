/**
 * What an operation does to the database, one thing at a time, whichever way it is written: a directive or SQL. Finer than
 * an operation: `alter_column` with a new type and NOT NULL, or one ALTER TABLE with several commands, are several actions.
 */
import type { Column, EnumType, ForeignKey, Index, Key, Table } from '../../schema/schema.ts';
import type { TableName } from '../directives/operation.ts';

export type Action =
  | { readonly kind: 'create-table'; readonly table: TableName; readonly definition: Table }
  | (Drop & { readonly kind: 'drop-table'; readonly table: TableName })
  | { readonly kind: 'rename-table'; readonly table: TableName; readonly newName: string }
  | AddColumnAction
  | (Drop & { readonly kind: 'drop-column'; readonly table: TableName; readonly column: string })
  | (OfColumn & { readonly kind: 'rename-column'; readonly newName: string })
  /** The type is null where it could not be read. */
  | (OfColumn & { readonly kind: 'set-type'; readonly type: string | null; readonly using: boolean })
  | (OfColumn & { readonly kind: 'set-not-null' })
  | (OfColumn & { readonly kind: 'drop-not-null' })
  | (OfColumn & { readonly kind: 'set-default' })
  | (OfColumn & { readonly kind: 'add-identity' })
  | CreateIndexAction
  | DropIndexAction
  | { readonly kind: 'reindex'; readonly name: TableName; readonly concurrently: boolean }
  | AddConstraintAction
  | { readonly kind: 'validate-constraint'; readonly table: TableName; readonly name: string }
  | (Drop & { readonly kind: 'drop-constraint'; readonly table: TableName; readonly name: string | null })
  | { readonly kind: 'attach-partition'; readonly table: TableName; readonly partition: TableName }
  | {
      readonly kind: 'detach-partition';
      readonly table: TableName;
      readonly partition: TableName;
      readonly concurrently: boolean;
    }
  /** Writes the whole table anew, and is meant to. */
  | { readonly kind: 'rewrite-table'; readonly table: TableName; readonly how: RewriteCommand }
  | { readonly kind: 'enable-row-security'; readonly table: TableName }
  | { readonly kind: 'create-policy'; readonly table: TableName }
  | { readonly kind: 'create-trigger'; readonly table: TableName; readonly name: string }
  | { readonly kind: 'vacuum' }
  | { readonly kind: 'refresh-view'; readonly name: TableName; readonly concurrently: boolean }
  | { readonly kind: 'create-enum'; readonly type: EnumType }
  | (Drop & { readonly kind: 'drop-type'; readonly type: TableName })
  | { readonly kind: 'rename-type'; readonly type: TableName; readonly newName: string }
  | { readonly kind: 'add-enum-value'; readonly type: TableName; readonly value: string }
  | (Drop & { readonly kind: 'drop-schema'; readonly name: string })
  | { readonly kind: 'drop-database'; readonly name: string }
  | (Drop & { readonly kind: 'drop-other'; readonly what: string; readonly name: string })
  | { readonly kind: 'truncate'; readonly tables: readonly TableName[]; readonly cascade: boolean }
  | {
      readonly kind: 'update';
      readonly table: TableName | null;
      readonly filtered: boolean;
      /** Those that are set. */
      readonly columns: readonly string[];
    }
  | { readonly kind: 'delete'; readonly table: TableName | null; readonly filtered: boolean }
  | { readonly kind: 'insert'; readonly table: TableName | null; readonly columns: readonly string[] }
  | { readonly kind: 'select' }
  | { readonly kind: 'set-parameter'; readonly name: string }
  /** `COMMIT` and kin by hand: what follows is not in the migration's transaction. */
  | { readonly kind: 'end-transaction' }
  /** A statement that may not run inside of a transaction, and has no action of its own here. */
  | { readonly kind: 'outside-transaction'; readonly what: string }
  | { readonly kind: 'other' };

export type ActionKind = Action['kind'];
export type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;

interface OfColumn {
  readonly table: TableName;
  readonly column: string;
}

export interface Drop {
  readonly cascade: boolean;
  readonly ifExists: boolean;
}

export interface AddColumnAction {
  readonly kind: 'add-column';
  readonly table: TableName;
  readonly column: Column;
  /** A table that holds the column and what was written inside of it. */
  readonly definition: Table;
}

export interface CreateIndexAction {
  readonly kind: 'create-index';
  readonly table: TableName;
  readonly index: Index;
  /** Null where it is decided when the revision runs. */
  readonly concurrently: boolean | null;
  readonly ifNotExists: boolean;
}

export interface DropIndexAction extends Drop {
  readonly kind: 'drop-index';
  readonly name: string;
  /** Null where nothing tells it. */
  readonly table: TableName | null;
  /** Null where it is decided when the revision runs. */
  readonly concurrently: boolean | null;
}

export type AddConstraintAction =
  | (NewConstraint & {
      readonly kind: 'add-foreign-key';
      readonly key: ForeignKey;
      readonly notValid: boolean;
    })
  | (NewConstraint & {
      readonly kind: 'add-check';
      /** Null where it could not be rendered. */
      readonly expression: string | null;
      readonly notValid: boolean;
    })
  | (NewConstraint & { readonly kind: 'add-unique'; readonly key: Key; readonly usingIndex: boolean })
  | (NewConstraint & { readonly kind: 'add-primary-key'; readonly key: Key; readonly usingIndex: boolean })
  | (NewConstraint & { readonly kind: 'add-exclusion' });

interface NewConstraint {
  readonly table: TableName;
  readonly name: string | null;
}

export type RewriteCommand =
  | 'VACUUM FULL'
  | 'CLUSTER'
  | 'SET TABLESPACE'
  | 'SET LOGGED'
  | 'SET UNLOGGED'
  | 'SET ACCESS METHOD';

/** The table that an action is about; null for those about something else. */
export function tableOfAction(action: Action): TableName | null {
  return 'table' in action ? action.table : null;
}
