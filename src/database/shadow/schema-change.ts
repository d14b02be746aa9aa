/** Which tables are others in one list of DDL statements than in another. Pure; executes nothing. */
import type { DdlStatement, TableName } from '../../schema/ddl.ts';
import { tableKey } from '../../schema/schema-change.ts';

export type SchemaChange =
  | { readonly kind: 'rebuild' }
  /** `tables`: those that are made, gone or others than before. */
  | { readonly kind: 'tables'; readonly tables: readonly TableName[] };

/**
 * Tables are replaced one by one. A change of what tables share (a type, a sequence) would cascade through columns, so it
 * asks for a rebuild, as does a change of most tables.
 */
export function planSchemaChange(
  before: readonly DdlStatement[],
  after: readonly DdlStatement[],
): SchemaChange {
  if (sharedText(before) !== sharedText(after)) return { kind: 'rebuild' };
  const old = textByTable(before);
  const now = textByTable(after);
  const tables = [...new Map([...old, ...now])].flatMap(([key, { table }]) =>
    old.get(key)?.text === now.get(key)?.text ? [] : table,
  );
  return tables.length > 16 && tables.length * 2 > now.size
    ? { kind: 'rebuild' }
    : { kind: 'tables', tables };
}

function sharedText(statements: readonly DdlStatement[]): string {
  return statements
    .filter(statement => statement.table === null)
    .map(statement => statement.sql)
    .join(';\n');
}

function textByTable(statements: readonly DdlStatement[]): Map<string, { table: TableName; text: string }> {
  const tables = new Map<string, { table: TableName; text: string }>();
  for (const { table, sql, refersTo } of statements) {
    // Foreign keys are not built.
    if (table === null || refersTo !== null) continue;
    const key = tableKey(table);
    tables.set(key, { table, text: `${tables.get(key)?.text ?? ''}${sql};\n` });
  }
  return tables;
}
