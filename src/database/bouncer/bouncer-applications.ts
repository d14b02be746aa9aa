/** Who the clients of a PgBouncer are: those of one application at one address together. Pure. */
import type { BouncerClient } from './bouncer-report.ts';

export interface BouncerApplicationFigures {
  /** `application_name`; empty for programs that give none. */
  readonly application: string;
  /** Null for a Unix socket. */
  readonly address: string | null;
  readonly clients: number;
  readonly waiting: number;
  /** Seconds. */
  readonly longestWait: number;
  /** Server sessions that its clients are linked to at this moment. */
  readonly linked: number;
}

/** Those that wait first, then those with most clients. */
export function bouncerApplications(clients: readonly BouncerClient[]): readonly BouncerApplicationFigures[] {
  const groups = new Map<string, BouncerClient[]>();
  for (const client of clients) {
    const key = `${client.applicationName}\0${client.address}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [client]);
    else members.push(client);
  }
  return [...groups.values()].map(figuresOf).sort((a, b) => b.waiting - a.waiting || b.clients - a.clients);
}

function figuresOf(clients: readonly BouncerClient[]): BouncerApplicationFigures {
  const { applicationName = '', address = null } = clients[0] ?? {};
  const waiting = clients.filter(({ state }) => state === 'waiting');
  return {
    application: applicationName,
    address,
    clients: clients.length,
    waiting: waiting.length,
    longestWait: Math.max(0, ...waiting.map(({ wait }) => wait)),
    linked: new Set(clients.flatMap(({ serverPid }) => serverPid ?? [])).size,
  };
}
