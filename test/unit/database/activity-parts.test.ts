// What can be done and read on a real server beyond the plain case: parts that it lacks, sessions that are ended, plans.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { DatabaseError } from '../../../src/database/database-error.ts';
import { ActivityReader } from '../../../src/database/live/activity-reader.ts';
import { endSession } from '../../../src/database/live/end-session.ts';
import { explainQuery } from '../../../src/database/live/explain-query.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { waitFor } from '../../wait-for.ts';

function open(url: string): LiveConnection {
  const target = readConnectionUrl(url);
  assert.ok(target.kind === 'postgresql');
  return new LiveConnection(target);
}

async function client(url: string, application_name: string): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: url, application_name });
  opened.on('error', () => {});
  await opened.connect();
  return opened;
}

test('what a server does not let this user see is left out and named; the rest is shown', async () => {
  await using server = await startPostgres();
  const admin = await client(server.url, 'admin');
  await admin.query(`CREATE ROLE app LOGIN PASSWORD 'p';
    REVOKE EXECUTE ON FUNCTION pg_blocking_pids(int) FROM PUBLIC;
    REVOKE SELECT ON pg_stat_database FROM PUBLIC`);
  const url = new URL(server.url);
  url.username = 'app';
  url.password = 'p';
  const live = open(url.href);
  try {
    const reader = new ActivityReader(live);
    for (const _ of [1, 2]) {
      const activity = await reader.read();
      assert.deepEqual(activity.unavailable, ['locks', 'statistics']);
      assert.equal(activity.server.statistics, null);
      assert.ok(activity.server.startedAt !== null);
      assert.deepEqual(
        activity.sessions.map(({ applicationName, blockedBy }) => [applicationName, blockedBy]),
        [['admin', []]],
      );
    }
  } finally {
    await live.dispose();
    await admin.end();
  }
});

test('a server that keeps its sessions to itself says so, and what would help', async () => {
  await using server = await startPostgres();
  const admin = await client(server.url, 'admin');
  await admin.query(`CREATE ROLE app LOGIN PASSWORD 'p';
    REVOKE SELECT ON pg_stat_activity FROM PUBLIC`);
  const url = new URL(server.url);
  [url.username, url.password] = ['app', 'p'];
  const live = open(url.href);
  try {
    const reader = new ActivityReader(live);
    for (const _ of [1, 2])
      await assert.rejects(reader.read(), /may not read this: .*pg_stat_activity.* Grant pg_read_all_stats/);
    await admin.query('GRANT SELECT ON pg_stat_activity TO app');
    const { sessions, unavailable } = await reader.read();
    assert.deepEqual([sessions.length, unavailable], [1, []]);
  } finally {
    await live.dispose();
    await admin.end();
  }
});

test('what is known from before is as true as what is read anew, whatever sessions do', async () => {
  await using server = await startPostgres();
  const live = open(server.url);
  const other = open(server.url);
  const admin = await client(server.url, 'admin');
  await admin.query("CREATE ROLE app LOGIN PASSWORD 'p'");
  const url = new URL(server.url);
  [url.username, url.password] = ['app', 'p'];
  let sessions = await Promise.all(
    Array.from({ length: 12 }, (_, index) => client(url.href, `app ${index}`)),
  );
  const [first, second] = sessions;
  assert.ok(first && second);
  try {
    const reader = new ActivityReader(live);
    const steps = [
      async () => {},
      async () => void (await first.query('BEGIN; SELECT 1')),
      async () => void (await second.query("SET application_name = 'database-patterns'")),
      async () => void (await second.query("SET application_name = E'a \\\\ \"; (1,2)'")),
      async () => {
        await Promise.all(sessions.splice(6).map(session => session.end()));
        sessions = [...sessions, await client(url.href, 'late')];
      },
      async () => void (await other.rows('SELECT 1')),
      async () => void (await admin.query('ALTER ROLE app RENAME TO owner')),
    ];
    for (const step of steps) {
      await step();
      // Who ends needs a moment to be gone.
      await waitFor('the same answer', async () => {
        const [kept, anew] = [await reader.read(), await new ActivityReader(live).read()];
        return isDeepStrictEqual([kept.sessions, kept.capacity], [anew.sessions, anew.capacity]);
      });
    }
    const listed = await admin.query(
      "SELECT pid, usename AS user FROM pg_stat_activity WHERE application_name <> 'database-patterns' AND backend_type = 'client backend' ORDER BY backend_start, pid",
    );
    const told = (await reader.read()).sessions;
    assert.deepEqual(
      told.map(({ pid, user }) => ({ pid, user })),
      listed.rows,
    );
  } finally {
    await Promise.all([...sessions, admin].map(session => session.end()));
    await Promise.all([live.dispose(), other.dispose()]);
  }
});

