// Two hundred clients at work through a PgBouncer: every figure is what its source says.
import assert from 'node:assert/strict';
import { Client } from 'pg';
import { BouncerConsole } from '../../../../src/database/bouncer/bouncer-console.ts';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { ActivityReader } from '../../../../src/database/live/activity-reader.ts';
import { LiveConnection } from '../../../../src/database/live/live-connection.ts';
import { observePools } from '../../../../src/database/pools.ts';
import { bouncerTest } from '../../../pgbouncer.ts';
import { waitFor } from '../../../wait-for.ts';

const clients = 200;
const poolSize = 20;
const settings = {
  pool_mode: 'transaction',
  default_pool_size: String(poolSize),
  max_client_conn: '400',
  reserve_pool_size: '0',
};

bouncerTest('two hundred clients over twenty sessions', { settings }, async ({ server, bouncer }) => {
  const opened = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: bouncer.url('postgres'), application_name: 'load' });
      await client.connect();
      return client;
    }),
  );
  const stop = new AbortController();
  const work = opened.map(async client => {
    while (!stop.signal.aborted) await client.query('SELECT pg_sleep(0.02)');
  });
  const console = new BouncerConsole(targetOf(bouncer.url('postgres')));
  const live = new LiveConnection(targetOf(server.url));
  try {
    const report = await waitFor('all sessions of the pool to be open', async () => {
      const now = await console.observe();
      return now.pools[0]?.serverPids.length === poolSize && now;
    });
    const [pool] = report.pools;
    assert.ok(pool);
    assert.equal(report.clients.length, clients);
    assert.equal(pool.clientsActive + pool.clientsWaiting, clients);
    assert.equal(pool.serversActive + pool.serversIdle + pool.serversOther, poolSize);
    assert.equal(pool.limit, poolSize);

    const activity = await new ActivityReader(live).read();
    assert.deepEqual(activity.sessions.map(({ pid }) => pid).sort(), [...pool.serverPids].sort());
    assert.equal(activity.capacity.used, poolSize + 1);
    const { pools } = observePools(activity, []);
    const sum = pools.reduce((count, each) => count + each.inUse + each.idle, 0);
    assert.equal(sum, poolSize);

    const linked = report.clients.filter(({ serverPid }) => serverPid !== null);
    assert.ok(linked.every(({ serverPid }) => pool.serverPids.includes(serverPid ?? 0)));
    const [later] = (await console.observe()).databases;
    assert.ok((later?.totals.queries ?? 0) > (report.databases[0]?.totals.queries ?? 0));
  } finally {
    stop.abort();
    await Promise.all(work);
    await Promise.all([...opened.map(client => client.end()), console.dispose(), live.dispose()]);
  }
});

function targetOf(url: string) {
  const target = readConnectionUrl(url);
  assert.ok(target.kind === 'postgresql');
  return target;
}
