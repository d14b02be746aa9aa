/** The changes of a migration: what was renamed first, then what else differs. */
import { renameColumn, renameTable } from '../../alembic/simulation/schema-change.ts';
import { compareSchemas } from '../../schema/compare-schemas.ts';
import type { Rename } from '../../schema/find-renames.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { SchemaChange } from '../../schema/schema-change.ts';
import type { SchemaKeys } from '../../schema/schema-keys.ts';

/** `renames` are those that a person has confirmed; those of tables count before those of columns. */
export function planChanges(
  before: DatabaseSchema,
  after: DatabaseSchema,
  renames: readonly Rename[],
  keys: SchemaKeys,
): readonly SchemaChange[] {
  const tables = renames.filter(rename => rename.kind === 'table');
  const columns = renames.filter(rename => rename.kind === 'column');
  const renamed = [...tables, ...columns].reduce(applyRename, before);
  return [...[...tables, ...columns].map(toChange), ...compareSchemas(renamed, after, keys)];
}

function applyRename(schema: DatabaseSchema, rename: Rename): DatabaseSchema {
  return rename.kind === 'table'
    ? renameTable(schema, rename.table, rename.newName)
    : renameColumn(schema, rename.table, rename.column, rename.newName);
}

function toChange(rename: Rename): SchemaChange {
  return rename.kind === 'table'
    ? { kind: 'rename-table', table: rename.table, newName: rename.newName }
    : { kind: 'rename-column', table: rename.table, column: rename.column, newName: rename.newName };
}
