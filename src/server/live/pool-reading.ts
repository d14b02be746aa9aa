/** Turns a report of the room `database` into what the Pools view and panel show. Pure. */
import { visibleText } from '../../base/visible-text.ts';
import type { Activity } from '../../database/activity.ts';
import type { BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { PoolObservation, PoolReport } from '../../database/pools.ts';
import { sessionsOf } from '../../database/session-groups.ts';
import type { PoolTelemetry } from '../../database/telemetry/pool-telemetry.ts';
import { unavailableText } from '../../database/unavailable-text.ts';
import type { PoolLine, PoolWarning, ServerReading, StandbyLine, ToldFigures } from '../../protocol/pools.ts';
import { poolLineId } from './pool-line-id.ts';
import type { FoundPool } from './ports.ts';
import type { SessionLines } from './session-lines.ts';

/** More sessions than anybody reads would make each second's message large. */
const listedSessions = 500;

export interface Observed {
  readonly activity: Activity;
  readonly telemetry: readonly PoolTelemetry[];
  readonly pools: readonly FoundPool[];
}

/** All but what only a row of observations tells: rates and events. */
export function poolReading(
  observed: Observed,
  report: PoolReport,
  lines: SessionLines,
  bouncers: readonly BouncerReport[] = [],
): Omit<ServerReading, 'rates' | 'figures' | 'events'> {
  const { activity, pools } = observed;
  const own = sessionsOf(activity.database, activity.sessions);
  return {
    kind: 'observed',
    at: Date.parse(activity.at) / 1000,
    version: activity.serverVersion,
    startedAt: activity.server.startedAt,
    capacity: {
      sessions: report.server.used,
      limit: report.server.available,
      own: report.server.ours,
      otherDatabases: activity.sessions.length - own.length,
      limits: report.server.limits.map(
        ({ kind, name, used, limit }) => `${kind} ${visibleText(name)} ${used} of ${limit}`,
      ),
      role: activity.server.inRecovery ? 'standby' : 'primary',
      lagSeconds: activity.server.replayLag,
      warnings: report.server.warnings.map(({ message }) => ({ severity: 'error', message })),
    },
    applications: report.pools.map(pool => poolLine(pool, pools)),
    sessions: lines.of(own.slice(0, listedSessions), report.pools, bouncers),
    unlistedSessions: Math.max(0, own.length - listedSessions),
    unavailable: activity.unavailable.map(part => unavailableText[part]),
    standbys: activity.server.standbys.map(
      ({ applicationName, state, syncState, replayLag, lagBytes }): StandbyLine => ({
        name: visibleText(applicationName),
        state: `${state}, ${syncState}`,
        lagSeconds: replayLag,
        lagBytes,
      }),
    ),
  };
}

function poolLine(pool: PoolObservation, pools: readonly FoundPool[]): PoolLine {
  const declaration = pools.find(
    ({ name, location }) =>
      pool.engine !== null && name === pool.engine.name && location === pool.engine.location,
  );
  return {
    id: poolLineId(pool),
    application: visibleText(
      pool.application || (pool.sessions === 0 && declaration ? declaration.name : '(no application name)'),
    ),
    inUse: pool.inUse,
    idle: pool.idle,
    idleInTransaction: pool.idleInTransaction,
    waiting: pool.waitingForLock,
    limit: pool.limit?.total ?? null,
    limitReason: limitReason(pool, declaration),
    engine: declaration?.place ?? null,
    settings: declaration?.settings ?? null,
    oldestTransactionSeconds: pool.oldestTransaction,
    sessions: pool.sessions,
    told: toldFigures(pool),
    warnings: pool.warnings.map(
      ({ kind, message }): PoolWarning => ({ severity: severityOf(kind), message }),
    ),
  };
}

function toldFigures({ told }: PoolObservation): ToldFigures | null {
  if (told === null) return null;
  const { processes, checkedOut, overflow, waiting, timeouts } = told;
  return { processes, checkedOut, overflow, waiting, timeouts };
}

function limitReason({ limit, engine }: PoolObservation, declaration: FoundPool | undefined): string | null {
  if (limit === null) return null;
  if (limit.processesFrom === 'told') {
    return limit.processes === 1 ? 'told by the process' : `told by its ${limit.processes} processes`;
  }
  if (declaration === undefined) return null;
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
