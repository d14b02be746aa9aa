/** One look at a server: whether a connection works, how fast it answers, and what it is. */
import type { DistributionPart } from '../distribution.ts';
import { productMarks, serverProduct } from '../server-product.ts';
import type { LiveConnection, Row } from './live-connection.ts';
import { readDistribution } from './read-distribution.ts';
import { ServerComplaint } from './server-complaint.ts';

export interface ConnectionReport {
  /** `PostgreSQL`, or another database that speaks its protocol: `CockroachDB`, `YugabyteDB`, … */
  readonly product: string;
  /** `18.4`, without the packager's words. */
  readonly serverVersion: string;
  /** 180004 for 18.4. */
  readonly serverVersionNumber: number;
  readonly database: string;
  readonly user: string;
  /** Of one round trip on the open connection. */
  readonly latencyMs: number;
  /** A standby: it can be read, not migrated. */
  readonly inRecovery: boolean;
  /** Whether other users' sessions show more than their number. */
  readonly seesAllSessions: boolean;
  /** The same for a primary and its standbys; null where the server does not tell. */
  readonly systemIdentifier: string | null;
  /** Other servers that the database spreads its rows over; empty where there are none, or the server does not tell. */
  readonly distribution: readonly DistributionPart[];
}

/** Opens the connection if it is not open. Throws DatabaseError. */
export async function testConnection(
  connection: LiveConnection,
  signal?: AbortSignal,
): Promise<ConnectionReport> {
  const optionalRows = (sql: string) => presentRows(connection, sql, signal);
  const optional = async (sql: string) => (await optionalRows(sql))[0] ?? {};
  await connection.catalogRows(query, signal);
  const start = performance.now();
  const [row = {}] = await connection.catalogRows(query, signal);
  const latencyMs = performance.now() - start;
  const recovery = await optional('SELECT pg_is_in_recovery() AS recovery');
  const rights = await optional("SELECT pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all");
  const system = await optional('SELECT system_identifier::text AS id FROM pg_control_system()');
  const marks = await optional(
    `SELECT (SELECT json_agg(extname) FROM pg_extension WHERE extname = '${productMarks.extension}') AS extensions,
      (SELECT json_agg(DISTINCT proname) FROM pg_proc WHERE proname = '${productMarks.function}') AS functions`,
  );
  const extensions = namesOf(marks.extensions);
  const version = String(row.version).split(' ')[0] ?? '';
  return {
    latencyMs,
    product: serverProduct(String(row.about), [...extensions, ...namesOf(marks.functions)]),
    serverVersion: version,
    serverVersionNumber: Number(row.number),
    database: String(row.database),
    user: String(row.user),
    inRecovery: recovery.recovery === true,
    seesAllSessions: rights.sees_all === true,
    systemIdentifier: typeof system.id === 'string' ? system.id : null,
    distribution: await readDistribution(optionalRows, extensions),
  };
}

const query = `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
  current_database() AS database, current_user AS user, version() AS about`;

/** None where the server does not tell. */
function namesOf(names: unknown): readonly string[] {
  return Array.isArray(names) ? names.map(String) : [];
}

/** None where the server lacks what is asked for. */
async function presentRows(
  connection: LiveConnection,
  sql: string,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  try {
    return await connection.catalogRows(sql, signal);
  } catch (error) {
    if (error instanceof ServerComplaint && error.isAboutMissing) return [];
    throw error;
  }
}
