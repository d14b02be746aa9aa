/** Reads `pg_stat_activity` and the limits around it in one round trip. */
import type {
  Activity,
  ActivityPart,
  Capacity,
  DatabaseStatistics,
  ServerFacts,
  Standby,
} from '../activity.ts';
import { capacityLimits } from '../capacity-limits.ts';
import { type AskedPart, activityStatements } from './activity-query.ts';
import type { LiveConnection } from './live-connection.ts';
import { type ListedSessions, SessionTexts } from './session-texts.ts';

export interface ActivityOptions {
  /** Process ids of sessions that are ours. */
  readonly ownPids?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Parts that the server lacks. */
  readonly without?: readonly AskedPart[] | undefined;
  /** What was read the last time. */
  readonly texts?: SessionTexts | undefined;
}

/**
 * Our sessions are left out of the list and counted in `capacity`: `ownPids`, the one that reads, and any that bears our
 * application name (another window's, or one behind a pooler). See ActivityReader, which finds out what to be `without`.
 * Throws DatabaseError.
 */
export async function readActivity(
  connection: LiveConnection,
  { ownPids = [], signal, without = [], texts = new SessionTexts() }: ActivityOptions = {},
): Promise<Activity> {
  const [server, sessions] = activityStatements(without);
  const asked = [server, { statement: sessions, argument: texts.digests }];
  const [[facts = '{}'] = [], [portions = ''] = []] = await connection.texts(asked, signal);
  const row: Facts = JSON.parse(facts);
  const listed = texts.read(portions, ownPids);
  return {
    at: String(row.at),
    database: String(row.database),
    serverVersion: String(row.version).split(' ')[0] ?? '',
    sessions: listed.others,
    capacity: readCapacity(row, listed),
    server: readServer(row),
    unavailable: unavailableParts(without, row, listed),
  };
}

/**
 * Other products have views that are there and stay empty: one that does not list even the session that reads it tells
 * of no session at all, and each database has counters, if only of 0.
 */
function unavailableParts(
  without: readonly AskedPart[],
  row: Facts,
  { others, ours }: ListedSessions,
): readonly ActivityPart[] {
  return [
    ...(others.length + ours === 0 ? (['sessions'] as const) : []),
    ...without.filter(part => part !== 'digests'),
    ...(row.max_connections === null ? (['capacity'] as const) : []),
    ...(row.statistics === null ? (['statistics'] as const) : []),
  ];
}

/** Columns by name, of the query's first row. */
type Facts = Readonly<Record<string, unknown>>;

function readCapacity(row: Facts, { others, ours }: ListedSessions): Capacity {
  const limits = {
    roles: (row.role_limits ?? {}) as Record<string, number>,
    databases: (row.database_limits ?? {}) as Record<string, number>,
  };
  return {
    maxConnections: isTold(row.max_connections) ? Number(row.max_connections) : null,
    superuserReserved: Number(row.superuser_reserved ?? 0),
    reserved: Number(row.reserved ?? 0),
    used: others.length + ours,
    ours,
    limits: capacityLimits(others, limits),
  };
}

function readServer(row: Facts): ServerFacts {
  return {
    startedAt: textOf(row.started_at),
    inRecovery: row.in_recovery === true,
    replayLag: ageOf(row.replay_lag),
    statistics: (row.statistics ?? null) as DatabaseStatistics | null,
    standbys: ((row.standbys ?? []) as readonly Facts[]).map(readStandby),
  };
}

function readStandby(row: Facts): Standby {
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
  return isTold(value) ? String(value) : null;
}

/** Clocks of one machine may still step back. */
function ageOf(value: unknown): number | null {
  return isTold(value) ? Math.max(0, Number(value)) : null;
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined;
}
