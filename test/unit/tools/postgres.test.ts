/** The embedded server: reachable with its password only, and gone without a trace; and the databases tests get. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from 'pg';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { postgresCacheRoot } from '../../../src/tools/postgres-binaries.ts';
import { testDatabase } from '../../postgres.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

test('a server answers with its password, refuses without it, and leaves no data behind', async () => {
  const server = await startPostgres({ settings: { max_connections: '12' } });
  assert.equal(await ask(server.url, 'SHOW max_connections'), '12');
  const data = String(await ask(server.url, 'SHOW data_directory'));
  await assert.rejects(
    ask(server.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1'),
    /password authentication failed/,
  );
  await server.stop();
  assert.ok(!existsSync(data));
  await assert.rejects(ask(server.url, 'SELECT 1'), /ECONNREFUSED/);
});

test('a server with a directory keeps its data and its password', async () => {
  const directory = join(postgresCacheRoot(), `test-${process.pid}`);
  try {
    const first = await startPostgres({ directory });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await using second = await startPostgres({ directory, port: first.port });
    assert.equal(second.url, first.url);
    assert.equal(await ask(second.url, 'SELECT answer FROM kept'), 42);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('each test database is empty and its own', async () => {
  await using first = await testDatabase();
  await using second = await testDatabase();
  await ask(first.url, 'CREATE TABLE mine (id int)');
  assert.equal(await ask(second.url, "SELECT to_regclass('mine')"), null);
});
