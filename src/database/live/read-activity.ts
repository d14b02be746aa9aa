/** Reads `pg_stat_activity` and the limits around it in one round trip. */
import type {
  Activity,
  ActivityPart,
  Capacity,
  DatabaseStatistics,
  ServerFacts,
  Session,
  SessionState,
  Standby,
} from '../activity.ts';
import { capacityLimits } from '../capacity-limits.ts';
import { activityStatements } from './activity-query.ts';
import { ownApplicationName } from './client-settings.ts';
import type { LiveConnection, Row } from './live-connection.ts';

/**
 * Our sessions are left out of the list and counted in `capacity`: `ownPids`, the one that reads, and any that bears our
 * application name (another window's, or one behind a pooler). Parts that the server lacks are left `without`; see
 * ActivityReader, which finds them out. Throws DatabaseError.
 */
export async function readActivity(
  connection: LiveConnection,
  ownPids: readonly number[] = [],
  signal?: AbortSignal,
  without: readonly ActivityPart[] = [],
): Promise<Activity> {
  const [[row = {}] = [], all = []] = await connection.results(activityStatements(without), signal);
  const ours = new Set([...ownPids, Number(row.own_pid)]);
  const isOurs = (session: Row) =>
    ours.has(Number(session.pid)) || session.application_name === ownApplicationName;
  const sessions = all.filter(session => !isOurs(session)).map(readSession);
  return {
    at: String(row.at),
    database: String(row.database),
    serverVersion: String(row.version).split(' ')[0] ?? '',
    sessions,
    capacity: readCapacity(row, all.length, sessions),
    server: readServer(row),
    unavailable: without,
  };
}

function readSession(row: Row): Session {
  const state = readState(row.state);
  return {
    pid: Number(row.pid),
    startedAt: textOf(row.started_at) ?? '',
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

function readCapacity(row: Row, used: number, sessions: readonly Session[]): Capacity {
  const limits = {
    roles: (row.role_limits ?? {}) as Record<string, number>,
    databases: (row.database_limits ?? {}) as Record<string, number>,
  };
  return {
    maxConnections: Number(row.max_connections),
    superuserReserved: Number(row.superuser_reserved),
    reserved: Number(row.reserved),
    used,
    ours: used - sessions.length,
    limits: capacityLimits(sessions, limits),
  };
}

function readServer(row: Row): ServerFacts {
  return {
    startedAt: textOf(row.started_at),
    inRecovery: row.in_recovery === true,
    replayLag: ageOf(row.replay_lag),
    statistics: (row.statistics ?? null) as DatabaseStatistics | null,
    standbys: ((row.standbys ?? []) as readonly Row[]).map(readStandby),
  };
}

function readStandby(row: Row): Standby {
  return {
    applicationName: textOf(row.name) ?? '',
    address: textOf(row.address),
    state: textOf(row.state) ?? '',
    syncState: textOf(row.sync) ?? '',
    replayLag: ageOf(row.lag),
    lagBytes: ageOf(row.bytes),
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Clocks of one machine may still step back. */
function ageOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Math.max(0, Number(value));
}
