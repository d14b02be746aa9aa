/** Sizes of tables, as a connected database tells them, for the rules that judge by them. */
import type { TableName } from '../../alembic/directives/operation.ts';
import type { TableSizes } from '../../database/live/table-sizes.ts';
import type { TableSize } from '../../rules/shared/revisions/revision-subject.ts';
import { tableKey } from '../../schema/schema-change.ts';

/** By `environmentId`. */
export type SizesByEnvironment = ReadonlyMap<string, TableSizes>;

export type SizeLookup = (table: TableName) => TableSize | null;

/** A table that the database does not have is of unknown size. */
export function sizeLookup(sizes: TableSizes | undefined): SizeLookup {
  if (!sizes) return () => null;
  const { database, tables } = sizes;
  const byKey = new Map(
    tables.map(table => [tableKey(table), { rows: table.rows, bytes: table.bytes, database }]),
  );
  return table => byKey.get(tableKey(table)) ?? null;
}
