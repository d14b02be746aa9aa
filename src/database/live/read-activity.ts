/** Reads `pg_stat_activity` and the limits around it in one round trip. */
import type { Activity, Capacity, Session, SessionState } from '../activity.ts';
import { ownApplicationName } from './client-settings.ts';
import type { LiveConnection, Row } from './live-connection.ts';

/**
 * Our sessions are left out of the list and counted in `capacity`: `ownPids`, the one that reads, and any that bears our
 * application name (another window's, or one behind a pooler).
 * Throws DatabaseError.
 */
export async function readActivity(
  connection: LiveConnection,
  ownPids: readonly number[] = [],
  signal?: AbortSignal,
): Promise<Activity> {
  const [row = {}] = await connection.rows(query, signal);
  const all = (row.sessions ?? []) as readonly Row[];
  const ours = new Set([...ownPids, Number(row.own_pid)]);
  const isOurs = (session: Row) =>
    ours.has(Number(session.pid)) || session.application_name === ownApplicationName;
  const sessions = all.filter(session => !isOurs(session)).map(readSession);
  return {
    at: String(row.at),
    database: String(row.database),
    serverVersion: String(row.version).split(' ')[0] ?? '',
    sessions,
    capacity: readCapacity(row, all.length, all.length - sessions.length),
  };
}

/**
 * Client backends are told by `backend_type`, which the server hides of others' sessions; there a user and a database
 * tell. Blockers are asked for only where a session waits for a lock, since the question is dear.
 */
const query = `
WITH session AS (
  SELECT pid, application_name, usename, datname, host(client_addr) AS client, state, wait_event_type, wait_event,
    CASE WHEN wait_event_type = 'Lock' THEN to_json(pg_blocking_pids(pid)) ELSE '[]' END AS blocked_by,
    extract(epoch FROM clock_timestamp() - xact_start) AS transaction_age,
    extract(epoch FROM clock_timestamp() - state_change) AS state_age,
    extract(epoch FROM clock_timestamp() - backend_start) AS session_age,
    left(query, 300) AS query
  FROM pg_stat_activity
  WHERE backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL)
  ORDER BY backend_start, pid
)
SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  pg_backend_pid() AS own_pid, current_database() AS database, current_setting('server_version') AS version,
  current_setting('max_connections')::int AS max_connections,
  current_setting('superuser_reserved_connections')::int AS superuser_reserved,
  coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
  (SELECT json_object_agg(datname, datconnlimit) FROM pg_database WHERE datconnlimit >= 0) AS database_limits,
  (SELECT json_object_agg(rolname, rolconnlimit) FROM pg_roles WHERE rolconnlimit >= 0) AS role_limits,
  (SELECT json_agg(session) FROM session) AS sessions`;

function readSession(row: Row): Session {
  const state = readState(row.state);
  return {
    pid: Number(row.pid),
    applicationName: textOf(row.application_name) ?? '',
    user: textOf(row.usename) ?? '',
    database: textOf(row.datname) ?? '',
    clientAddress: textOf(row.client),
    state,
    waitEventType: textOf(row.wait_event_type),
    waitEvent: textOf(row.wait_event),
    blockedBy: ((row.blocked_by ?? []) as readonly unknown[]).map(Number),
    transactionAge: ageOf(row.transaction_age),
    stateAge: ageOf(row.state_age),
    sessionAge: ageOf(row.session_age),
    query: state === 'hidden' ? '' : (textOf(row.query) ?? ''),
  };
}

function readState(value: unknown): SessionState {
  switch (value) {
    case 'active':
    case 'idle':
    case 'idle in transaction':
    case 'idle in transaction (aborted)':
      return value;
    case null:
    case undefined:
      return 'hidden';
    default:
      return 'other';
  }
}

function readCapacity(row: Row, used: number, ours: number): Capacity {
  return {
    maxConnections: Number(row.max_connections),
    superuserReserved: Number(row.superuser_reserved),
    reserved: Number(row.reserved),
    used,
    ours,
    databaseLimits: (row.database_limits ?? {}) as Record<string, number>,
    roleLimits: (row.role_limits ?? {}) as Record<string, number>,
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Clocks of one machine may still step back. */
function ageOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Math.max(0, Number(value));
}
