/** The actions of `ALTER TABLE`, one for each of its commands. */
import type { SqlNode } from '../../sql/parser.ts';
import type { TableName } from '../directives/operation.ts';
import type { Action, RewriteCommand } from './action.ts';
import { addColumnActions } from './directive-actions.ts';
import {
  type Constraint,
  emptyTable,
  type SqlContext,
  strings,
  tableName,
  typeText,
  withColumn,
  withConstraint,
} from './sql-definitions.ts';

type AlterTableStmt = Extract<SqlNode, { readonly AlterTableStmt: unknown }>['AlterTableStmt'];
type AlterTableCmd = Extract<SqlNode, { readonly AlterTableCmd: unknown }>['AlterTableCmd'];

export function alterTableActions(statement: AlterTableStmt, context: SqlContext): readonly Action[] {
  if (statement.objtype !== 'OBJECT_TABLE') return [{ kind: 'other' }];
  const table = tableName(statement.relation);
  return (statement.cmds ?? []).flatMap(node =>
    'AlterTableCmd' in node ? commandActions(table, node.AlterTableCmd, context) : [],
  );
}

const rewrites: Readonly<Record<string, RewriteCommand>> = {
  AT_SetTableSpace: 'SET TABLESPACE',
  AT_SetLogged: 'SET LOGGED',
  AT_SetUnLogged: 'SET UNLOGGED',
  AT_SetAccessMethod: 'SET ACCESS METHOD',
};

function commandActions(table: TableName, command: AlterTableCmd, context: SqlContext): readonly Action[] {
  const { def, name = '' } = command;
  const of = { table, column: name };
  const drop = { cascade: command.behavior === 'DROP_CASCADE', ifExists: command.missing_ok ?? false };
  const how = rewrites[command.subtype ?? ''];
  if (how !== undefined) return [{ kind: 'rewrite-table', table, how }];
  switch (command.subtype) {
    case 'AT_AddColumn': {
      if (!def || !('ColumnDef' in def)) return [{ kind: 'other' }];
      const definition = withColumn(emptyTable(table), def.ColumnDef, context);
      const [column] = definition.columns;
      return column ? addColumnActions({ table, column, definition }) : [{ kind: 'other' }];
    }
    case 'AT_DropColumn':
      return [{ ...drop, ...of, kind: 'drop-column' }];
    case 'AT_SetNotNull':
      return [{ ...of, kind: 'set-not-null' }];
    case 'AT_DropNotNull':
      return [{ ...of, kind: 'drop-not-null' }];
    case 'AT_ColumnDefault':
      return [{ ...of, kind: 'set-default' }];
    case 'AT_AddIdentity':
      return [{ ...of, kind: 'add-identity' }];
    case 'AT_AlterColumnType': {
      const column = def && 'ColumnDef' in def ? def.ColumnDef : undefined;
      return [
        {
          ...of,
          kind: 'set-type',
          type: column ? typeText(column.typeName) : null,
          using: column?.raw_default !== undefined,
        },
      ];
    }
    case 'AT_AddConstraint':
      return def && 'Constraint' in def
        ? [constraintAction(table, def.Constraint, context)]
        : [{ kind: 'other' }];
    case 'AT_DropConstraint':
      return [{ ...drop, kind: 'drop-constraint', table, name }];
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name }];
    case 'AT_EnableRowSecurity':
    case 'AT_ForceRowSecurity':
      return [{ kind: 'enable-row-security', table }];
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
      return def && 'PartitionCmd' in def
        ? [partitionAction(table, command, def.PartitionCmd)]
        : [{ kind: 'other' }];
    default:
      return [{ kind: 'other' }];
  }
}

function partitionAction(
  table: TableName,
  command: AlterTableCmd,
  given: Extract<SqlNode, { readonly PartitionCmd: unknown }>['PartitionCmd'],
): Action {
  const partition = tableName(given.name);
  if (command.subtype === 'AT_AttachPartition') return { kind: 'attach-partition', table, partition };
  return { kind: 'detach-partition', table, partition, concurrently: given.concurrent ?? false };
}

function constraintAction(table: TableName, constraint: Constraint, context: SqlContext): Action {
  const read = withConstraint(emptyTable(table), constraint, context);
  const name = constraint.conname ?? null;
  const notValid = constraint.skip_validation ?? false;
  const usingIndex = constraint.indexname !== undefined;
  const key = { name, columns: strings(constraint.keys) };
  const [foreignKey] = read.foreignKeys;
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN':
      return foreignKey
        ? { kind: 'add-foreign-key', table, name, key: foreignKey, notValid }
        : { kind: 'other' };
    case 'CONSTR_CHECK':
      return { kind: 'add-check', table, name, expression: read.checks[0]?.expression ?? null, notValid };
    case 'CONSTR_UNIQUE':
      return { kind: 'add-unique', table, name, key, usingIndex };
    case 'CONSTR_PRIMARY':
      return { kind: 'add-primary-key', table, name, key, usingIndex };
    case 'CONSTR_EXCLUSION':
      return { kind: 'add-exclusion', table, name };
    default:
      return { kind: 'other' };
  }
}
