/** One look at a server: whether a connection works, how fast it answers, and what it is. */
import type { LiveConnection } from './live-connection.ts';

export interface ConnectionReport {
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
}

/** Opens the connection if it is not open. Throws DatabaseError. */
export async function testConnection(
  connection: LiveConnection,
  signal?: AbortSignal,
): Promise<ConnectionReport> {
  const read = () => connection.rows(query, signal);
  await read();
  const start = performance.now();
  const [row = {}] = await read();
  return {
    latencyMs: performance.now() - start,
    serverVersion: String(row.version).split(' ')[0] ?? '',
    serverVersionNumber: Number(row.number),
    database: String(row.database),
    user: String(row.user),
    inRecovery: row.recovery === true,
    seesAllSessions: row.sees_all === true,
  };
}

const query = `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
  current_database() AS database, current_user AS user, pg_is_in_recovery() AS recovery,
  pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all`;
