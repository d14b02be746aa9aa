/**
 * Connection pools as a server shows them: its sessions grouped by application, beside what the code declares. Pure.
 * A server sees sessions, not pools: what is inferred from them is labelled, and checkouts that wait inside a program
 * are known only where the program tells.
 */
import type { TextRange } from '../base/range.ts';
import { type Activity, type ActivityPart, ageAt, type Capacity, type CapacityLimit } from './activity.ts';
import { narrowest } from './capacity-limits.ts';
import { type PoolWarning, poolWarnings, type ServerWarning, serverWarnings } from './pool-warnings.ts';
import { emptyGroup, type SessionGroup, sessionGroups } from './session-groups.ts';
import type { PoolTelemetry } from './telemetry/pool-telemetry.ts';
import { type ToldPool, toldApplications, toldPool } from './told-pools.ts';

/** An engine as read from code. */
export interface PoolDeclaration {
  readonly name: string;
  /** Null where unknown, or where the pool has no size (NullPool). */
  readonly size: number | null;
  /** -1 for no limit. */
  readonly maxOverflow: number | null;
  readonly applicationName: string | null;
  /** From the URL where known. */
  readonly database: string | null;
  readonly user: string | null;
  /** How many processes open such a pool (workers), where known. */
  readonly processes: number | null;
  readonly location: { readonly path: string; readonly range: TextRange } | null;
}

export interface PoolReport {
  readonly at: string;
  readonly database: string;
  readonly serverVersion: string;
  readonly server: ServerLoad;
  /** By application name, then database. */
  readonly pools: readonly PoolObservation[];
  /** What this server does not tell: names of the parts that were left out. */
  readonly unavailable: readonly ActivityPart[];
}

export interface ServerLoad {
  /** Null where the server does not tell. */
  readonly maxConnections: number | null;
  /** For ordinary users: what is reserved is taken off. */
  readonly available: number | null;
  readonly used: number;
  readonly ours: number;
  readonly free: number | null;
  /** Of roles and of the database. */
  readonly limits: readonly CapacityLimit[];
  readonly warnings: readonly ServerWarning[];
}

export interface PoolObservation {
  /** `application_name`; empty for programs that give none. */
  readonly application: string;
  readonly database: string;
  readonly users: readonly string[];
  readonly pids: readonly number[];
  readonly sessions: number;
  /** `active + idleInTransaction + other`: what the program has checked out, as far as the server can tell. */
  readonly inUse: number;
  readonly active: number;
  /** Aborted transactions included. */
  readonly idleInTransaction: number;
  readonly idle: number;
  /** Fast-path calls, and sessions whose activity is not tracked. */
  readonly other: number;
  /** Sessions whose state the connected user may not see; in neither `inUse` nor `idle`. */
  readonly hidden: number;
  /** Sessions that wait for a lock; part of `active`. */
  readonly waitingForLock: number;
  /** Seconds since the oldest open transaction began. */
  readonly oldestTransaction: number | null;
  /** Seconds of the session that is idle in transaction for longest. */
  readonly longestIdleInTransaction: number | null;
  readonly limit: PoolLimit | null;
  /** `sessions` of the server's available connections, from 0 to 1; null where those are not known. */
  readonly shareOfServer: number | null;
  readonly engine: MatchedEngine | null;
  /** What the processes tell of their pools; null where none does, and the figures are inferred from sessions. */
  readonly told: ToldPool | null;
  readonly warnings: readonly PoolWarning[];
}

export interface PoolLimit {
  /** `pool_size + max_overflow`. */
  readonly perProcess: number;
  readonly processes: number;
  /** `told` by the processes, `declared` by how they are started, or `inferred`: the fewest that can hold the sessions. */
  readonly processesFrom: 'told' | 'declared' | 'inferred';
  readonly total: number;
}

export interface MatchedEngine {
  readonly name: string;
  readonly location: PoolDeclaration['location'];
  /** `application-name`: both say the same. `inferred`: neither gives a name, and database and user allow only this one. */
  readonly match: 'application-name' | 'inferred';
}

/**
 * Groups sessions by application name and database, and finds each group's engine: the one with that
 * `application_name`; for nameless sessions the one nameless engine whose database and user do not contradict. Two that
 * fit equally are no match. Engines without sessions are listed with zeros.
 */
