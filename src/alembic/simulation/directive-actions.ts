/** The actions of one operation. SQL gives those of its statements: `sql-actions.ts`. */

import type { AddColumn, AlterColumn, CreateConstraint, Operation } from '../directives/operation.ts';
import type { Action } from './action.ts';

const plainDrop = { cascade: false, ifExists: false };

/** Of a directive, or of an expression that is executed; SQL text has none here. */
export function actionsOfDirective(operation: Operation): readonly Action[] {
  switch (operation.kind) {
    case 'create-table':
      return [{ kind: 'create-table', table: operation.table, definition: operation.definition }];
    case 'drop-table':
      return [{ ...plainDrop, kind: 'drop-table', table: operation.table, ifExists: operation.ifExists }];
    case 'rename-table':
      return [{ kind: 'rename-table', table: operation.table, newName: operation.newName }];
    case 'add-column':
      return addColumnActions(operation);
    case 'drop-column': {
      const { table, column, ifExists } = operation;
      return [{ kind: 'drop-column', table, column, ifExists, cascade: false }];
    }
    case 'alter-column':
      return alterColumn(operation);
    case 'create-index': {
      const { table, index, concurrently, ifNotExists } = operation;
      return [{ kind: 'create-index', table, index, concurrently, ifNotExists }];
    }
    case 'drop-index': {
      const { name, table, concurrently, ifExists } = operation;
      return [{ kind: 'drop-index', name, table, concurrently, ifExists, cascade: false }];
    }
    case 'create-constraint':
      return [addConstraint(operation)];
    case 'drop-constraint': {
      const { table, name, ifExists } = operation;
      return [{ kind: 'drop-constraint', table, name, ifExists, cascade: false }];
    }
    case 'create-enum':
      return [{ kind: 'create-enum', type: operation.type }];
    case 'drop-enum':
      return [{ ...plainDrop, kind: 'drop-type', type: operation.type }];
    case 'bulk-insert':
      return [
        {
          kind: 'insert',
          table: operation.table === null ? null : { schema: null, name: operation.table },
          columns: [],
        },
      ];
    case 'execute-expression':
      return [expressionAction(operation.text)];
    case 'comment-table':
    case 'execute-sql':
    case 'unknown':
      return [{ kind: 'other' }];
  }
}

/** With the constraints and the index that are written inside of the column: Alembic sends each as a statement. */
export function addColumnActions({
  table,
  column,
  definition,
}: Pick<AddColumn, 'table' | 'column' | 'definition'>): readonly Action[] {
  const constraints: readonly Action[] = [
    ...definition.foreignKeys.map(
      key => ({ kind: 'add-foreign-key', table, name: key.name, key, notValid: false }) as const,
    ),
    ...definition.uniques.map(
      key => ({ kind: 'add-unique', table, name: key.name, key, usingIndex: false }) as const,
    ),
    ...definition.indexes.map(
      index => ({ kind: 'create-index', table, index, concurrently: false, ifNotExists: false }) as const,
    ),
  ];
  return [{ kind: 'add-column', table, column, definition }, ...constraints];
}

function alterColumn({ table, column, changes }: AlterColumn): readonly Action[] {
  const of = { table, column };
  const actions: Action[] = [];
  if (changes.nullable !== undefined)
    actions.push({ ...of, kind: changes.nullable ? 'drop-not-null' : 'set-not-null' });
  if (changes.type !== undefined)
    actions.push({ ...of, kind: 'set-type', type: changes.type, using: changes.using !== undefined });
  if (changes.default !== undefined) actions.push({ ...of, kind: 'set-default' });
  if (changes.name !== undefined && changes.name !== column)
    actions.push({ ...of, kind: 'rename-column', newName: changes.name });
  return actions.length > 0 ? actions : [{ kind: 'other' }];
}

function addConstraint({ table, constraint, notValid }: CreateConstraint): Action {
  switch (constraint.kind) {
    case 'primary-key':
      return {
        kind: 'add-primary-key',
        table,
        name: constraint.key.name,
        key: constraint.key,
        usingIndex: false,
      };
    case 'unique':
      return { kind: 'add-unique', table, name: constraint.key.name, key: constraint.key, usingIndex: false };
    case 'foreign-key':
      return { kind: 'add-foreign-key', table, name: constraint.key.name, key: constraint.key, notValid };
    case 'check': {
      const expression = constraint.check?.expression ?? null;
      return { kind: 'add-check', table, name: constraint.name, expression, notValid };
    }
    case 'exclude':
      return { kind: 'add-exclusion', table, name: constraint.name };
  }
}

/** `users.update().where(…)`, `sa.update(users)`: what can be told from the words alone. The table is not. */
function expressionAction(text: string): Action {
  const filtered = /\.where\(|\.filter\(|\.filter_by\(/.test(text);
  if (/(?:^|[.\s])update\(/.test(text)) return { kind: 'update', table: null, filtered, columns: [] };
  if (/(?:^|[.\s])delete\(/.test(text)) return { kind: 'delete', table: null, filtered };
  if (/(?:^|[.\s])insert\(/.test(text)) return { kind: 'insert', table: null, columns: [] };
  if (/(?:^|[.\s])select\(/.test(text)) return { kind: 'select' };
  return { kind: 'other' };
}
