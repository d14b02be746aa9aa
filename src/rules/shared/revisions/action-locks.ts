/** What each action of a revision locks, from the same facts that the rules' claims come from. */

import type { TableName } from '../../../alembic/directives/operation.ts';
import type { Action, ActionOf, RewriteCommand } from '../../../alembic/simulation/action.ts';
import { findTable } from '../../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { LockFactName } from './lock-facts.ts';
import { isProvenNotNull } from './proven-not-null.ts';
import type { RevisionSubject } from './revision-subject.ts';
import { typeChangeFact } from './type-change.ts';
import { volatileFunction } from './volatile-default.ts';

export interface ActionLock {
  readonly fact: LockFactName;
  /** Null where the name of a table cannot be told, as for some indexes. */
  readonly table: TableName | null;
  /** The fact's other table; null where it has none, or nothing tells which one that is. */
  readonly other: TableName | null;
}

/** Empty for what locks no table that was there before, and for what is not known. */
export function locksOfAction(
  action: Action,
  step: MigrationStep,
  revision: RevisionSubject,
): readonly ActionLock[] {
  if (action.kind === 'truncate')
    return action.tables.map(table => ({ fact: 'truncate', table, other: null }));
  const fact = factOf(action, step, revision);
  if (fact === null) return [];
  return [{ fact, ...tablesOf(action) }];
}

function tablesOf(action: Action): Pick<ActionLock, 'table' | 'other'> {
  switch (action.kind) {
    case 'attach-partition':
      return { table: action.partition, other: action.table };
    case 'detach-partition':
      return { table: action.table, other: action.partition };
    case 'add-foreign-key': {
      const { targetSchema, targetTable } = action.key;
      return { table: action.table, other: { schema: targetSchema, name: targetTable } };
    }
    case 'refresh-view':
      return { table: action.name, other: null };
    default:
      return { table: 'table' in action ? action.table : null, other: null };
  }
}

function factOf(action: Action, step: MigrationStep, revision: RevisionSubject): LockFactName | null {
  switch (action.kind) {
    case 'add-column':
      return addedColumn(action);
    case 'set-type':
      return changedType(action, step);
    case 'set-not-null': {
      const table = findTable(step.before, action.table);
      return table && isProvenNotNull(table, { action, step, revision }) ? 'setNotNullChecked' : 'setNotNull';
    }
    case 'create-index':
      return action.concurrently ? 'createIndexConcurrently' : 'createIndex';
    case 'drop-index':
      return action.concurrently ? 'dropIndexConcurrently' : 'dropIndex';
    case 'reindex':
      return action.concurrently ? 'reindexConcurrently' : 'reindex';
    case 'refresh-view':
      return action.concurrently ? 'refreshViewConcurrently' : 'refreshView';
    case 'detach-partition':
      return action.concurrently ? 'detachPartitionConcurrently' : 'detachPartition';
    case 'add-foreign-key':
      return action.notValid ? 'addForeignKeyNotValid' : 'addForeignKey';
    case 'add-check':
      return action.notValid ? 'addCheckNotValid' : 'addCheck';
    case 'add-unique':
      return action.usingIndex ? 'addUniqueUsingIndex' : 'addUnique';
    case 'add-primary-key':
      return action.usingIndex ? 'addPrimaryKeyUsingIndex' : 'addPrimaryKey';
    case 'rewrite-table':
      return rewriteFacts[action.how];
    default:
      return plainFacts[action.kind] ?? null;
  }
}

const plainFacts: Partial<Readonly<Record<Action['kind'], LockFactName>>> = {
  'drop-table': 'dropTable',
  'rename-table': 'renameTable',
  'drop-column': 'dropColumn',
  'rename-column': 'renameColumn',
  'drop-not-null': 'dropNotNull',
  'set-default': 'setDefault',
  'add-exclusion': 'addExclusion',
  // Of both kinds of constraint the same.
  'validate-constraint': 'validateCheck',
  'drop-constraint': 'dropConstraint',
  'attach-partition': 'attachPartition',
  'enable-row-security': 'enableRowSecurity',
  'create-trigger': 'createTrigger',
  update: 'update',
  delete: 'update',
};

/** What commands that write a whole table anew lock. */
export const rewriteFacts: Readonly<Record<RewriteCommand, LockFactName>> = {
  'VACUUM FULL': 'vacuumFull',
  CLUSTER: 'cluster',
  'SET TABLESPACE': 'setTablespace',
  'SET LOGGED': 'setLogged',
  'SET UNLOGGED': 'setUnlogged',
  'SET ACCESS METHOD': 'setAccessMethod',
};

function addedColumn({ column }: ActionOf<'add-column'>): LockFactName {
  if (column.computed?.stored) return 'addStoredColumn';
  if (/serial/i.test(column.type)) return 'addSerialColumn';
  if (column.identity !== null) return 'addIdentityColumn';
  if (volatileFunction(column.default) !== null) return 'addColumnWithVolatileDefault';
  return column.default === null ? 'addColumn' : 'addColumnWithDefault';
}

/** A type that is not known is taken to be one that writes the table anew. */
function changedType({ table, column, type }: ActionOf<'set-type'>, { before }: MigrationStep): LockFactName {
  const old = findTable(before, table)?.columns.find(({ name }) => name === column);
  return (old && type !== null ? typeChangeFact(old.type, type) : null) ?? 'changeType';
}