test('a server without digests tells the same', async () => {
  await using server = await startPostgres();
  const admin = await client(server.url, 'admin');
  await admin.query(`CREATE ROLE app LOGIN PASSWORD 'p'; GRANT pg_read_all_stats TO app;
    REVOKE EXECUTE ON FUNCTION hashtextextended(text, bigint) FROM PUBLIC`);
  const url = new URL(server.url);
  [url.username, url.password] = ['app', 'p'];
  const live = open(url.href);
  try {
    const reader = new ActivityReader(live);
    for (const query of ['SELECT 1', 'SELECT 2']) {
      await admin.query(query);
      const { sessions, unavailable } = await reader.read();
      assert.deepEqual([sessions.map(session => session.query), unavailable], [[query], []]);
    }
  } finally {
    await live.dispose();
    await admin.end();
  }
});

test('views that a search path puts before the server’s own are not asked', async () => {
  await using server = await startPostgres();
  const admin = await client(server.url, 'admin');
  await admin.query(`CREATE SCHEMA evil;
    CREATE VIEW evil.pg_stat_activity AS SELECT * FROM pg_catalog.pg_stat_activity WHERE false;
    CREATE FUNCTION evil.pg_backend_pid() RETURNS int LANGUAGE sql AS 'SELECT 1 / 0';
    ALTER ROLE postgres SET search_path = evil, pg_catalog`);
  const live = open(server.url);
  try {
    const reader = new ActivityReader(live);
    for (const _ of [1, 2, 3]) {
      const { sessions } = await reader.read();
      assert.deepEqual(
        sessions.map(({ applicationName }) => applicationName),
        ['admin'],
      );
    }
  } finally {
    await live.dispose();
    await admin.end();
  }
});

test('a session is ended only if it is still the one that was seen', async () => {
  await using server = await startPostgres();
  const live = open(server.url);
  const victim = await client(server.url, 'victim');
  try {
    const seen = async () =>
      (await new ActivityReader(live).read()).sessions.find(each => each.applicationName === 'victim');
    const sleeping = victim.query('SELECT pg_sleep(600)').then(
      () => 'slept',
      (error: Error) => error.message,
    );
    const session = await seen();
    assert.ok(session);
    const { pid, startedAt } = session;
    const other = '2001-01-01 00:00:00+00';
    assert.equal(await endSession(live, { pid, startedAt: other, how: 'terminate' }), 'gone');
    assert.equal(await endSession(live, { pid, startedAt: "'; SELECT 1; --", how: 'cancel' }), 'gone');
    assert.equal(await endSession(live, { pid, startedAt, how: 'cancel' }), 'done');
    assert.match(await sleeping, /canceling statement due to user request/);
    assert.ok(await seen(), 'a cancelled session stays');
    assert.equal(await endSession(live, { pid, startedAt, how: 'terminate' }), 'done');
    await waitFor(
      'its end',
      async () => (await endSession(live, { pid, startedAt, how: 'terminate' })) === 'gone',
    );
  } finally {
    await victim.end().catch(() => {});
    await live.dispose();
  }
});

test('a plan is shown, and nothing in the text of a session is ever run', async () => {
  await using server = await startPostgres();
  const admin = await client(server.url, 'admin');
  await admin.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
  const live = open(server.url);
  try {
    assert.match(await explainQuery(live, 'SELECT * FROM t WHERE id = $1'), /t_pkey|Seq Scan on .*t\b/);
    assert.match(await explainQuery(live, 'DELETE FROM t'), /Delete on .*t\b/);
    for (const text of [
      'ANALYZE DELETE FROM t',
      'SELECT 1; DELETE FROM t',
      'COMMIT; DROP TABLE t',
      'SELECT 1) DELETE FROM t',
    ])
      await assert.rejects(explainQuery(live, text), DatabaseError, text);
    assert.equal((await admin.query('SELECT * FROM t')).rowCount, 1);
  } finally {
    await live.dispose();
    await admin.end();
  }
});
