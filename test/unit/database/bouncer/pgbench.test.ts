// pgbench through a PgBouncer, beside sessions of the shop: what is told equals what the sources say in the same second.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import type { PoolConnection, PoolReading, PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { pgBouncer } from '../../../../src/tools/bootstrap-pgbouncer.ts';
import { runOrThrow } from '../../../../src/tools/command.ts';
import { findProgram } from '../../../../src/tools/find-program.ts';
import { startPgBouncer } from '../../../../src/tools/pgbouncer.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { Service } from '../../../../src/tools/service.ts';
import { ToldPools } from '../../server/live/told.ts';
import { found, liveServices } from '../../server/live/watched.ts';

const program = await pgBouncer();
const pgbench = findProgram('pgbench', '/usr/lib/postgresql/15/bin/pgbench');
const skip = program === undefined || pgbench === undefined ? 'pgbench or PgBouncer is not here' : false;
const clients = 40;
const poolSize = 8;

test('forty clients of pgbench over eight sessions', { skip }, async () => {
  await using server = await startPostgres();
  const settings = { pool_mode: 'transaction', default_pool_size: String(poolSize), reserve_pool_size: '0' };
  await using bouncer = await startPgBouncer({ program: program ?? '', serverUrl: server.url, settings });
  await runOrThrow(pgbench ?? '', ['--initialize', '--quiet', server.url]);
  const shop = new pg.Client({ connectionString: server.url, application_name: 'shop-api' });
  await shop.connect();
  await using _shop = { [Symbol.asyncDispose]: () => shop.end() };
  await shop.query('BEGIN');
  const parameters = [`--client=${clients}`, '--jobs=2', '--time=120', bouncer.url('postgres')];
  await using _load = new Service(pgbench ?? '', parameters, { name: 'pgbench' });
  const pools = new ToldPools();
  await using services = liveServices({ poolsChanged: pools.hear });
  const connections = [found(server.url, 'server'), found(bouncer.url('pgbouncer'), 'pooler')];
  services.update({ ...noLiveFacts, connections });
  services.watchPools(250);
  const { observation: atBouncer } = await seen(pools, 'pooler', reading => {
    if (reading.kind !== 'bouncer' || !reading.figures.transactionsPerSecond) return false;
    // A client that logs in, or is between two transactions, is neither active nor waiting.
    const [pool] = reading.pools;
    return (
      reading.clients === clients &&
      pool !== undefined &&
      pool.clientsActive + pool.clientsWaiting === clients
    );
  });
  assert.ok(atBouncer.kind === 'bouncer');
  const [pool] = atBouncer.pools;
  assert.ok(pool && atBouncer.queryMs !== null && atBouncer.queriesPerSecond !== null);
  assert.ok(pool.serversActive + pool.serversIdle <= poolSize);
  assert.equal(atBouncer.figures.inUse, pool.serversActive);
  const [application, ...others] = atBouncer.applications;
  assert.ok(application && others.length === 0);
  assert.deepEqual(
    [application.application, application.address, application.clients],
    ['pgbench', '127.0.0.1', clients],
  );
  assert.ok(application.linked > 0 && application.linked <= poolSize);
  assert.ok(application.waiting > 0 && (atBouncer.receivedPerSecond ?? 0) > 0);
  // A transaction of pgbench is several statements.
  assert.ok(atBouncer.queriesPerSecond > (atBouncer.figures.transactionsPerSecond ?? 0));

  const { observation: atServer } = await seen(pools, 'server', reading => {
    // Sessions report what they did once a second at most.
    if (reading.kind !== 'observed' || !reading.rates.rowsWritten || !reading.rates.cacheHits) return false;
    return reading.applications.some(line => line.application === 'pgbench' && line.sessions === poolSize);
  });
  assert.ok(atServer.kind === 'observed');
  const { rows } = await shop.query(
    "SELECT application_name, count(*)::int AS count FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'database-patterns' GROUP BY 1 ORDER BY 1",
  );
  assert.deepEqual(
    atServer.applications.map(line => ({ application_name: line.application, count: line.sessions })),
    rows,
  );
  assert.ok(atServer.applications.every(line => line.inUse + line.idle === line.sessions));
  const line = atServer.applications.find(({ application }) => application === 'shop-api');
  assert.deepEqual([line?.inUse, line?.idleInTransaction, line?.idle], [1, 1, 0]);
  assert.ok((atServer.figures.transactionsPerSecond ?? 0) > 0);
  assert.equal(atServer.rates.rollbacks, 0);
  const through = atServer.sessions.filter(session => session.through !== null);
  assert.ok(through.every(session => session.application === 'pgbench'));
});

async function seen(
  pools: ToldPools,
  label: string,
  wanted: (reading: PoolReading) => boolean,
): Promise<PoolConnection> {
  const find = ({ connections }: PoolsSnapshot) =>
    connections.find(each => each.label === label && wanted(each.observation));
  return find(await pools.next(snapshot => find(snapshot) !== undefined)) ?? assert.fail();
}
