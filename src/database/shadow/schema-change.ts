/** What must be dropped and run to get from one list of DDL statements to another. Pure; executes nothing. */
import type { DdlStatement, TableName } from '../../schema/ddl.ts';
import { tableKey } from '../../schema/schema-change.ts';

export type SchemaChange =
  | { readonly kind: 'rebuild' }
  | {
      readonly kind: 'tables';
      readonly drop: readonly TableName[];
      /** Indexes into the new list, in its order. */
      readonly run: readonly number[];
    };

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
  const changed = new Set(
    [...old.keys(), ...now.keys()].filter(key => old.get(key)?.text !== now.get(key)?.text),
  );
  if (changed.size > 16 && changed.size * 2 > now.size) return { kind: 'rebuild' };
  const drop = [...changed].flatMap(key => old.get(key)?.table ?? []);
  const run = [...after.keys()].filter(index => {
    const statement = after[index];
    if (!statement?.table) return false;
    return (
      changed.has(tableKey(statement.table)) ||
      (statement.refersTo !== null && changed.has(tableKey(statement.refersTo)))
    );
  });
  return { kind: 'tables', drop, run };
}

function sharedText(statements: readonly DdlStatement[]): string {
  return statements
    .filter(statement => statement.table === null)
    .map(statement => statement.sql)
    .join(';\n');
}

function textByTable(statements: readonly DdlStatement[]): Map<string, { table: TableName; text: string }> {
  const tables = new Map<string, { table: TableName; text: string }>();
  for (const { table, sql } of statements) {
    if (table === null) continue;
    const key = tableKey(table);
    tables.set(key, { table, text: `${tables.get(key)?.text ?? ''}${sql};\n` });
  }
  return tables;
}
