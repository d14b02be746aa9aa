/** Turns a PgBouncer's report into what the Pools view and panel show. Pure. */
import { visibleText } from '../../base/visible-text.ts';
import {
  type BouncerApplicationFigures,
  bouncerApplications,
} from '../../database/bouncer/bouncer-applications.ts';
import type { BouncerFigures } from '../../database/bouncer/bouncer-figures.ts';
import { bouncerNotes } from '../../database/bouncer/bouncer-notes.ts';
import type { BouncerPool, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { BouncerApplication, BouncerLine, BouncerReading } from '../../protocol/pools.ts';

/** `at`: milliseconds since 1970. */
export function bouncerReading(
  report: BouncerReport,
  { queriesPerSecond, queryMs, receivedPerSecond, sentPerSecond, ...figures }: BouncerFigures,
  at: number,
): BouncerReading {
  const { version, clients, limits, pools } = report;
  return {
    kind: 'bouncer',
    version,
    clients: clients.length,
    maxClients: limits.maxClientConnections,
    queriesPerSecond,
    queryMs,
    receivedPerSecond,
    sentPerSecond,
    figures: { at, ...figures },
    limit: limitOf(pools),
    pools: busiest(pools).map(bouncerLine),
    unlistedPools: Math.max(0, pools.length - listedLines),
    notes: bouncerNotes(report),
    applications: bouncerApplications(clients).slice(0, listedLines).map(applicationLine),
  };
}

/** More than anybody reads would make each second's message large. */
const listedLines = 200;

/** In the order of the console, where all of them are listed. */
function busiest(pools: readonly BouncerPool[]): readonly BouncerPool[] {
  if (pools.length <= listedLines) return pools;
  const sorted = pools.toSorted(
    (a, b) =>
      b.clientsWaiting - a.clientsWaiting ||
      b.serversActive - a.serversActive ||
      b.clientsActive - a.clientsActive,
  );
  return sorted.slice(0, listedLines);
}

function limitOf(pools: readonly BouncerPool[]): number | null {
  if (pools.length === 0 || pools.some(({ limit }) => limit === null)) return null;
  return pools.reduce((sum, { limit }) => sum + (limit ?? 0), 0);
}

function applicationLine({
  application,
  longestWait,
  ...figures
}: BouncerApplicationFigures): BouncerApplication {
  return {
    application: application === '' ? '(no application name)' : visibleText(application),
    longestWaitSeconds: longestWait,
    ...figures,
  };
}

function bouncerLine(pool: BouncerPool): BouncerLine {
  const { database, user, mode, clientsActive, clientsWaiting, serversActive, serversIdle, limit } = pool;
  return {
    database: visibleText(database),
    user: visibleText(user),
    mode,
    clientsActive,
    clientsWaiting,
    longestWaitSeconds: pool.longestWait,
    serversActive,
    serversIdle,
    limit,
    warnings: pool.warnings.map(({ message }) => ({ severity: 'warning', message })),
  };
}
