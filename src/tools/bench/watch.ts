/** What watching costs: one observation at a server under load, and this process with ten connections at one second. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { readConnectionUrl } from '../../database/connection-url.ts';
import { activityQuery } from '../../database/live/activity-query.ts';
import { ActivityReader } from '../../database/live/activity-reader.ts';
import { LiveConnection } from '../../database/live/live-connection.ts';
import { Monitor } from '../../database/monitor.ts';
import { observePools } from '../../database/pools.ts';
import { type PostgresServer, startPostgres } from '../postgres.ts';

export interface WatchCost {
  readonly sessions: number;
  /** Milliseconds of one observation beyond an empty round trip. */
  readonly server: { readonly median: number; readonly p95: number };
  /** Milliseconds from asking to having all, in one round trip. */
  readonly roundTrip: number;
  /** Part of one core, from 0 to 1, of ten connections at one second. */
  readonly core: number;
}

const sessions = 200;
const samples = 50;
const connections = 10;
const watchedMs = 10_000;

export async function measureWatch(): Promise<WatchCost> {
  await using server = await startPostgres({ settings: { max_connections: String(sessions + 40) } });
  const opened = await openSessions(server);
  try {
    const { median, p95 } = await serverTimes(server);
    return {
      sessions,
      server: { median, p95 },
      roundTrip: await roundTrip(server),
      core: await coreShare(server),
    };
  } finally {
    await Promise.all(opened.map(client => client.end()));
  }
}

/** A quarter of them at work, a quarter in a transaction, the rest idle. */
async function openSessions({ url }: PostgresServer): Promise<readonly Client[]> {
  const opened: Client[] = [];
  for (let index = 0; index < sessions; index++) {
    const client = new Client({ connectionString: url, application_name: `app-${index % 8}` });
    client.on('error', () => {});
    await client.connect();
    if (index % 4 === 0) client.query('SELECT pg_sleep(3600)').catch(() => {});
    if (index % 4 === 1) await client.query('BEGIN');
    opened.push(client);
  }
  return opened;
}

/** `log_duration` is too coarse, and EXPLAIN takes one statement: the time of a session that does nothing else. */
async function serverTimes({ url }: PostgresServer): Promise<WatchCost['server']> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const began = performance.now();
    await client.query('SELECT 1');
    const empty = performance.now() - began;
    await client.query(activityQuery([]));
    times.push(performance.now() - began - 2 * empty);
  }
  await client.end();
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor((times.length - 1) * part)] ?? 0;
  return { median: share(0.5), p95: share(0.95) };
}

async function roundTrip(server: PostgresServer): Promise<number> {
  const live = connectionTo(server);
  const reader = new ActivityReader(live);
  await reader.read();
  const begin = performance.now();
  for (let sample = 0; sample < samples; sample++) await reader.read();
  const took = (performance.now() - begin) / samples;
  await live.dispose();
  return took;
}

async function coreShare(server: PostgresServer): Promise<number> {
  const watched = Array.from({ length: connections }, () => connectionTo(server));
  const monitors = watched.map(live => {
    const reader = new ActivityReader(live);
    const monitor = new Monitor({ intervalMs: 1000, read: signal => reader.read([], signal) });
    monitor.listen(event => {
      if (event.kind === 'observation') JSON.stringify(observePools(event.observation, []));
    });
    return monitor;
  });
  await delay(2000); // Opening sessions and a cold compiler are no part of it.
  const before = process.cpuUsage();
  await delay(watchedMs);
  const { user, system } = process.cpuUsage(before);
  for (const monitor of monitors) monitor.dispose();
  await Promise.all(watched.map(live => live.dispose()));
  return (user + system) / 1000 / watchedMs;
}

function connectionTo({ url }: PostgresServer): LiveConnection {
  const target = readConnectionUrl(url);
  if (target.kind !== 'postgresql') throw new Error(`${target.kind} is no server.`);
  return new LiveConnection(target);
}
