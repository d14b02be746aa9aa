/**
 * Connection pools as a server shows them: its sessions grouped by application, beside what the code declares. Pure.
 * A server sees sessions, not pools: what is inferred from them is labelled, and checkouts that wait inside a program
 * cannot be seen at all.
 */
import type { TextRange } from '../base/range.ts';
import type { Activity, Capacity, Session } from './activity.ts';
import { type PoolWarning, poolWarnings, type ServerWarning, serverWarnings } from './pool-warnings.ts';

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
}

export interface ServerLoad {
  readonly maxConnections: number;
  /** For ordinary users: what is reserved is taken off. */
  readonly available: number;
  readonly used: number;
  readonly ours: number;
  readonly free: number;
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
  /** `sessions` of the server's available connections, from 0 to 1. */
  readonly shareOfServer: number;
  readonly engine: MatchedEngine | null;
  readonly warnings: readonly PoolWarning[];
}

export interface PoolLimit {
  /** `pool_size + max_overflow`. */
  readonly perProcess: number;
  readonly processes: number;
  /** `declared`, or `inferred`: the fewest processes that can hold the sessions seen. */
  readonly processesFrom: 'declared' | 'inferred';
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
export function observePools(activity: Activity, declarations: readonly PoolDeclaration[]): PoolReport {
  const load = serverLoad(activity.capacity);
  const groups = groupSessions(activity.sessions);
  const matches = groups.map(group => matchEngine(group, declarations));
  const seen = new Set(matches.map(match => match?.declaration));
  const silent = declarations.filter(declaration => {
    return !seen.has(declaration) && (declaration.database ?? activity.database) === activity.database;
  });
  const pools = [
    ...groups.map((group, index) => observe(group, matches[index] ?? null, load)),
    ...silent.map(declaration => observeSilent(declaration, activity.database, load)),
  ];
  return {
    at: activity.at,
    database: activity.database,
    serverVersion: activity.serverVersion,
    server: { ...load, warnings: serverWarnings(load) },
    pools: pools.sort((a, b) => compare(a.application, b.application) || compare(a.database, b.database)),
  };
}

interface SessionGroup {
  readonly application: string;
  readonly database: string;
  readonly sessions: readonly Session[];
}

interface Match {
  readonly declaration: PoolDeclaration;
  readonly kind: MatchedEngine['match'];
}

type Load = Omit<ServerLoad, 'warnings'>;

function serverLoad(capacity: Capacity): Load {
  const available = Math.max(0, capacity.maxConnections - capacity.superuserReserved - capacity.reserved);
  const { maxConnections, used, ours } = capacity;
  return { maxConnections, available, used, ours, free: Math.max(0, available - used) };
}

function groupSessions(sessions: readonly Session[]): SessionGroup[] {
  const groups = new Map<string, Session[]>();
  for (const session of sessions) {
    const key = JSON.stringify([session.applicationName, session.database]);
    groups.set(key, [...(groups.get(key) ?? []), session]);
  }
  return [...groups.values()].flatMap(members => {
    const first = members[0];
    return first ? [{ application: first.applicationName, database: first.database, sessions: members }] : [];
  });
}

function matchEngine(group: SessionGroup, declarations: readonly PoolDeclaration[]): Match | null {
  const users = new Set(group.sessions.map(session => session.user));
  const fitting = declarations.filter(
    ({ applicationName, database, user }) =>
      (applicationName ?? '') === group.application &&
      (database === null || database === group.database) &&
      (user === null || users.has(user)),
  );
  const [declaration] = fitting;
  if (!declaration || fitting.length > 1) return null;
  return { declaration, kind: group.application === '' ? 'inferred' : 'application-name' };
}

function observe(group: SessionGroup, match: Match | null, load: Load): PoolObservation {
  const { sessions } = group;
  const inState = (...states: Session['state'][]) =>
    sessions.filter(session => states.includes(session.state));
  const idleInTransaction = inState('idle in transaction', 'idle in transaction (aborted)');
  const active = inState('active').length;
  const other = inState('other').length;
  const counts = {
    sessions: sessions.length,
    inUse: active + idleInTransaction.length + other,
    active,
    idleInTransaction: idleInTransaction.length,
    idle: inState('idle').length,
    other,
    hidden: inState('hidden').length,
    waitingForLock: sessions.filter(session => session.waitEventType === 'Lock').length,
    oldestTransaction: greatest(sessions.map(session => session.transactionAge)),
    longestIdleInTransaction: greatest(idleInTransaction.map(session => session.stateAge)),
    limit: match && readLimit(match.declaration, sessions.length),
  };
  const aborted = inState('idle in transaction (aborted)').length;
  return {
    application: group.application,
    database: group.database,
    users: [...new Set(sessions.map(session => session.user))].sort(compare),
    pids: sessions.map(session => session.pid),
    ...counts,
    shareOfServer: load.available === 0 ? 0 : sessions.length / load.available,
    engine: match && {
      name: match.declaration.name,
      location: match.declaration.location,
      match: match.kind,
    },
    warnings: poolWarnings({
      ...counts,
      aborted,
      available: load.available,
      unlimited: match?.declaration.maxOverflow === -1,
    }),
  };
}

function observeSilent(declaration: PoolDeclaration, database: string, load: Load): PoolObservation {
  const group = { application: declaration.applicationName ?? '', database, sessions: [] };
  return observe(
    group,
    { declaration, kind: declaration.applicationName ? 'application-name' : 'inferred' },
    load,
  );
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

function greatest(values: readonly (number | null)[]): number | null {
  const numbers = values.filter(value => value !== null);
  return numbers.length === 0 ? null : Math.max(...numbers);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
