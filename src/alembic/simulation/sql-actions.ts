/** The actions of one SQL statement, read from PostgreSQL's own parse tree. */
import { emptySchema } from '../../schema/schema.ts';
import type { SqlNode, SqlParser } from '../../sql/parser.ts';
import type { TableName } from '../directives/operation.ts';
import type { Action } from './action.ts';
import { alterTableActions } from './alter-table-actions.ts';
import { applySql } from './apply-sql.ts';
import { emptyTable, indexOf, qualified, type SqlContext, strings, tableName } from './sql-definitions.ts';

/** `text` is the statement alone; `context` reads from it. */
export function actionsOfSql(
  text: string,
  node: SqlNode,
  context: SqlContext,
  parser: SqlParser,
): readonly Action[] {
  if ('AlterTableStmt' in node) return alterTableActions(node.AlterTableStmt, context);
  if ('CreateStmt' in node) {
    const definition = applySql(emptySchema, text, parser).schema.tables[0];
    const table = tableName(node.CreateStmt.relation);
    return [{ kind: 'create-table', table, definition: definition ?? emptyTable(table) }];
  }
  if ('CreateTableAsStmt' in node) {
    const table = tableName(node.CreateTableAsStmt.into?.rel);
    return [{ kind: 'create-table', table, definition: emptyTable(table) }];
  }
  if ('DropStmt' in node) return dropActions(node.DropStmt);
  if ('RenameStmt' in node) return [renameAction(node.RenameStmt)];
  if ('IndexStmt' in node) {
    const { IndexStmt: statement } = node;
    const index = indexOf(statement, { start: 0, end: text.length, node }, context);
    const concurrently = statement.concurrent ?? false;
    const ifNotExists = statement.if_not_exists ?? false;
    return [{ kind: 'create-index', table: tableName(statement.relation), index, concurrently, ifNotExists }];
  }
  return [rowAction(node) ?? typeAction(node) ?? maintenanceAction(node) ?? { kind: 'other' }];
}

type Node<Kind extends string> =
  Extract<SqlNode, { readonly [K in Kind]: unknown }> extends { readonly [K in Kind]: infer Value }
    ? Value
    : never;

function dropActions(statement: Node<'DropStmt'>): readonly Action[] {
  const drop = {
    cascade: statement.behavior === 'DROP_CASCADE',
    ifExists: statement.missing_ok ?? false,
  };
  return (statement.objects ?? []).map((object): Action => {
    const name = objectName(object);
    switch (statement.removeType) {
      case 'OBJECT_TABLE':
        return { ...drop, kind: 'drop-table', table: name };
      case 'OBJECT_INDEX': {
        const concurrently = statement.concurrent ?? false;
        return { ...drop, kind: 'drop-index', name: name.name, table: null, concurrently };
      }
      case 'OBJECT_TYPE':
        return { ...drop, kind: 'drop-type', type: name };
      case 'OBJECT_SCHEMA':
        return { ...drop, kind: 'drop-schema', name: name.name };
      default: {
        const what = (statement.removeType ?? '')
          .replace('OBJECT_', '')
          .toLowerCase()
          .replace('matview', 'view');
        return { ...drop, kind: 'drop-other', what, name: name.name };
      }
    }
  });
}

function objectName(object: SqlNode): TableName {
  if ('List' in object) return qualified(object.List.items);
  if ('TypeName' in object) return qualified(object.TypeName.names);
  if ('String' in object) return { schema: null, name: object.String.sval ?? '' };
  return { schema: null, name: '' };
}

function renameAction(statement: Node<'RenameStmt'>): Action {
  const table = tableName(statement.relation);
  const newName = statement.newname ?? '';
  switch (statement.renameType) {
    case 'OBJECT_TABLE':
      return { kind: 'rename-table', table, newName };
    case 'OBJECT_COLUMN':
      return { kind: 'rename-column', table, column: statement.subname ?? '', newName };
    case 'OBJECT_TYPE': {
      const items = statement.object && 'List' in statement.object ? statement.object.List.items : undefined;
      return { kind: 'rename-type', type: qualified(items), newName };
    }
    default:
      return { kind: 'other' };
  }
}

