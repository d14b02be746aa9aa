/**
 * What watching costs: one observation at a server under load, beside the plainest look at the same sessions, and a
 * process with ten connections at one second, as the extension's server does it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConnectionUrl } from '../../database/connection-url.ts';
import { ActivityReader } from '../../database/live/activity-reader.ts';
import { LiveConnection } from '../../database/live/live-connection.ts';
import { runOrThrow } from '../command.ts';
import { type PostgresServer, startPostgres } from '../postgres.ts';

export interface WatchCost {
  readonly sessions: number;
  readonly fewSessions: number;
  /** Milliseconds of the server's processor for one observation. */
  readonly server: number;
  /** The same for `SELECT * FROM pg_stat_activity`. */
  readonly peer: number;
  /** Milliseconds from asking to having all, in one round trip. */
  readonly roundTrip: number;
  /** Part of one core, from 0 to 1, of ten connections at one second: what the client is told included. */
  readonly core: number;
  /** The same beside a few sessions. */
  readonly coreOfFew: number;
}

const sessions = 200;
const fewSessions = 20;
const samples = 200;
/** One server by ten names: a connection each. */
const addresses = Array.from({ length: 10 }, (_, index) => `127.0.0.${index + 1}`);

export async function measureWatch(): Promise<WatchCost> {
  await using server = await startPostgres({
    settings: { max_connections: String(sessions + 40), listen_addresses: addresses.join() },
  });
  const few = await openSessions(server, fewSessions);
  const coreOfFew = await coreShare(server);
  const more = await openSessions(server, sessions - fewSessions);
  try {
    return {
      sessions,
      fewSessions,
      ...(await serverTimes(server)),
      core: await coreShare(server),
      coreOfFew,
    };
  } finally {
    await Promise.all([...few, ...more].map(client => client.end()));
  }
}

/** A quarter of them at work, a quarter in a transaction, the rest idle. */
async function openSessions({ url }: PostgresServer, count: number): Promise<readonly Client[]> {
  const opened: Client[] = [];
  for (let index = 0; index < count; index++) {
    const client = new Client({ connectionString: url, application_name: `app-${index % 8}` });
    client.on('error', () => {});
    await client.connect();
    if (index % 4 === 0) client.query('SELECT pg_sleep(3600)').catch(() => {});
    if (index % 4 === 1) await client.query('BEGIN');
    opened.push(client);
  }
  return opened;
}

/** The server's session tells its own time on the processor, where the system counts it. */
async function serverTimes(
  server: PostgresServer,
): Promise<Pick<WatchCost, 'server' | 'peer' | 'roundTrip'>> {
  const live = connectionTo(server);
  const reader = new ActivityReader(live);
  const observe = () => reader.read();
  // Opens the session, and has the server keep the plans.
  await observe();
  await observe();
  const observed = await timed(live, observe);
  const peer = await timed(live, () => live.rows('SELECT * FROM pg_stat_activity'));
  await live.dispose();
  return { server: observed.processor, roundTrip: observed.wall, peer: peer.processor };
}

interface Times {
  /** Milliseconds a question; 0 where the system does not count them. */
  readonly processor: number;
  readonly wall: number;
}

async function timed({ pid }: LiveConnection, ask: () => Promise<unknown>): Promise<Times> {
  const [processor, wall] = [processorTime(pid), performance.now()];
  for (let sample = 0; sample < samples; sample++) await ask();
  return {
    processor: (processorTime(pid) - processor) / samples,
    wall: (performance.now() - wall) / samples,
  };
}

/** Milliseconds since the process began. */
function processorTime(pid: number | null): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

async function coreShare({ url }: PostgresServer): Promise<number> {
  const urls = addresses.map(address => url.replace('127.0.0.1', address));
  const program = join(import.meta.dirname, 'watching-process.ts');
  const { stdout } = await runOrThrow(process.execPath, [program, ...urls]);
  return Number(stdout);
}

function connectionTo({ url }: PostgresServer): LiveConnection {
  const target = readConnectionUrl(url);
  if (target.kind !== 'postgresql') throw new Error(`${target.kind} is no server.`);
  return new LiveConnection(target);
}
