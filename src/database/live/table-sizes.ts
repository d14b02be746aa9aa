/** How large a database's tables are, by the server's own estimates: nothing is counted. */
import type { LiveConnection } from './live-connection.ts';

export interface SizedTable {
  /** Null where the search path finds the table. */
  readonly schema: string | null;
  readonly name: string;
  /** `pg_class.reltuples` of it and its partitions, to two digits; null where neither was ever analyzed. */
  readonly rows: number | null;
  /** `pg_total_relation_size` of it and its partitions: with indexes and TOAST, to two digits. */
  readonly bytes: number;
}

export interface TableSizes {
  /** For people: `shop at localhost`. */
  readonly database: string;
  readonly tables: readonly SizedTable[];
}

/** A partition stands for itself, and for the table that it is of. */
const query = `SELECT nullif(n.nspname, CASE WHEN pg_table_is_visible(c.oid) THEN n.nspname END) AS schema,
    c.relname AS name, sum(part.reltuples) FILTER (WHERE part.reltuples >= 0) AS rows,
    coalesce(sum(pg_total_relation_size(part.oid)), 0) AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT c.oid WHERE c.relkind = 'r' UNION SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf) leaf
  JOIN pg_class part ON part.oid = leaf.oid
  WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  GROUP BY n.nspname, c.oid, c.relname ORDER BY 1 NULLS FIRST, 2`;

/** Throws DatabaseError, also where a table is locked so that its size cannot be asked for a moment. */
export async function readTableSizes(
  connection: LiveConnection,
  signal?: AbortSignal,
): Promise<readonly SizedTable[]> {
  const rows = await connection.rows(query, signal);
  return rows.map(row => ({
    schema: row.schema === null ? null : String(row.schema),
    name: String(row.name),
    rows: row.rows === null ? null : roughly(Number(row.rows)),
    bytes: roughly(Number(row.bytes)),
  }));
}

/** An estimate does not know more than two digits, and a size that grows a little is the same. */
function roughly(value: number): number {
  return Number(value.toPrecision(2));
}
