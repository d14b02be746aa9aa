// pgbench through a PgBouncer, beside sessions of the shop: what is told equals what the sources say in the same second.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import type { PoolConnection, PoolReading, PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { pgBouncer } from '../../../../src/tools/bootstrap-pgbouncer.ts';
import { runOrThrow } from '../../../../src/tools/command.ts';
import { findProgram } from '../../../../src/tools/find-program.ts';
import { type PgBouncer, startPgBouncer } from '../../../../src/tools/pgbouncer.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { Service } from '../../../../src/tools/service.ts';
import { waitFor } from '../../../wait-for.ts';
import { ToldPools } from '../../server/live/told.ts';
import { found, liveServices } from '../../server/live/watched.ts';

const program = await pgBouncer();
const pgbench = findProgram('pgbench', '/usr/lib/postgresql/15/bin/pgbench');
const skip = program === undefined || pgbench === undefined ? 'pgbench or PgBouncer is not here' : false;
const clients = 200;
const poolSize = 20;

test('two hundred clients of pgbench over twenty sessions', { skip }, async () => {
  await using server = await startPostgres();
  const settings = {
    pool_mode: 'transaction',
    default_pool_size: String(poolSize),
    max_client_conn: '400',
    reserve_pool_size: '0',
  };
  await using bouncer = await startPgBouncer({ program: program ?? '', serverUrl: server.url, settings });
  await runOrThrow(pgbench ?? '', ['--initialize', '--quiet', server.url]);
  const shop = new pg.Client({ connectionString: server.url, application_name: 'shop-api' });
  await shop.connect();
  await using _shop = { [Symbol.asyncDispose]: () => shop.end() };
  await shop.query('BEGIN');
  const parameters = [`--client=${clients}`, '--jobs=2', '--time=120', bouncer.url('postgres')];
  await using load = new Service(pgbench ?? '', parameters, { name: 'pgbench' });
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
      pool.clientsActive + pool.clientsWaiting === clients &&
      // At times all of them are between two transactions.
      reading.applications.some(({ linked, waiting }) => linked > 0 && waiting > 0)
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
  assert.ok(application.linked <= poolSize && (atBouncer.receivedPerSecond ?? 0) > 0);
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

  // A transaction sees the sessions as they were when it first looked: the shop's own is no source any more.
  await shop.query('COMMIT');
  // Between two moments of the load, held still, every figure is what its source says in the same second.
  for (const _ of [1, 2, 3]) {
    load.signal('SIGSTOP');
    const { said, snapshot } = await waitFor('a moment in which nothing changes', async () => {
      const before = await sources(shop, bouncer);
      const begun = Date.now();
      const told = await pools.next(later => later.connections.every(each => observedAt(each) > begun));
      return isDeepStrictEqual(before, await sources(shop, bouncer)) && { said: before, snapshot: told };
    });
    assert.deepEqual(figuresOf(snapshot), said);
    load.signal('SIGCONT');
    const transactions = () => atBouncerNow(pools)?.figures.transactionsPerSecond;
    await waitFor('the load to go on', () => (transactions() ?? 0) > 0);
  }
});

/** Of each application what PostgreSQL says of its sessions, and what PgBouncer says of its pool. */
async function sources(shop: pg.Client, bouncer: PgBouncer) {
  const { rows } = await shop.query<Record<string, unknown>>(`
    SELECT application_name AS application, count(*)::int AS sessions,
      count(*) FILTER (WHERE state IN ('active', 'idle in transaction'))::int AS "inUse",
      count(*) FILTER (WHERE state = 'idle in transaction')::int AS "idleInTransaction",
      count(*) FILTER (WHERE state = 'idle')::int AS idle,
      count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS waiting
    FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND application_name <> 'database-patterns' AND pid <> pg_backend_pid()
    GROUP BY 1 ORDER BY 1`);
  const shown = await bouncer.command('SHOW POOLS');
  const [pool] = shown.rows.filter(({ database }) => database !== 'pgbouncer');
  const figures = ['cl_active', 'cl_waiting', 'sv_active', 'sv_idle'].map(name => Number(pool?.[name]));
  return { applications: rows, pool: figures };
}

/** The same out of what the view is told; the session that asks the server is none of the load. */
function figuresOf({ connections }: PoolsSnapshot): Awaited<ReturnType<typeof sources>> {
  const [server, pooler] = ['server', 'pooler'].map(
    label => connections.find(each => each.label === label)?.observation,
  );
  assert.ok(server?.kind === 'observed' && pooler?.kind === 'bouncer');
  const [pool] = pooler.pools;
  return {
    applications: server.applications
      .filter(line => line.application !== 'shop-api')
      .map(({ application, sessions, inUse, idleInTransaction, idle, waiting }) => {
        return { application, sessions, inUse, idleInTransaction, idle, waiting };
      }),
    pool: pool
      ? [pool.clientsActive, pool.clientsWaiting, pool.serversActive, pool.serversIdle]
      : assert.fail('no pool'),
  };
}

function observedAt({ observation }: PoolConnection): number {
  return 'figures' in observation ? observation.figures.at : 0;
}

function atBouncerNow({ messages }: ToldPools) {
  const reading = messages.at(-1)?.connections.find(({ label }) => label === 'pooler')?.observation;
  return reading?.kind === 'bouncer' ? reading : null;
}

async function seen(
  pools: ToldPools,
  label: string,
  wanted: (reading: PoolReading) => boolean,
): Promise<PoolConnection> {
  const find = ({ connections }: PoolsSnapshot) =>
    connections.find(each => each.label === label && wanted(each.observation));
  return find(await pools.next(snapshot => find(snapshot) !== undefined)) ?? assert.fail();
}