export function observePools(
  activity: Activity,
  declarations: readonly PoolDeclaration[],
  telemetry: readonly PoolTelemetry[] = [],
): PoolReport {
  const load = serverLoad(activity.capacity);
  const moment = { at: activity.at, load, telemetry };
  const open = sessionGroups(activity.sessions);
  const groups = [...open, ...quietGroups(open, activity.database, telemetry)];
  const matches = groups.map(group => matchEngine(group, declarations));
  const seen = new Set(matches.map(match => match?.declaration));
  const silent = declarations.filter(declaration => {
    return !seen.has(declaration) && (declaration.database ?? activity.database) === activity.database;
  });
  const pools = [
    ...groups.map((group, index) => observe(group, matches[index] ?? null, moment)),
    ...silent.map(declaration => observeSilent(declaration, activity.database, { ...moment, telemetry: [] })),
  ];
  const limits = pools.map(({ limit }) => limit?.total ?? 0);
  // One that alone is too large has its own word for it.
  const possible =
    Math.max(0, ...limits) > (load.available ?? Infinity) ? 0 : limits.reduce((sum, one) => sum + one, 0);
  return {
    at: activity.at,
    database: activity.database,
    serverVersion: activity.serverVersion,
    server: { ...load, warnings: serverWarnings({ ...load, possible }) },
    pools: pools.sort((a, b) => compare(a.application, b.application) || compare(a.database, b.database)),
    unavailable: activity.unavailable,
  };
}

interface Match {
  readonly declaration: PoolDeclaration;
  readonly kind: MatchedEngine['match'];
}

type Load = Omit<ServerLoad, 'warnings'>;

interface Moment extends Pick<Activity, 'at'> {
  readonly load: Load;
  readonly telemetry: readonly PoolTelemetry[];
}

function serverLoad(capacity: Capacity): Load {
  const { maxConnections, superuserReserved, reserved, used, ours, limits } = capacity;
  const load = { maxConnections, used, ours, limits };
  if (maxConnections === null) return { ...load, available: null, free: null };
  const available = Math.max(0, maxConnections - superuserReserved - reserved);
  return { ...load, available, free: Math.max(0, available - used) };
}

/** Programs that tell of a pool while none of its connections is open. */
function quietGroups(
  open: readonly SessionGroup[],
  database: string,
  telemetry: readonly PoolTelemetry[],
): readonly SessionGroup[] {
  return toldApplications(database, telemetry)
    .filter(told => !open.some(group => group.database === database && group.application === told))
    .map(application => emptyGroup(application, database));
}

function matchEngine(group: SessionGroup, declarations: readonly PoolDeclaration[]): Match | null {
  const fitting = declarations.filter(
    ({ applicationName, database, user }) =>
      (applicationName ?? '') === group.application &&
      (database === null || database === group.database) &&
      (user === null || group.users.length === 0 || group.users.includes(user)),
  );
  const [declaration] = fitting;
  if (!declaration || fitting.length > 1) return null;
  return { declaration, kind: group.application === '' ? 'inferred' : 'application-name' };
}

function observe(group: SessionGroup, match: Match | null, { at, load, telemetry }: Moment): PoolObservation {
  const { users, inState, pids, waitingForLock, firstTransaction, firstIdleInTransaction } = group;
  const told = toldPool(group, telemetry);
  const idleInTransaction = inState['idle in transaction'] + inState['idle in transaction (aborted)'];
  const counts = {
    sessions: pids.length,
    inUse: inState.active + idleInTransaction + inState.other,
    active: inState.active,
    idleInTransaction,
    idle: inState.idle,
    other: inState.other,
    hidden: inState.hidden,
    waitingForLock,
    oldestTransaction: firstTransaction === null ? null : ageAt({ at }, firstTransaction),
    longestIdleInTransaction: firstIdleInTransaction === null ? null : ageAt({ at }, firstIdleInTransaction),
    limit: limitTold(told) ?? (match && readLimit(match.declaration, pids.length)),
  };
  return {
    application: group.application,
    database: group.database,
    users,
    pids,
    ...counts,
    shareOfServer: load.available === null ? null : pids.length / Math.max(1, load.available),
    engine: match && {
      name: match.declaration.name,
      location: match.declaration.location,
      match: match.kind,
    },
    told,
    warnings: poolWarnings({
      ...counts,
      told,
      aborted: inState['idle in transaction (aborted)'],
      room: narrowest(load.available, load.limits, { database: group.database, users }),
      unlimited: match?.declaration.maxOverflow === -1,
    }),
  };
}

function observeSilent(declaration: PoolDeclaration, database: string, moment: Moment): PoolObservation {
  const group = emptyGroup(declaration.applicationName ?? '', database);
  return observe(
    group,
    { declaration, kind: declaration.applicationName ? 'application-name' : 'inferred' },
    moment,
  );
}

function limitTold(told: ToldPool | null): PoolLimit | null {
  if (told === null || told.limit === null) return null;
  const { limit, processes } = told;
  return { perProcess: Math.round(limit / processes), processes, processesFrom: 'told', total: limit };
}

/** Null where the size is unknown or there is no upper limit. */
function readLimit({ size, maxOverflow, processes }: PoolDeclaration, sessions: number): PoolLimit | null {
  // In SQLAlchemy a size of 0 means no limit, and so does an overflow of -1.
  if (size === null || maxOverflow === null || size === 0 || maxOverflow < 0) return null;
  const perProcess = size + maxOverflow;
  const count = processes ?? Math.max(1, Math.ceil(sessions / perProcess));
  const processesFrom = processes === null ? 'inferred' : 'declared';
  return { perProcess, processes: count, processesFrom, total: perProcess * count };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
