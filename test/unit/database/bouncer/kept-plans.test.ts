// Plans that a session of the server keeps, and that are left nowhere else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../../src/database/live/live-connection.ts';
import { bouncerTest } from '../../../pgbouncer.ts';
import { testDatabase } from '../../../postgres.ts';

function open(url: string): LiveConnection {
  const target = readConnectionUrl(url);
  assert.ok(target.kind === 'postgresql');
  return new LiveConnection(target);
}

const statements = [
  'SELECT 1 AS a',
  'SELECT 2 AS b UNION SELECT 3 ORDER BY b',
  { statement: 'SELECT $1::text', argument: "it's \\ $1" },
];
const answers = [['1'], ['2', '3'], ["it's \\ $1"]];

async function keptStatements(live: LiveConnection): Promise<unknown> {
  return (await live.rows('SELECT count(*)::int AS count FROM pg_prepared_statements'))[0]?.count;
}

test('statements that are asked again are planned once, also after one that failed', async () => {
  await using database = await testDatabase();
  const live = open(database.url);
  try {
    for (const _ of [1, 2]) {
      assert.deepEqual(await live.texts(statements), answers);
      assert.equal(await keptStatements(live), statements.length);
    }
    await assert.rejects(live.texts(['SELECT 1 AS a', 'SELECT 1 / 0']), /division by zero/);
    assert.deepEqual(await live.texts(statements), answers);
    assert.equal(await keptStatements(live), statements.length);
    await assert.rejects(live.texts(['CREATE TABLE t ()']), /syntax error|read-only/);
  } finally {
    await live.dispose();
  }
});

const small = { settings: { pool_mode: 'transaction', default_pool_size: '1' } };

bouncerTest('behind a pooler nothing is left with a session that others are given', small, async scene => {
  const live = open(scene.bouncer.url('postgres'));
  try {
    for (const _ of [1, 2]) assert.deepEqual(await live.texts(statements), answers);
    assert.equal(await keptStatements(live), 0);
  } finally {
    await live.dispose();
  }
});
