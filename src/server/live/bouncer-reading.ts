/** Turns a PgBouncer's report into what the Pools view and panel show. Pure. */
import { visibleText } from '../../base/visible-text.ts';
import {
  type BouncerApplicationFigures,
  bouncerApplications,
} from '../../database/bouncer/bouncer-applications.ts';
import type { BouncerFigures } from '../../database/bouncer/bouncer-figures.ts';
import type { BouncerPool, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
import type { BouncerApplication, BouncerLine, BouncerReading } from '../../protocol/pools.ts';

/** `at`: milliseconds since 1970. */
export function bouncerReading(
  { version, clients, limits, pools }: BouncerReport,
  { queriesPerSecond, queryMs, receivedPerSecond, sentPerSecond, ...figures }: BouncerFigures,
  at: number,
): BouncerReading {
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
    pools: pools.map(bouncerLine),
    applications: bouncerApplications(clients).slice(0, listedApplications).map(applicationLine),
  };
}

/** More than anybody reads would make each second's message large. */
const listedApplications = 200;

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
