/** Turns a PgBouncer's report into what the Pools view and panel show. Pure. */
import { visibleText } from '../../base/visible-text.ts';
import type { BouncerFigures } from '../../database/bouncer/bouncer-figures.ts';
import type { BouncerPool, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { BouncerLine, BouncerReading } from '../../protocol/pools.ts';

/** `at`: milliseconds since 1970. */
export function bouncerReading(
  { version, clients, limits, pools }: BouncerReport,
  { queriesPerSecond, queryMs, ...figures }: BouncerFigures,
  at: number,
): BouncerReading {
  return {
    kind: 'bouncer',
    version,
    clients: clients.length,
    maxClients: limits.maxClientConnections,
    queriesPerSecond,
    queryMs,
    figures: { at, ...figures },
    pools: pools.map(bouncerLine),
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
