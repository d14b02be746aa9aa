// Ten thousand databases and hostile names on a real server: harmless in what is observed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { isObserved, readingOf, watch } from '../server/live/watched.ts';

const names = [`"; DROP TABLE t; --`, `<script>alert(1)</script>`, `prod\u202etset`, `it's "quoted"`, '\\'];

test('a server with ten thousand databases, and roles and programs with hostile names', async () => {
  await using server = await startPostgres({ settings: { allow_system_table_mods: 'on' } });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  // As rows of the catalog: to make each would copy a template ten thousand times.
  await admin.query(`INSERT INTO pg_database
    SELECT (jsonb_populate_record(d, jsonb_build_object('oid', 100000 + n, 'datname', 'tenant ' || n, 'datconnlimit', 5))).*
    FROM pg_database d, generate_series(1, 10000) n WHERE d.datname = 'template1'`);
  const opened: pg.Client[] = [];
  for (const name of names) {
    await admin.query(`CREATE ROLE ${pg.escapeIdentifier(name)} LOGIN PASSWORD 'p'`);
    const url = new URL(server.url);
    const client = new pg.Client({
      host: url.hostname,
      port: Number(url.port),
      database: 'postgres',
      user: name,
      password: 'p',
      application_name: name,
    });
    await client.connect();
    opened.push(client);
  }
  await using watched = watch(server.url);
  try {
    const reading = readingOf(await watched.pools.next(isObserved));
    assert.ok(reading?.kind === 'observed');
    const users = reading.sessions.map(({ user }) => user).filter(user => user !== 'postgres');
    assert.deepEqual(users, [...names.slice(0, 2), 'prod\\u{202e}tset', ...names.slice(3)]);
    // PostgreSQL itself writes out what is not ASCII in an application's name.
    assert.ok(reading.applications.some(({ application }) => application === names[1]));
    assert.equal(reading.applications.length, names.length + 1);
  } finally {
    await Promise.all([...opened, admin].map(client => client.end()));
  }
});
