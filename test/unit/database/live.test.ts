import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type PostgresTarget, readConnectionUrl } from '../../../src/database/connection-url.ts';
import { DatabaseError, type DatabaseFailure } from '../../../src/database/database-error.ts';
import { readAppliedRevisions } from '../../../src/database/live/applied-revisions.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readActivity } from '../../../src/database/live/read-activity.ts';
import { testConnection } from '../../../src/database/live/test-connection.ts';
import { observePools } from '../../../src/database/pools.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';
import { waitFor } from '../../wait-for.ts';

let database: TestDatabase;
let connection: LiveConnection;
let admin: pg.Client;

before(async () => {
  database = await testDatabase('own');
  connection = new LiveConnection(targetOf(database.url));
  admin = await client('admin');
});
after(async () => {
  await connection.dispose();
  await admin.end();
  await database[Symbol.asyncDispose]();
});

function targetOf(url: string): PostgresTarget {
  const target = readConnectionUrl(url);
  return target.kind === 'postgresql' ? target : assert.fail(target.kind);
}

async function client(applicationName: string): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: database.url, application_name: applicationName });
  await opened.connect();
  return opened;
}

/** Waits until the server itself says that something is so. */
async function until(condition: string): Promise<void> {
  await waitFor(condition, async () => {
    const { rows } = await admin.query<{ so: boolean }>(`SELECT (${condition}) AS so`);
    return rows[0]?.so;
  });
}

async function reasonFor(change: (url: URL) => void): Promise<DatabaseFailure> {
  const url = new URL(database.url);
  change(url);
  const failing = new LiveConnection(targetOf(url.href));
  try {
    await testConnection(failing);
    return assert.fail('connected');
  } catch (error) {
    assert.ok(error instanceof DatabaseError, String(error));
    assert.ok(!error.message.includes(url.password || 'no password'), error.message);
    return error.reason;
  } finally {
    await failing.dispose();
  }
}

test('what a connection test tells', async () => {
  const report = await testConnection(connection);
  assert.match(report.serverVersion, /^\d+(\.\d+)?$/);
  assert.equal(Math.floor(report.serverVersionNumber / 10_000), Number.parseInt(report.serverVersion, 10));
  assert.equal(report.database, targetOf(database.url).database);
  assert.ok(report.latencyMs > 0 && report.seesAllSessions && !report.inRecovery);
});

test('each failure has its reason', async () => {
  assert.equal(
    await reasonFor(url => {
      url.password = 'wrong';
    }),
    'password',
  );
  assert.equal(
    await reasonFor(url => {
      url.pathname = '/nosuch';
    }),
    'no-database',
  );
  assert.equal(
    await reasonFor(url => {
      url.port = '1';
    }),
    'refused',
  );
  assert.equal(
    await reasonFor(url => {
      url.hostname = 'nosuch.invalid';
    }),
    'unknown-host',
  );
  assert.equal(
    await reasonFor(url => {
      url.search = '?sslmode=require';
    }),
    'ssl',
  );
});

test('the next host is tried where the first is not there', async () => {
  const url = new URL(database.url);
  const { host } = url;
  const target = targetOf(database.url.replace(host, `127.0.0.1:1,${host}`));
  const second = new LiveConnection(target);
  assert.ok((await testConnection(second)).latencyMs > 0);
  await second.dispose();
});

test('nothing can be written through the connection', async () => {
  await assert.rejects(connection.rows('CREATE TABLE written ()'), { sqlstate: '25006' });
  const { rows } = await admin.query("SELECT to_regclass('written') AS found");
  assert.deepEqual(rows, [{ found: null }]);
});

test('a checked statement is described and never executed', async () => {
  await admin.query(`CREATE TABLE trace (x int);
    CREATE FUNCTION leave() RETURNS int LANGUAGE sql AS $$ INSERT INTO trace VALUES (1) RETURNING x $$`);
  for (const sql of [
    'SELECT leave()',
    'INSERT INTO trace VALUES (2)',
    'DROP TABLE trace',
    'DO $$ BEGIN PERFORM leave(); END $$',
  ]) {
    assert.equal((await connection.describe(sql)).kind, 'ok', sql);
  }
  assert.deepEqual((await admin.query('SELECT * FROM trace')).rows, []);
});

