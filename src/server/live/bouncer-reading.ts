/** Turns a PgBouncer's report into what the Pools view and panel show. Pure. */
import { visibleText } from '../../base/visible-text.ts';
import type { BouncerFigures } from '../../database/bouncer/bouncer-figures.ts';
import type { BouncerClient, BouncerPool, BouncerReport } from '../../database/bouncer/bouncer-report.ts';
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
    applications: bouncerApplications(clients).slice(0, listedApplications),
  };
}

/** More than anybody reads would make each second's message large. */
const listedApplications = 200;

function bouncerApplications(clients: readonly BouncerClient[]): readonly BouncerApplication[] {
  const groups = new Map<string, BouncerClient[]>();
  for (const client of clients) {
    const key = `${client.applicationName}\0${client.address}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [client]);
    else members.push(client);
  }
  return [...groups.values()]
    .map(bouncerApplication)
    .sort((a, b) => b.waiting - a.waiting || b.clients - a.clients);
}

function bouncerApplication(clients: readonly BouncerClient[]): BouncerApplication {
  const { applicationName = '', address = null } = clients[0] ?? {};
  const waiting = clients.filter(({ state }) => state === 'waiting');
  return {
    application: applicationName === '' ? '(no application name)' : visibleText(applicationName),
    address,
    clients: clients.length,
    waiting: waiting.length,
    longestWaitSeconds: Math.max(0, ...waiting.map(({ wait }) => wait)),
    linked: new Set(clients.flatMap(({ serverPid }) => serverPid ?? [])).size,
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
