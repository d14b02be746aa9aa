/** What an upgrade deletes that a downgrade cannot bring back, for the question before it runs. Quick: SQL is not parsed. */
import type { Operation, TableName } from '../directives/operation.ts';

/** `orders.note`, `table carts`, `all rows of carts`; each once, in the order in which they go. */
export function dataLosses(operations: readonly Operation[]): readonly string[] {
  return [...new Set(operations.flatMap(lossOf))];
}

function lossOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'drop-table':
      return [`table ${nameOf(operation.table)}`];
    case 'drop-column':
      return [`${nameOf(operation.table)}.${operation.column}`];
    case 'execute-sql':
      return statementsOf(operation.sql).flatMap(lossOfSql);
    default:
      return [];
  }
}

function statementsOf(sql: string): readonly string[] {
  return sql.replace(/--[^\n]*/g, ' ').split(';');
}

const name = String.raw`(?:ONLY\s+)?([\w."]+)`;
const table = new RegExp(String.raw`^\s*DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?${name}`, 'i');
const column = new RegExp(
  String.raw`^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?${name}[\s\S]*?\bDROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?${name}`,
  'i',
);
const rows = new RegExp(
  String.raw`^\s*(?:TRUNCATE(?:\s+TABLE)?|DELETE\s+FROM)\s+${name}(?![\s\S]*\bWHERE\b)`,
  'i',
);

function lossOfSql(statement: string): readonly string[] {
  const [, dropped] = table.exec(statement) ?? [];
  if (dropped !== undefined) return [`table ${dropped}`];
  const [, owner, part] = column.exec(statement) ?? [];
  if (owner !== undefined && part !== undefined) return [`${owner}.${part}`];
  const [, emptied] = rows.exec(statement) ?? [];
  return emptied === undefined ? [] : [`all rows of ${emptied}`];
}

function nameOf({ schema, name: own }: TableName): string {
  return schema === null ? own : `${schema}.${own}`;
}
