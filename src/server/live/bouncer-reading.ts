/** Turns a PgBouncer's report into what the Pools view and panel show. Pure. */
import type { BouncerPool, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { BouncerLine, BouncerReading } from '../../protocol/pools.ts';

export function bouncerReading({ version, clients, limits, pools }: BouncerReport): BouncerReading {
  return {
    kind: 'bouncer',
    version,
    clients: clients.length,
    maxClients: limits.maxClientConnections,
    pools: pools.map(bouncerLine),
  };
}

function bouncerLine(pool: BouncerPool): BouncerLine {
  const { database, user, mode, clientsActive, clientsWaiting, serversActive, serversIdle, limit } = pool;
  return {
    database,
    user,
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
