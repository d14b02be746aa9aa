/** Turns a report of the room `database` into what the Pools view shows. Pure. */
import type { Activity, Session } from '../../database/activity.ts';
import type { PoolObservation } from '../../database/pools.ts';
import { observePools } from '../../database/pools.ts';
import type { PoolLine, PoolReading, PoolSession, PoolWarning } from '../../protocol/pools.ts';
import type { FoundPool } from './ports.ts';

/** More sessions than anybody reads would make each second's message large. */
const listedSessions = 50;

/** Pools of the connection's own database; sessions of others count in the server's capacity. */
export function poolReading(activity: Activity, pools: readonly FoundPool[]): PoolReading {
  // Sessions of another database must not stand for an engine whose own database is not known.
  const own = activity.sessions.filter(({ database }) => database === activity.database);
  const report = observePools({ ...activity, sessions: own }, pools);
  const here = report.pools.filter(pool => !isVague(pool) || pools.length === 1);
  const byPid = new Map(activity.sessions.map(session => [session.pid, session]));
  return {
    kind: 'observed',
    capacity: {
      sessions: report.server.used,
      limit: report.server.available,
      own: report.server.ours,
      otherDatabases: activity.sessions.length - own.length,
      warnings: report.server.warnings.map(({ message }) => ({ severity: 'error', message })),
    },
    applications: here.map(pool => poolLine(pool, byPid, pools)),
  };
}

/** Without sessions and without a name: such an engine, a test's for instance, is shown only where there is no other. */
function isVague({ application, sessions }: PoolObservation): boolean {
  return application === '' && sessions === 0;
}

function poolLine(
  pool: PoolObservation,
  byPid: ReadonlyMap<number, Session>,
  pools: readonly FoundPool[],
): PoolLine {
  const declaration = pools.find(
    ({ name, location }) =>
      pool.engine !== null && name === pool.engine.name && location === pool.engine.location,
  );
  const sessions = pool.pids.flatMap(pid => byPid.get(pid) ?? []);
  return {
    id: pool.application || `engine ${pool.engine?.name ?? ''}`,
    application:
      pool.application || (pool.sessions === 0 && declaration ? declaration.name : '(no application name)'),
    inUse: pool.inUse,
    idle: pool.idle,
    idleInTransaction: pool.idleInTransaction,
    waiting: pool.waitingForLock,
    limit: pool.limit?.total ?? null,
    limitReason: limitReason(pool, declaration),
    engine: declaration?.place ?? null,
    oldestTransactionSeconds: pool.oldestTransaction,
    sessions: sessions.slice(0, listedSessions).map(poolSession),
    unlistedSessions: Math.max(0, sessions.length - listedSessions),
    warnings: pool.warnings.map(
      ({ kind, message }): PoolWarning => ({ severity: severityOf(kind), message }),
    ),
  };
}

function limitReason({ limit, engine }: PoolObservation, declaration: FoundPool | undefined): string | null {
  if (limit === null || declaration === undefined) return null;
  const sum = `pool_size ${declaration.size} + max_overflow ${declaration.maxOverflow}`;
  const processes =
    limit.processes === 1 ? '' : `, for ${limit.processes} processes (${limit.processesFrom})`;
  const match =
    engine?.match === 'inferred' ? '; matched by database and user, since neither side gives a name' : '';
  return `${sum}${processes}${match}`;
}

function severityOf(kind: PoolObservation['warnings'][number]['kind']): PoolWarning['severity'] {
  return kind === 'pool-full' || kind === 'limit-exceeds-server' ? 'error' : 'warning';
}

function poolSession(session: Session): PoolSession {
  const { waitEventType, waitEvent } = session;
  // A session that waits for its client is idle; that is no wait worth a word.
  const wait =
    waitEventType === null || waitEventType === 'Client' ? null : `${waitEventType}: ${waitEvent ?? ''}`;
  const blockers = session.blockedBy.length === 0 ? '' : ` held by ${session.blockedBy.join(', ')}`;
  return {
    pid: session.pid,
    state: session.state,
    stateSeconds: session.stateAge,
    wait: wait === null ? null : `${wait}${blockers}`,
  };
}
