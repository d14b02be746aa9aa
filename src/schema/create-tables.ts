/** Creations of tables in an order in which their foreign keys find their targets; what closes a circle comes last. */
import type { ForeignKey, Table } from './schema.ts';
import { isSameName, type SchemaChange, type TableName } from './schema-change.ts';

export function createTables(tables: readonly Table[]): readonly SchemaChange[] {
  const made: Table[] = [];
  const late: SchemaChange[] = [];
  const waiting = [...tables];
  while (waiting.length > 0) {
    const table =
      waiting.find(each => openKeys(each, waiting).length === 0) ??
      waiting.find(each => isOnCircle(each, waiting));
    if (!table) break;
    waiting.splice(waiting.indexOf(table), 1);
    const open = openKeys(table, waiting);
    made.push({ ...table, foreignKeys: table.foreignKeys.filter(key => !open.includes(key)) });
    for (const key of open) {
      late.push({
        kind: 'create-constraint',
        table: { schema: table.schema, name: table.name },
        constraint: { kind: 'foreign-key', key },
      });
    }
  }
  return [...made.map(table => ({ kind: 'create-table' as const, table })), ...late];
}

/** Foreign keys to tables that are still to be made, the table itself apart. */
function openKeys(table: Table, waiting: readonly Table[]): readonly ForeignKey[] {
  return table.foreignKeys.filter(key => {
    const target: TableName = { schema: key.targetSchema, name: key.targetTable };
    return !isSameName(target, table) && waiting.some(each => each !== table && isSameName(each, target));
  });
}

/** Among tables that all wait, only one of a circle helps the others when it is made without its key. */
function isOnCircle(table: Table, waiting: readonly Table[]): boolean {
  const seen = new Set<Table>();
  const todo = targetsOf(table, waiting);
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next === table) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    todo.push(...targetsOf(next, waiting));
  }
  return false;
}

function targetsOf(table: Table, waiting: readonly Table[]): Table[] {
  return openKeys(table, waiting).flatMap(
    key => waiting.find(each => isSameName(each, { schema: key.targetSchema, name: key.targetTable })) ?? [],
  );
}
