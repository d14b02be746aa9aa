// A process that tells of its own pool, beside what the server says of the same sessions.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import type { PoolsSnapshot, ServerReading } from '../../../../src/protocol/pools.ts';
import { LiveServices } from '../../../../src/server/live/live-services.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';
import { testDatabase } from '../../../postgres.ts';
import { ToldPools } from './told.ts';

test('told figures outrank inferred ones, and lead from a session to the code that holds it', async () => {
  await using database = await testDatabase('own');
  await using folder = await temporaryFolder('told');
  const sockets = join(folder.path, 'sockets');
  await mkdir(sockets, { mode: 0o700 });
  const client = new pg.Client({ connectionString: database.url, application_name: 'told-api' });
  await client.connect();
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const place = { path: '/srv/shop/app/orders.py', line: 42, function: 'place_order' };
  const totals = { checkouts: 0, timeouts: 3, connects: 1, invalidations: 0, checkoutSeconds: 0 };
  // Each answer tells of ten checkouts more, which waited for five milliseconds each.
  const server = createServer(socket => {
    totals.checkouts += 10;
    totals.checkoutSeconds += 0.05;
    const pool = {
      name: 'engine',
      applicationName: 'told-api',
      target: { database: new URL(database.url).pathname.slice(1) },
      className: 'QueuePool',
      size: 1,
      maxOverflow: 0,
      checkedOut: 1,
      overflow: -4,
      waiting: 2,
      totals,
      checkouts: [{ serverPid: rows[0]?.pid, heldSeconds: 1, place }],
    };
    socket.end(JSON.stringify({ version: 1, process: { pid: process.pid }, at: '', pools: [pool] }));
  });
  await new Promise<void>(resolve => server.listen(join(sockets, `${process.pid}.sock`), resolve));
  const found = { uri: 'file:///w/app/orders.py', line: 41, character: 0 };
  const pools = new ToldPools();
  const services = new LiveServices(
    {
      logger: { info() {}, warn() {}, error() {} },
      code: { ofStatement: () => null, ofPath: path => (path === place.path ? found : null) },
      askPassword: async () => null,
      connectionsChanged() {},
      poolsChanged: pools.hear,
      migrationsChanged() {},
      tableSizesRead() {},
    },
    { environment: { DATABASE_PATTERNS_TELEMETRY: sockets }, readServices: () => ({}) },
  );
  try {
    const origin = { kind: 'settings', label: 'settings', place: null } as const;
    const connections = [{ url: database.url, name: 'shop', origin, folder: '/' }];
    services.setTrusted(true);
    services.update({ ...noLiveFacts, connections });
    services.watchPools(250);
    const readingOf = ({ connections: [first] }: PoolsSnapshot): ServerReading | null =>
      first?.observation.kind === 'observed' ? first.observation : null;
    const reading = readingOf(
      await pools.next(snapshot => (readingOf(snapshot)?.figures.checkoutMs ?? null) !== null),
    );
    const line = reading?.applications.find(({ id }) => id === 'told-api');
    assert.deepEqual(line?.told, { processes: 1, checkedOut: 1, overflow: 0, waiting: 2, timeouts: 3 });
    assert.deepEqual([line?.limit, line?.limitReason], [1, 'told by the process']);
    assert.match(line?.warnings[0]?.message ?? '', /2 checkouts wait for a connection/);
    assert.equal(reading?.figures.waiting, 2);
    assert.equal(Math.round(reading?.figures.checkoutMs ?? 0), 5);
    const session = reading?.sessions.find(({ pid }) => pid === rows[0]?.pid);
    const text = '/srv/shop/app/orders.py:42 in place_order';
    assert.deepEqual(session?.code, { text, place: found, from: 'told' });
  } finally {
    await services.dispose();
    server.close();
    await client.end();
  }
});
