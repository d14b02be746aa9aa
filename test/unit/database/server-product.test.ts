// What a server says of itself, as each product's documentation shows its version(), and one mark on a real server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { testConnection } from '../../../src/database/live/test-connection.ts';
import { serverProduct } from '../../../src/database/server-product.ts';
import { testDatabase } from '../../postgres.ts';

for (const [version, marks, product] of [
  ['PostgreSQL 18.4 on x86_64-linux-gnu', [], 'PostgreSQL'],
  ['PostgreSQL 16.4 on x86_64-pc-linux-gnu', ['citus'], 'PostgreSQL with Citus'],
  ['PostgreSQL 15.4 on aarch64-unknown-linux-gnu', ['aurora_version'], 'Aurora PostgreSQL'],
  ['CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15)', [], 'CockroachDB'],
  ['PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu', [], 'YugabyteDB'],
  ['PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC, Redshift 1.0.63282', [], 'Redshift'],
] as const)
  test(`${product}, by ${version.slice(0, 40)}`, () => assert.equal(serverProduct(version, marks), product));

test('a function that only Aurora has is looked for', async () => {
  await using database = await testDatabase('own');
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query('CREATE FUNCTION public.aurora_version() RETURNS text LANGUAGE sql AS $$ SELECT NULL $$');
  await admin.end();
  const target = readConnectionUrl(database.url);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  try {
    assert.equal((await testConnection(live)).product, 'Aurora PostgreSQL');
  } finally {
    await live.dispose();
  }
});