test('types, sources, hints and places', async () => {
  await admin.query('CREATE TABLE "Odd ""table" (id int NOT NULL, "näme" varchar(5))');
  assert.deepEqual(await connection.describe('SELECT id, "näme" FROM "Odd ""table" WHERE id = $1'), {
    kind: 'ok',
    parameterTypes: ['integer'],
    columns: [
      {
        name: 'id',
        type: 'integer',
        source: { schema: 'public', table: 'Odd "table', column: 'id', notNull: true },
      },
      {
        name: 'näme',
        type: 'character varying(5)',
        source: { schema: 'public', table: 'Odd "table', column: 'näme', notNull: false },
      },
    ],
  });
  const sql = 'SELECT \'😀\', "nämee" FROM "Odd ""table"';
  const verdict = await connection.describe(sql);
  assert.ok(verdict.kind === 'error');
  assert.deepEqual([verdict.sqlstate, verdict.position], ['42703', sql.indexOf('"nämee"')]);
  assert.match(verdict.hint ?? '', /näme/);
});

test('a renamed column is known by its new name', async () => {
  await admin.query('CREATE TABLE renamed (before int)');
  await connection.describe('SELECT * FROM renamed');
  await admin.query('ALTER TABLE renamed RENAME before TO after');
  const verdict = await connection.describe('SELECT * FROM renamed');
  assert.equal(verdict.kind === 'ok' && verdict.columns[0]?.source?.column, 'after');
});

test('a lock in the way is no verdict', async () => {
  await admin.query('CREATE TABLE locked (x int)');
  const holder = await client('holder');
  await holder.query('BEGIN; LOCK TABLE locked');
  assert.equal((await connection.describe('SELECT x FROM locked')).kind, 'unavailable');
  await holder.end();
});

test('the activity equals the server’s own figures for sessions in known states', async () => {
  await admin.query('CREATE TABLE contended (x int)');
  const [idle, idleInTransaction, aborted, waiting, sleeping] = await Promise.all(
    Array.from({ length: 5 }, () => client('app under watch')),
  );
  assert.ok(idle && idleInTransaction && aborted && waiting && sleeping);
  await idleInTransaction.query('BEGIN; LOCK TABLE contended');
  await aborted.query('BEGIN');
  await aborted.query('SELECT 1 / 0').catch(() => {});
  const blocked = waiting.query('SELECT * FROM contended');
  const asleep = sleeping.query('SELECT pg_sleep(60)').catch(() => {});
  await until(
    "(SELECT count(*) FROM pg_stat_activity WHERE application_name = 'app under watch' AND state = 'active') = 2",
  );
  await until(
    "(SELECT count(*) FROM pg_stat_activity WHERE application_name = 'app under watch' AND wait_event_type = 'Lock') = 1",
  );

  // The five, `admin` and `connection`: sessions of the tests before this one may still be on their way out.
  await until("(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') = 7");

  const activity = await readActivity(connection);
  const name = 'app under watch';
  const declared = {
    name: 'engine',
    size: 3,
    maxOverflow: 2,
    applicationName: name,
    database: null,
    user: null,
    processes: 1,
  };
  const report = observePools(activity, [{ ...declared, location: null }]);
  const pool = report.pools.find(({ application }) => application === name);
  assert.ok(pool);
  assert.deepEqual(
    [
      pool.sessions,
      pool.active,
      pool.idleInTransaction,
      pool.idle,
      pool.waitingForLock,
      pool.inUse,
      pool.limit?.total,
    ],
    [5, 2, 2, 1, 1, 4, 5],
  );
  const { rows } = await admin.query<
    Record<string, string>
  >(`SELECT count(*) AS used, current_setting('max_connections') AS max
    FROM pg_stat_activity WHERE backend_type = 'client backend'`);
  assert.equal(report.server.used, Number(rows[0]?.used));
  assert.equal(report.server.maxConnections, Number(rows[0]?.max));
  assert.ok(!activity.sessions.some(({ pid }) => pid === connection.pid));
  const pids = await admin.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE application_name = $1',
    [name],
  );
  assert.deepEqual([...pool.pids].sort(), pids.rows.map(row => row.pid).sort());
  const locked = activity.sessions.find(({ waitEventType }) => waitEventType === 'Lock');
  const holder = activity.sessions.find(
    session => session.state === 'idle in transaction' && session.applicationName === name,
  );
  assert.deepEqual(locked?.blockedBy, [holder?.pid]);

  await admin.query('SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE $1', [
    'SELECT pg_sleep(60)',
  ]);
  await idleInTransaction.query('ROLLBACK');
  await Promise.all([blocked, asleep]);
  await Promise.all([idle, idleInTransaction, aborted, waiting, sleeping].map(session => session.end()));
});