function rowAction(node: SqlNode): Action | null {
  if ('UpdateStmt' in node) {
    const { relation, whereClause, targetList } = node.UpdateStmt;
    const columns = namesOf(targetList);
    return { kind: 'update', table: tableName(relation), filtered: whereClause !== undefined, columns };
  }
  if ('DeleteStmt' in node) {
    const { relation, whereClause } = node.DeleteStmt;
    return { kind: 'delete', table: tableName(relation), filtered: whereClause !== undefined };
  }
  if ('InsertStmt' in node) {
    const { relation, cols } = node.InsertStmt;
    return { kind: 'insert', table: tableName(relation), columns: namesOf(cols) };
  }
  if ('SelectStmt' in node) return { kind: 'select' };
  if ('TruncateStmt' in node) {
    const { relations, behavior } = node.TruncateStmt;
    const tables = (relations ?? []).flatMap(each => ('RangeVar' in each ? [tableName(each.RangeVar)] : []));
    return { kind: 'truncate', tables, cascade: behavior === 'DROP_CASCADE' };
  }
  return null;
}

function namesOf(targets: readonly SqlNode[] | undefined): readonly string[] {
  return (targets ?? []).flatMap(each => ('ResTarget' in each ? (each.ResTarget.name ?? []) : []));
}

function typeAction(node: SqlNode): Action | null {
  if ('CreateEnumStmt' in node) {
    const { typeName, vals } = node.CreateEnumStmt;
    return { kind: 'create-enum', type: { ...qualified(typeName), values: strings(vals) } };
  }
  if ('AlterEnumStmt' in node) {
    const { typeName, oldVal, newVal } = node.AlterEnumStmt;
    return oldVal === undefined
      ? { kind: 'add-enum-value', type: qualified(typeName), value: newVal ?? '' }
      : { kind: 'other' };
  }
  return null;
}

function maintenanceAction(node: SqlNode): Action | null {
  if ('ReindexStmt' in node) {
    const { relation, name, params } = node.ReindexStmt;
    const concurrently = optionNamed(params, 'concurrently');
    return {
      kind: 'reindex',
      name: relation ? tableName(relation) : { schema: null, name: name ?? '' },
      concurrently,
    };
  }
  if ('RefreshMatViewStmt' in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt;
    return { kind: 'refresh-view', name: tableName(relation), concurrently: concurrent ?? false };
  }
  if ('ClusterStmt' in node)
    return { kind: 'rewrite-table', table: tableName(node.ClusterStmt.relation), how: 'CLUSTER' };
  if ('VacuumStmt' in node) return vacuumAction(node.VacuumStmt);
  if ('CreateTrigStmt' in node) {
    const { relation, trigname } = node.CreateTrigStmt;
    return { kind: 'create-trigger', table: tableName(relation), name: trigname ?? '' };
  }
  if ('CreatePolicyStmt' in node)
    return { kind: 'create-policy', table: tableName(node.CreatePolicyStmt.table) };
  if ('VariableSetStmt' in node) return { kind: 'set-parameter', name: node.VariableSetStmt.name ?? '' };
  if ('TransactionStmt' in node) return { kind: 'end-transaction' };
  if ('DropdbStmt' in node) return { kind: 'drop-database', name: node.DropdbStmt.dbname ?? '' };
  if ('CreatedbStmt' in node) return { kind: 'outside-transaction', what: 'CREATE DATABASE' };
  if ('AlterSystemStmt' in node) return { kind: 'outside-transaction', what: 'ALTER SYSTEM' };
  if ('CreateTableSpaceStmt' in node) return { kind: 'outside-transaction', what: 'CREATE TABLESPACE' };
  return null;
}

function vacuumAction(statement: Node<'VacuumStmt'>): Action {
  // ANALYZE alone is the same statement to the parser; it may run anywhere.
  if (!statement.is_vacuumcmd) return { kind: 'other' };
  const first = statement.rels?.[0];
  const relation = first && 'VacuumRelation' in first ? first.VacuumRelation.relation : undefined;
  return optionNamed(statement.options, 'full')
    ? { kind: 'rewrite-table', table: tableName(relation), how: 'VACUUM FULL' }
    : { kind: 'vacuum' };
}

function optionNamed(options: readonly SqlNode[] | undefined, name: string): boolean {
  return (options ?? []).some(each => 'DefElem' in each && each.DefElem.defname === name);
}
