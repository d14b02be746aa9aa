/**
 * Parts that other products lack, taken away from a real server in the way in which they lack them: each is named, and
 * everything else is told. CockroachDB has empty views in the place of some, Aurora functions that refuse to answer,
 * managed services views that only their own administrators may read.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { poolPictureText } from '../../../src/cli/pool-report-text.ts';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { ActivityReader } from '../../../src/database/live/activity-reader.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { ownPools } from '../../../src/database/own-pools.ts';
import type { PoolReading, ServerReading } from '../../../src/protocol/pools.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { readingOf, watch } from '../server/live/watched.ts';

/** Runs as a superuser who may change what the system's own schema holds. */
const cases: readonly {
  readonly name: string;
  readonly changes: string;
  readonly unavailable: readonly RegExp[];
  readonly is?: (reading: ServerReading) => boolean;
}[] = [
  {
    name: 'a view of sessions that is there and stays empty, and counters that are none (CockroachDB)',
    changes: `ALTER VIEW pg_catalog.pg_stat_activity RENAME TO old_stat_activity;
      CREATE VIEW pg_catalog.pg_stat_activity AS SELECT * FROM pg_catalog.old_stat_activity WHERE false;
      GRANT SELECT ON pg_catalog.pg_stat_activity TO PUBLIC;
      ALTER VIEW pg_catalog.pg_stat_database RENAME TO old_stat_database;
      CREATE VIEW pg_catalog.pg_stat_database AS SELECT * FROM pg_catalog.old_stat_database WHERE false;
      GRANT SELECT ON pg_catalog.pg_stat_database TO PUBLIC;
      CREATE OR REPLACE FUNCTION pg_catalog.pg_blocking_pids(int) RETURNS int[] LANGUAGE sql AS $$ SELECT '{}'::int[] $$`,
    unavailable: [/^Sessions are not told here/, /^Transactions and deadlocks are not counted here/],
    is: ({ capacity }) => capacity.sessions === 0,
  },
  {
    name: 'a standby that refuses to say what it has received (Aurora)',
    changes: `CREATE OR REPLACE FUNCTION pg_catalog.pg_is_in_recovery() RETURNS bool LANGUAGE sql AS 'SELECT true';
      ALTER FUNCTION pg_catalog.pg_last_wal_receive_lsn() RENAME TO gone_receive_lsn;
      CREATE FUNCTION pg_catalog.pg_last_wal_receive_lsn() RETURNS pg_lsn LANGUAGE plpgsql AS $$
        BEGIN RAISE 'Function pg_last_wal_receive_lsn() is currently not supported in Aurora' USING ERRCODE = '0A000'; END $$`,
    unavailable: [/^How far a standby is behind is not told here/],
    is: ({ capacity }) => capacity.role === 'standby' && capacity.lagSeconds === null,
  },
  {
    name: 'functions that are not there (YugabyteDB and others)',
    changes: `ALTER FUNCTION pg_catalog.pg_blocking_pids(int) RENAME TO gone_blocking_pids;
      ALTER FUNCTION pg_catalog.pg_stat_get_wal_senders() RENAME TO gone_wal_senders;
      ALTER FUNCTION pg_catalog.pg_postmaster_start_time() RENAME TO gone_start_time;
      ALTER FUNCTION pg_catalog.hashtextextended(text, bigint) RENAME TO gone_hash`,
    unavailable: [/^Who blocks whom/, /^Standbys are not shown/, /^When the server was started/],
    is: ({ startedAt, applications }) => startedAt === null && applications.some(isShop),
  },
  {
    name: 'no limit of sessions (CockroachDB, proxies)',
    changes: `ALTER FUNCTION pg_catalog.current_setting(text, bool) RENAME TO own_setting;
      CREATE FUNCTION pg_catalog.current_setting(name text, missing_ok bool) RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT CASE WHEN name = 'max_connections' THEN '-1' ELSE pg_catalog.own_setting(name, missing_ok) END $$`,
    unavailable: [/^How many sessions the server allows is not told here/],
    is: ({ capacity, applications }) =>
      capacity.limit === null &&
      capacity.sessions > 0 &&
      capacity.warnings.length === 0 &&
      applications.some(isShop),
  },
  {
    name: 'settings that are not known',
    changes: `ALTER FUNCTION pg_catalog.current_setting(text, bool) RENAME TO own_setting`,
    unavailable: [/^How many sessions the server allows is not told here/],
    is: ({ capacity, applications }) => capacity.limit === null && applications.some(isShop),
  },
  {
    name: 'views that this user may not read (managed services)',
    changes: `REVOKE SELECT ON pg_catalog.pg_stat_database, pg_catalog.pg_roles, pg_catalog.pg_stat_replication FROM PUBLIC`,
    unavailable: [/^Transactions and deadlocks/, /^Standbys are not shown/, /^Connection limits/],
    is: ({ figures, applications }) => figures.transactionsPerSecond === null && applications.some(isShop),
  },
];

const isShop = ({ application, sessions }: { readonly application: string; readonly sessions: number }) =>
  application === 'shop' && sessions === 1;

for (const { name, changes, unavailable, is = () => true } of cases) {
  test(name, async context => {
    await using server = await startPostgres({ settings: { allow_system_table_mods: 'on' } });
    const admin = await opened(server.url, 'admin', context);
    await admin.query("CREATE ROLE app LOGIN PASSWORD 'p'; GRANT pg_read_all_stats TO app");
    await admin.query(changes);
    const url = new URL(server.url);
    [url.username, url.password] = ['app', 'p'];
    await opened(url.href, 'shop', context);
    await using watched = watch(url.href);
    const seen = (reading: PoolReading | undefined): reading is ServerReading =>
      reading?.kind === 'observed' && is(reading);
    const snapshot = await watched.pools.next(
      each =>
        readingOf(each)?.kind !== 'waiting' &&
        (readingOf(each)?.kind !== 'observed' || seen(readingOf(each))),
    );
    const reading = readingOf(snapshot);
    assert.ok(seen(reading), JSON.stringify(reading));
    assert.equal(reading.unavailable.length, unavailable.length, reading.unavailable.join('\n'));
    for (const [index, sentence] of reading.unavailable.entries())
      assert.match(sentence, unavailable[index] ?? /never/);
    const target = readConnectionUrl(url.href);
    assert.ok(target.kind === 'postgresql');
    const live = new LiveConnection(target);
    context.after(() => live.dispose());
    const report = ownPools(await new ActivityReader(live).read(), []);
    const printed = poolPictureText({ own: report, report, bouncer: null, telemetry: [] });
    assert.ok(
      reading.unavailable.every(sentence => printed.includes(sentence)),
      printed,
    );
  });
}

async function opened(url: string, application_name: string, context: TestContext): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name });
  client.on('error', () => {});
  await client.connect();
  context.after(() => client.end().catch(() => {}));
  return client;
}
