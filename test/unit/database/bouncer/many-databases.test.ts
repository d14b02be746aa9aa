// Ten thousand databases and names that mean harm on a real PgBouncer: few rows, each name as it is, and fluid.
import assert from 'node:assert/strict';
import { Client, escapeIdentifier } from 'pg';
import { BouncerConsole } from '../../../../src/database/bouncer/bouncer-console.ts';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { poolsTree } from '../../../../src/extension/views/pools-tree.ts';
import { type BouncerScene, bouncerTest } from '../../../pgbouncer.ts';
import { readingOf, watch } from '../../server/live/watched.ts';

const tenants = Array.from({ length: 10_000 }, (_, index) => `tenant_${index}`);
const hostile = [
  '"; DROP TABLE t; --',
  '<script>alert(1)</script>',
  'prod\u202etset',
  'it\'s "quoted"',
  '\\',
];
const open = 220;

const settings = {
  auth_type: 'trust',
  pool_mode: 'transaction',
  default_pool_size: '1',
  max_client_conn: '400',
};
const many = { settings, databases: tenants, server: { max_connections: '300' } };

bouncerTest(
  'ten thousand databases: all are known, and the pools that matter are told',
  many,
  async scene => {
    await using clients = clientsOf(scene);
    // A client holds the only session of this pool, and another waits for it.
    const holder = await clients.connect('tenant_9999');
    await holder.query('BEGIN');
    const waiting = (await clients.connect('tenant_9999')).query('SELECT 1');
    for (const name of tenants.slice(0, open)) await clients.connect(name);

    const target = readConnectionUrl(scene.bouncer.url('pgbouncer'));
    assert.ok(target.kind === 'postgresql');
    const console = new BouncerConsole(target);
    for (const _ of [1, 2]) {
      const { databases, pools } = await console.observe();
      assert.deepEqual(databases.map(({ name }) => name).sort(), [...tenants].sort());
      assert.equal(pools.length, open + 1);
      assert.ok(pools.every(({ limit }) => limit === 1));
    }
    await console.dispose();

    const { reading, labels } = await shown(scene);
    assert.deepEqual([reading.pools.length, reading.unlistedPools], [200, open + 1 - 200]);
    assert.deepEqual([reading.pools[0]?.database, reading.limit], ['tenant_9999', open + 1]);
    assert.match(
      reading.notes.join(),
      /10,000 databases are asked for every 4 s: a PAUSE may be told so much later/,
    );
    assert.deepEqual([labels.length, labels[1]], [53, 'tenant_9999 as postgres']);
    assert.equal(labels.at(-2), reading.notes[0]);
    assert.equal(labels.at(-1), `${open + 1 - 50} more pools`);
    await holder.query('COMMIT');
    await waiting;
  },
);

bouncerTest('a hostile name is only a name', { settings }, async scene => {
  await using clients = clientsOf(scene);
  const admin = await clients.connect('postgres');
  for (const name of hostile) await admin.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  for (const name of hostile) await clients.connect(name);
  const { reading, labels } = await shown(scene);
  const visible = hostile.map(name => name.replace('\u202e', '\\u{202e}'));
  const names = reading.pools.map(({ database }) => database).filter(name => name !== 'postgres');
  assert.deepEqual(names.sort(), visible.toSorted());
  assert.ok(visible.every(name => labels.includes(`${name} as postgres`)));
});

/** What the panel and the view show of the PgBouncer. */
async function shown({ bouncer }: BouncerScene) {
  await using watched = watch(bouncer.url('pgbouncer'));
  const snapshot = await watched.pools.next(each => readingOf(each)?.kind === 'bouncer');
  const reading = readingOf(snapshot);
  assert.ok(reading?.kind === 'bouncer');
  const [root] = poolsTree(snapshot.connections, 0.8);
  return { reading, labels: root?.children?.map(({ label }) => label) ?? [] };
}

function clientsOf({ server, bouncer }: BouncerScene) {
  const { username: user, password } = new URL(server.url);
  const opened: Client[] = [];
  const connect = async (database: string) => {
    const client = new Client({ host: '127.0.0.1', port: bouncer.port, user, password, database });
    await client.connect();
    opened.push(client);
    return client;
  };
  const close = () => Promise.all(opened.map(client => client.end()));
  return { connect, [Symbol.asyncDispose]: async () => void (await close()) };
}
