// The pools of one server under watch, as the view is told of them.
import assert from 'node:assert/strict';
import pg from 'pg';
import type { PoolReading, PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { LiveServices, type LiveSurroundings } from '../../../../src/server/live/live-services.ts';
import { type FoundConnection, type LivePorts, noLiveFacts } from '../../../../src/server/live/ports.ts';
import type { PostgresServer } from '../../../../src/tools/postgres.ts';
import { type Told, ToldPools } from './told.ts';

export const readingOf = ({ connections }: PoolsSnapshot): PoolReading | undefined =>
  connections[0]?.observation;
export const isFailed = (snapshot: PoolsSnapshot) => readingOf(snapshot)?.kind === 'failed';
export const isObserved = (snapshot: PoolsSnapshot) => readingOf(snapshot)?.kind === 'observed';

/** In a trusted workspace, with nothing around it but what is given. */
export function liveServices(
  ports: Partial<LivePorts>,
  around: Partial<LiveSurroundings> = {},
): LiveServices & AsyncDisposable {
  const services = new LiveServices(
    {
      logger: { info() {}, warn() {}, error() {} },
      code: { ofStatement: () => null, ofPath: () => null },
      askPassword: async () => null,
      connectionsChanged() {},
      poolsChanged() {},
      migrationsChanged() {},
      tableSizesRead() {},
      ...ports,
    },
    { environment: {}, readServices: () => ({}), ...around },
  );
  services.setTrusted(true);
  return Object.assign(services, { [Symbol.asyncDispose]: () => services.dispose() });
}

export function found(url: string, name: string): FoundConnection {
  return { url, name, origin: { kind: 'settings', label: 'settings', place: null }, folder: '/' };
}

export function watch(url: string) {
  const pools = new ToldPools();
  const services = liveServices({ poolsChanged: pools.hear });
  const connections = [found(url, 'shop')];
  services.update({ ...noLiveFacts, connections });
  services.watchPools(250);
  return { pools, services, [Symbol.asyncDispose]: () => services.dispose() };
}

/** As the server itself counts them. */
export async function ourSessions(server: PostgresServer): Promise<number> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'database-patterns'",
  );
  await client.end();
  return rows[0]?.count ?? -1;
}

/** A server that keeps silent is given up after three; the rest is for a loaded machine. */
export const toldWithinMs = 5000;

/** How long it took the view to say so, and what it says. */
export async function failureAfter(pools: Told<PoolsSnapshot>, fault: () => Promise<unknown>) {
  const begin = performance.now();
  const failed = pools.next(isFailed);
  const happening = fault();
  const reading = readingOf(await failed);
  const tookMs = performance.now() - begin;
  await happening;
  assert.ok(reading?.kind === 'failed');
  assert.ok(tookMs < toldWithinMs, `told after ${tookMs} ms`);
  assert.ok(Math.abs(Date.now() - reading.since) < 60_000);
  return reading.message;
}
