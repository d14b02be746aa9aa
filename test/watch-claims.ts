/**
 * What the views of a running server say, on a real server: every part of an observation is there, and the figures are
 * those of the sessions that the test has brought into known states. For servers of any version that is supported.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type PostgresTarget, readConnectionUrl } from '../src/database/connection-url.ts';
import { DatabaseError } from '../src/database/database-error.ts';
import { readAppliedRevisions } from '../src/database/live/applied-revisions.ts';
import { endSession } from '../src/database/live/end-session.ts';
import { explainQuery } from '../src/database/live/explain-query.ts';
import { LiveConnection } from '../src/database/live/live-connection.ts';
import { readSchema } from '../src/database/live/read-schema.ts';
import { readTableSizes } from '../src/database/live/table-sizes.ts';
import { testConnection } from '../src/database/live/test-connection.ts';
import type { ServerReading } from '../src/protocol/pools.ts';
import type { PostgresServer } from '../src/tools/postgres.ts';
import { readingOf, watch } from './unit/server/live/watched.ts';
import { waitFor } from './wait-for.ts';

export function testWatchClaims(
  version: number,
  start: (settings: Readonly<Record<string, string>>) => Promise<PostgresServer>,
): void {
  let server: PostgresServer;
  let admin: pg.Client;
  let live: LiveConnection;

  before(async () => {
    server = await start({ max_connections: '30', superuser_reserved_connections: '3' });
    admin = await opened(server.url, 'admin');
    live = new LiveConnection(targetOf(server.url));
  });
  after(async () => {
    await Promise.all([admin.end(), live.dispose()]);
    await server.stop();
  });

  test(`PostgreSQL ${version}: activity, locks, capacity and pools, no part of them missing`, async () => {
    await admin.query(
      `CREATE TABLE contended (x int); CREATE ROLE app LOGIN PASSWORD 'p' CONNECTION LIMIT 9`,
    );
    const url = new URL(server.url);
    [url.username, url.password] = ['app', 'p'];
    await admin.query('GRANT ALL ON contended TO app');
    const sessions = await Promise.all(Array.from({ length: 4 }, () => opened(url.href, 'shop')));
    const [holder, waiting, aborted, idle] = sessions;
    assert.ok(holder && waiting && aborted && idle);
    await holder.query('BEGIN; LOCK TABLE contended');
    await aborted.query('BEGIN');
    await aborted.query('SELECT 1 / 0').catch(() => {});
    const blocked = waiting.query('SELECT * FROM contended');
    await using watched = watch(server.url);
    const is = (wanted: (reading: ServerReading) => boolean) =>
      watched.pools.next(snapshot => {
        const reading = readingOf(snapshot);
        return reading?.kind === 'observed' && wanted(reading);
      });
    const reading = readingOf(await is(each => (each.applications.find(isShop)?.waiting ?? 0) > 0));
    assert.ok(reading?.kind === 'observed');
    assert.deepEqual([reading.unavailable, Number.parseInt(reading.version, 10)], [[], version]);
    const { limit, role, lagSeconds, limits } = reading.capacity;
    assert.deepEqual([limit, role, lagSeconds, limits], [27, 'primary', null, ['role app 4 of 9']]);
    assert.ok(Date.parse(reading.startedAt ?? '') <= Date.now());
    const shop = reading.applications.find(isShop);
    assert.deepEqual(
      [shop?.sessions, shop?.inUse, shop?.idle, shop?.idleInTransaction, shop?.waiting],
      [4, 3, 1, 2, 1],
    );
    const line = reading.sessions.find(({ blockedBy }) => blockedBy.length > 0);
    const { rows } = await admin.query<{ pid: number; by: number[] }>(
      "SELECT pid, pg_blocking_pids(pid) AS by FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
    );
    assert.deepEqual(rows, [{ pid: line?.pid, by: line?.blockedBy }]);
    assert.equal(line?.query, 'SELECT * FROM contended');

    await holder.query('ROLLBACK');
    await blocked;
    const work = async () => {
      await admin.query('INSERT INTO contended VALUES (1)');
      return readingOf(watched.pools.messages.at(-1) ?? { connections: [] });
    };
    await waitFor('rates', async () => {
      const now = await work();
      return (
        now?.kind === 'observed' &&
        (now.rates.rowsWritten ?? 0) > 0 &&
        (now.figures.transactionsPerSecond ?? 0) > 0
      );
    });
    await Promise.all(sessions.map(session => session.end()));
  });

  test(`PostgreSQL ${version}: the connection’s test, plans, sizes, schema, revisions, and the end of a session`, async () => {
    await admin.query(`CREATE TABLE t (id int PRIMARY KEY, n numeric(10, 2) NOT NULL DEFAULT 0);
      CREATE INDEX ON t (n DESC) INCLUDE (id); INSERT INTO t SELECT generate_series(1, 100);
      CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('a')`);
    const report = await testConnection(live);
    assert.deepEqual([Number.parseInt(report.serverVersion, 10), report.seesAllSessions], [version, true]);
    assert.equal(report.product, 'PostgreSQL');
    for (const sql of ['SELECT * FROM t WHERE id = $1 -- and so on', 'UPDATE t SET n = $1 WHERE id = $2;'])
      assert.match(await explainQuery(live, sql), /t_pkey|Seq Scan on .*t\b/);
    await assert.rejects(explainQuery(live, 'SELECT $1; DROP TABLE t'), DatabaseError);
    assert.deepEqual(await live.rows('SELECT name FROM pg_prepared_statements'), []);
    assert.ok((await readTableSizes(live)).some(({ name }) => name === 't'));
    assert.ok((await readSchema(live, { schemas: [] })).tables.some(({ name }) => name === 't'));
    assert.deepEqual(await readAppliedRevisions(live, { name: 'alembic_version', schema: null }), ['a']);
    const verdict = await live.describe('SELECT n FROM t WHERE id = $1');
    assert.ok(verdict.kind === 'ok' && verdict.columns[0]?.type === 'numeric(10,2)');

    const victim = await opened(server.url, 'victim');
    const { rows } = await admin.query<{ pid: number; started: string }>(
      "SELECT pid, backend_start::text AS started FROM pg_stat_activity WHERE application_name = 'victim'",
    );
    const [{ pid, started: startedAt } = { pid: 0, started: '' }] = rows;
    assert.equal(await endSession(live, { pid, startedAt, how: 'terminate' }), 'done');
    await victim.end().catch(() => {});
  });
}

const isShop = ({ application }: { readonly application: string }) => application === 'shop';

function targetOf(url: string): PostgresTarget {
  const target = readConnectionUrl(url);
  return target.kind === 'postgresql' ? target : assert.fail(target.kind);
}

async function opened(url: string, application_name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name });
  client.on('error', () => {});
  await client.connect();
  return client;
}
