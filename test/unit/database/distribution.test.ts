// Over which other servers a database spreads its rows: real foreign servers, partitions and replication. Citus could
// not be installed: its two tables are made as its manual documents them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { distributionText } from '../../../src/database/distribution.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readDistribution } from '../../../src/database/live/read-distribution.ts';
import { testConnection } from '../../../src/database/live/test-connection.ts';
import { testDatabase } from '../../postgres.ts';

/** A database with a subscription cannot be dropped, only its server be stopped. */
async function openWith(script: string, kind: 'shared' | 'own' = 'shared') {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await testDatabase(kind));
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  try {
    await admin.query(script);
  } finally {
    await admin.end();
  }
  const target = readConnectionUrl(database.url);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  stack.defer(() => live.dispose());
  const kept = stack.move();
  return { live, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

test('foreign servers with their partitions, and both sides of replication', async () => {
  await using opened = await openWith(`
    CREATE EXTENSION postgres_fdw;
    CREATE SERVER eu FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db2', port '5433', dbname 'shop');
    CREATE SERVER idle FOREIGN DATA WRAPPER postgres_fdw;
    CREATE USER MAPPING FOR PUBLIC SERVER eu OPTIONS (user 'shop', password 'hidden-word');
    CREATE TABLE orders (id int, region text) PARTITION BY LIST (region);
    CREATE FOREIGN TABLE orders_eu PARTITION OF orders FOR VALUES IN ('eu') SERVER eu;
    CREATE FOREIGN TABLE rates (id int) SERVER eu;
    CREATE TABLE plain (id int PRIMARY KEY);
    CREATE PUBLICATION books FOR TABLE plain;
    CREATE PUBLICATION everything FOR ALL TABLES;`);
  const admin = opened.live;
  const { distribution } = await testConnection(admin);
  assert.deepEqual(
    distribution.map(part => `${part.name}: ${distributionText(part)}`),
    [
      'eu: foreign server, db2:5433/shop, 2 tables (1 partition)',
      'idle: foreign server, 0 tables',
      'books: publication, 1 table',
      'everything: publication, all tables',
    ],
  );
  assert.doesNotMatch(JSON.stringify(distribution), /hidden-word/);
});

test('a subscription tells whether it is applied, and not how it connects', async () => {
  await using opened = await openWith(
    `CREATE SUBSCRIPTION copy CONNECTION 'host=db1 password=hidden-word' PUBLICATION books, whole WITH (connect = false, slot_name = NONE)`,
    'own',
  );
  const { distribution } = await testConnection(opened.live);
  assert.deepEqual(distribution, [
    { kind: 'subscription', name: 'copy', publications: ['books', 'whole'], state: 'disabled' },
  ]);
});

test('the nodes of Citus with their shards', async () => {
  await using opened = await openWith(`
    SET allow_system_table_mods = on;
    CREATE TABLE pg_catalog.pg_dist_node (groupid int, nodename text, nodeport int, isactive bool, noderole text);
    CREATE TABLE pg_catalog.pg_dist_placement (shardid bigint, groupid int);
    INSERT INTO pg_dist_node VALUES (0, 'c', 5432, true, 'primary'), (1, 'w1', 5432, true, 'primary'),
      (1, 'w1b', 5432, true, 'secondary'), (2, 'w2', 5432, false, 'primary');
    INSERT INTO pg_dist_placement SELECT n, 1 + n % 2 FROM generate_series(1, 3) n;`);
  const parts = await readDistribution(sql => opened.live.catalogRows(sql), ['citus']);
  assert.deepEqual(
    parts.map(part => `${part.name}: ${distributionText(part)}`),
    [
      'c:5432: Citus coordinator, 0 shards',
      'w1:5432: Citus worker, 1 shard',
      'w1b:5432: Citus worker, secondary, 1 shard',
      'w2:5432: Citus worker, 2 shards, inactive',
    ],
  );
});
