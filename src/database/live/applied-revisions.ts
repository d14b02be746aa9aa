/** The revisions that a PostgreSQL database stands at, from Alembic's version table. */
import { quoteQualified } from '../../schema/identifier.ts';
import { DatabaseError } from '../database-error.ts';
import type { LiveConnection } from './live-connection.ts';

export interface VersionTable {
  /** `version_table` of the environment; Alembic's default is `alembic_version`. */
  readonly name: string;
  /** `version_table_schema`; null for the search path. */
  readonly schema: string | null;
}

/** Sorted; empty where the table is missing, as before the first upgrade. Throws DatabaseError for all else. */
export async function readAppliedRevisions(
  connection: LiveConnection,
  table: VersionTable,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const from = quoteQualified(table.schema, table.name);
    const rows = await connection.rows(`SELECT version_num FROM ${from} ORDER BY version_num`, signal);
    return rows.map(row => String(row.version_num));
  } catch (error) {
    const undefinedTable = '42P01';
    if (error instanceof DatabaseError && error.sqlstate === undefinedTable) return [];
    throw error;
  }
}