test('others’ sessions are counted and their state is hidden from an ordinary user', async () => {
  await admin.query("CREATE ROLE plain LOGIN PASSWORD 'p' CONNECTION LIMIT 7");
  const url = new URL(database.url);
  url.username = 'plain';
  url.password = 'p';
  const plain = new LiveConnection(targetOf(url.href));
  try {
    assert.equal((await testConnection(plain)).seesAllSessions, false);
    const other = new pg.Client({ connectionString: url.href, application_name: 'other' });
    await other.connect();
    const { sessions, capacity } = await readActivity(plain);
    await other.end();
    const hidden = sessions.find(({ applicationName }) => applicationName === 'admin');
    assert.deepEqual([hidden?.state, hidden?.query], ['hidden', '']);
    assert.deepEqual(capacity.limits, [{ kind: 'role', name: 'plain', limit: 7, used: 1 }]);
  } finally {
    await plain.dispose();
    await admin.query('DROP ROLE plain');
  }
});

test('applied revisions: none, some, another table, and no permission', async () => {
  const read = (name: string, schema: string | null = null) =>
    readAppliedRevisions(connection, { name, schema });
  assert.deepEqual(await read('alembic_version'), []);
  assert.deepEqual(await read('alembic_version', 'no such schema'), []);
  await admin.query(
    "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('b'), ('a')",
  );
  assert.deepEqual(await read('alembic_version'), ['a', 'b']);
  await admin.query('CREATE SCHEMA "It\'s"; CREATE TABLE "It\'s"."Ver;sion" (version_num text)');
  assert.deepEqual(await read('Ver;sion', "It's"), []);
  await admin.query('CREATE TABLE bare (other int)');
  await assert.rejects(read('bare'), { reason: 'query', sqlstate: '42703' });
});

test('a session that the server ends is opened again', async () => {
  await testConnection(connection);
  const { pid } = connection;
  await admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await until(`NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${pid})`);
  assert.deepEqual(await connection.rows('SELECT 1 AS one'), [{ one: 1 }]);
  assert.notEqual(connection.pid, pid);
});

test('an abort rejects at once, and the connection still works', async () => {
  const abort = new AbortController();
  const slow = connection.rows('SELECT pg_sleep(0.2)', abort.signal);
  abort.abort();
  await assert.rejects(slow, { name: 'AbortError' });
  assert.deepEqual(await connection.rows('SELECT 1 AS one'), [{ one: 1 }]);
});

test('a query over its time is ended by the server', async () => {
  const hasty = new LiveConnection(targetOf(database.url), { statementTimeoutMs: 50 });
  await assert.rejects(hasty.rows('SELECT pg_sleep(30)'), { reason: 'timeout', sqlstate: '57014' });
  await hasty.dispose();
});

test('a server that freezes is a timeout, and a fresh session answers', async () => {
  const hasty = new LiveConnection(targetOf(database.url), { statementTimeoutMs: 100 });
  await hasty.rows('SELECT 1');
  const frozen = hasty.pid ?? assert.fail();
  process.kill(frozen, 'SIGSTOP');
  try {
    await assert.rejects(hasty.rows('SELECT 1'), { reason: 'timeout' });
    assert.deepEqual(await hasty.rows('SELECT 2 AS two'), [{ two: 2 }]);
  } finally {
    process.kill(frozen, 'SIGCONT');
    await hasty.dispose();
  }
});

test('what waits behind a question without an answer fails with it; what comes later is answered', async () => {
  const hasty = new LiveConnection(targetOf(database.url), { statementTimeoutMs: 100 });
  await hasty.rows('SELECT 1');
  const frozen = hasty.pid ?? assert.fail();
  process.kill(frozen, 'SIGSTOP');
  try {
    const answers = await Promise.allSettled([1, 2, 3].map(() => hasty.rows('SELECT 1')));
    const reasons = answers.map(answer => answer.status === 'rejected' && answer.reason.reason);
    assert.deepEqual(reasons, ['timeout', 'timeout', 'timeout']);
    assert.deepEqual(await hasty.rows('SELECT 2 AS two'), [{ two: 2 }]);
  } finally {
    process.kill(frozen, 'SIGCONT');
    await hasty.dispose();
  }
});

test('questions asked at once are answered one after the other', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => connection.rows(`SELECT ${n} AS n`)),
  );
  assert.deepEqual(
    answers,
    Array.from({ length: 20 }, (_, n) => [{ n }]),
  );
});

test('rows and descriptions asked at once leave pg nothing to queue, which it warns of', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.message);
  process.on('warning', note);
  const verdicts = Array.from({ length: 5 }, () => connection.describe('SELECT $1::int AS n'));
  const rows = Array.from({ length: 5 }, () => connection.rows('SELECT 1 AS n'));
  assert.deepEqual(await Promise.all(rows), Array(5).fill([{ n: 1 }]));
  for (const verdict of await Promise.all(verdicts)) assert.equal(verdict.kind, 'ok');
  // Node hands warnings on in a later turn of its loop.
  await new Promise(setImmediate);
  process.off('warning', note);
  assert.deepEqual(warnings, []);
});
