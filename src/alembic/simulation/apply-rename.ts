/** `ALTER … RENAME` of tables, columns, indexes, constraints, types and sequences. */

import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { SqlNode } from '../../sql/parser.ts';
import * as change from './schema-change.ts';
import { qualified, tableName } from './sql-definitions.ts';

type RenameStmt = Extract<SqlNode, { readonly RenameStmt: unknown }>['RenameStmt'];

export function renameObject(
  schema: DatabaseSchema,
  statement: RenameStmt,
): { readonly schema: DatabaseSchema; readonly opaque: string | null } {
  const owner = tableName(statement.relation);
  const from = statement.subname ?? '';
  const to = statement.newname ?? '';
  switch (statement.renameType) {
    case 'OBJECT_TABLE':
      return { schema: change.renameTable(schema, owner, to), opaque: null };
    case 'OBJECT_COLUMN':
      return { schema: change.renameColumn(schema, owner, from, to), opaque: null };
    case 'OBJECT_INDEX':
      return {
        schema: { ...schema, tables: schema.tables.map(table => renameIndex(table, owner.name, to)) },
        opaque: null,
      };
    case 'OBJECT_TABCONSTRAINT':
      return {
        schema: change.changeTable(schema, owner, table => renameConstraint(table, from, to)),
        opaque: null,
      };
    case 'OBJECT_SEQUENCE': {
      const sequences = schema.sequences.map(each =>
        isSameName(each, owner) ? { ...each, name: to } : each,
      );
      return { schema: { ...schema, sequences }, opaque: null };
    }
    case 'OBJECT_TYPE': {
      const items = statement.object && 'List' in statement.object ? statement.object.List.items : undefined;
      return { schema: renameType(schema, qualified(items).name, to), opaque: null };
    }
    default:
      return { schema, opaque: null };
  }
}

function renameIndex(table: Table, from: string, to: string): Table {
  return {
    ...table,
    indexes: table.indexes.map(index => (index.name === from ? { ...index, name: to } : index)),
  };
}

function renameConstraint(table: Table, from: string, to: string): Table {
  const rename = <Named extends { readonly name: string | null }>(named: Named): Named =>
    named.name === from ? { ...named, name: to } : named;
  return {
    ...table,
    primaryKey: table.primaryKey && rename(table.primaryKey),
    uniques: table.uniques.map(rename),
    foreignKeys: table.foreignKeys.map(rename),
    checks: table.checks.map(rename),
  };
}

/** Columns of the type follow. */
function renameType(schema: DatabaseSchema, from: string, to: string): DatabaseSchema {
  return {
    ...schema,
    enums: schema.enums.map(type => (type.name === from ? { ...type, name: to } : type)),
    tables: schema.tables.map(table => ({
      ...table,
      columns: table.columns.map(column =>
        column.type.replace(/(\[\])+$/, '') === from
          ? { ...column, type: column.type.replace(from, to) }
          : column,
      ),
    })),
  };
}
