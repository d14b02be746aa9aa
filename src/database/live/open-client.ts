/** One attempt to get a session of `pg`, by every way in that libpq would try. Remembers nothing and does not try again. */
import pg, { type ClientConfig } from 'pg';
import { displayTarget, type PostgresTarget, type SessionAttributes } from '../connection-url.ts';
import { DatabaseError, noAnswer, toDatabaseError } from '../database-error.ts';
import { connectBound } from './channel-binding.ts';
import { clientSettings, type SessionLimits } from './client-settings.ts';

export interface OpenedClient {
  readonly client: pg.Client;
  /** The way that worked; to be tried alone the next time. */
  readonly settings: ClientConfig;
  /** The session's process id on the server, or PgBouncer's number for it. */
  readonly pid: number | null;
}

export interface ClientEvents {
  /** The session is over, whoever ended it. */
  readonly onEnd: (client: pg.Client) => void;
}

/**
 * Within `connectTimeoutMs` altogether: what hosts that keep silent leave of it is shared by those that are still to be
 * tried, so that a list of them is told as soon as one. Throws DatabaseError: that of the last way that was worth trying.
 */
export async function openClient(
  target: PostgresTarget,
  limits: SessionLimits,
  remembered: ClientConfig | null,
  events: ClientEvents,
): Promise<OpenedClient> {
  const ways = remembered ? [remembered] : await clientSettings(target, limits);
  const attempts = roundsFor(target.sessionAttributes).flatMap(wanted => ways.map(way => ({ way, wanted })));
  const deadline = performance.now() + limits.connectTimeoutMs;
  let failed: (Attempt & { readonly error: DatabaseError }) | null = null;
  for (const [index, attempt] of attempts.entries()) {
    if (failed && !mayTryNext(failed, attempt)) continue;
    const connectionTimeoutMillis = shareOf(deadline - performance.now(), attempts.slice(index));
    try {
      const opened = await tryWay({ ...attempt.way, connectionTimeoutMillis }, events);
      await inTime(refuseOther(opened.client, attempt.wanted), opened.client, deadline);
      return opened;
    } catch (error) {
      failed = {
        ...attempt,
        error: toDatabaseError(error, { target: displayTarget(target), phase: 'connect' }),
      };
    }
  }
  throw failed?.error ?? new DatabaseError('unsupported', 'The connection names no host.');
}

interface Attempt {
  readonly way: ClientConfig;
  readonly wanted: WantedHost;
}

type WantedHost = 'any' | 'primary' | 'standby';

/** Our sessions only ever read, so that what `read-write` asks for is a server that others can write to. */
function roundsFor(attributes: SessionAttributes): readonly WantedHost[] {
  switch (attributes) {
    case 'any':
      return ['any'];
    case 'read-write':
    case 'primary':
      return ['primary'];
    case 'read-only':
    case 'standby':
      return ['standby'];
    case 'prefer-standby':
      return ['standby', 'any'];
  }
}

/** Milliseconds for the first of the attempts; several at one place are one, since silence ends them all. */
function shareOf(leftMs: number, attempts: readonly Attempt[]): number {
  const places = new Set(attempts.map(placeOf));
  // For `pg` nothing left would mean no limit.
  return Math.max(1, leftMs / places.size);
}

function placeOf({ way, wanted }: Attempt): string {
  return `${wanted} ${way.port} ${way.host}`;
}

/** A server may freeze between the login and the answer to what it is asked then. */
async function inTime(answer: Promise<void>, client: pg.Client, deadline: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const giveUp = () => {
      destroyClient(client);
      reject(new Error(noAnswer));
    };
    timer = setTimeout(giveUp, Math.max(1, deadline - performance.now()));
  });
  try {
    await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function refuseOther(client: pg.Client, wanted: WantedHost): Promise<void> {
  if (wanted === 'any') return;
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  if (rows[0]?.standby === (wanted === 'standby')) return;
  await client.end();
  const message = `No host of the connection is a ${wanted}, as its target_session_attrs asks for. Correct it, or its hosts.`;
  throw new DatabaseError('wrong-host', message);
}

/** The end of a session whose server does not take part in it. */
export function destroyClient(client: pg.Client): void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: Destroyable } };
  connection.stream.destroy();
}

interface Destroyable {
  destroy(): void;
}

/**
 * As libpq: another encryption where the first was refused, another host where this one could not be reached, and never
 * a second attempt at a password.
 */
function mayTryNext(
  { error: { reason }, way, wanted }: Attempt & { readonly error: DatabaseError },
  next: Attempt,
): boolean {
  if (reason === 'password' || reason === 'no-database' || reason === 'no-role') return false;
  return placeOf({ way, wanted }) !== placeOf(next) || reason === 'ssl' || reason === 'not-allowed';
}

async function tryWay(way: ClientConfig, events: ClientEvents): Promise<OpenedClient> {
  try {
    return await connect(way, events);
  } catch (error) {
    // PgBouncer takes no settings at the start; each query carries its own limits too.
    if (way.options === undefined || !/unsupported startup parameter/i.test(String(error))) throw error;
    return connect({ ...way, options: undefined }, events);
  }
}

async function connect(settings: ClientConfig, { onEnd }: ClientEvents): Promise<OpenedClient> {
  const client = new pg.Client(settings);
  // Without a listener the loss of an idle connection would end the process.
  client.on('error', () => onEnd(client));
  client.on('end', () => onEnd(client));
  await (settings.enableChannelBinding ? connectBound(client) : client.connect());
  const { processID } = client as unknown as { readonly processID: number | null };
  return { client, settings, pid: processID };
}
