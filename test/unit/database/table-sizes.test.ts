/** How large the tables of a real database say that they are. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readTableSizes } from '../../../src/database/live/table-sizes.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';

let database: TestDatabase;
let connection: LiveConnection;

before(async () => {
  database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`CREATE SCHEMA ops;
    CREATE TABLE orders (id int, note text);
    INSERT INTO orders SELECT i, 'note' FROM generate_series(1, 12345) AS i;
    CREATE TABLE ops.jobs (id int);
    CREATE TABLE events (id int) PARTITION BY RANGE (id);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (1000);
    CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (1000) TO (2000);
    INSERT INTO events SELECT generate_series(1, 1999);
    ANALYZE orders, events_1, events_2`);
  await client.end();
  const target = readConnectionUrl(database.url, {}, {});
  assert.equal(target.kind, 'postgresql');
  if (target.kind === 'postgresql') connection = new LiveConnection(target);
});
after(async () => {
  await connection.dispose();
  await database[Symbol.asyncDispose]();
});

test('rows and bytes, to two digits, of tables, partitions and what they are parts of', async () => {
  const sizes = await readTableSizes(connection);
  const shown = sizes.map(({ schema, name, rows }) => `${schema ?? ''}.${name} ${rows}`);
  assert.deepEqual(shown, [
    '.events 2000',
    '.events_1 1000',
    '.events_2 1000',
    '.orders 12000',
    'ops.jobs null',
  ]);
  const bytesOf = (wanted: string) => sizes.find(({ name }) => name === wanted)?.bytes ?? 0;
  assert.ok(bytesOf('orders') > 100_000);
  assert.ok(
    Math.abs(bytesOf('events') - bytesOf('events_1') - bytesOf('events_2')) <= bytesOf('events') / 10,
  );
});
