// The live half of the server on a real PostgreSQL: what the views are told, and when.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import type { TableSizes } from '../../../../src/database/live/table-sizes.ts';
import type { ConnectionInfo } from '../../../../src/protocol/connections.ts';
import type { MigrationsSnapshot } from '../../../../src/protocol/migrations.ts';
import type { PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { LiveServices } from '../../../../src/server/live/live-services.ts';
import {
  type FoundEnvironment,
  type FoundPool,
  type FoundRevision,
  type LiveFacts,
  noLiveFacts,
} from '../../../../src/server/live/ports.ts';
import type { TestDatabase } from '../../../postgres.ts';
import { testDatabase } from '../../../postgres.ts';
import { waitFor } from '../../../wait-for.ts';
import { Told, ToldPools } from './told.ts';

const place = { uri: 'file:///w/app.py', line: 0, character: 0 };
let database: TestDatabase;

before(async () => {
  database = await testDatabase('own');
});
after(() => database[Symbol.asyncDispose]());

function open(passwords: Record<string, string> = {}) {
  const asked: string[] = [];
  const connections = new Told<readonly ConnectionInfo[]>();
  const pools = new ToldPools();
  const migrations = new Told<MigrationsSnapshot>();
  const sizes = new Told<ReadonlyMap<string, TableSizes>>();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const services = new LiveServices(
    {
      logger: { info: log, warn: log, error: log },
      code: { ofStatement: () => null, ofPath: () => null },
      askPassword: async id => {
        asked.push(id);
        return passwords[id] ?? null;
      },
      connectionsChanged: connections.tell,
      poolsChanged: pools.hear,
      migrationsChanged: migrations.tell,
      tableSizesRead: sizes.tell,
    },
    { environment: {}, readServices: () => ({}) },
  );
  return {
    services,
    connections,
    pools,
    migrations,
    sizes,
    asked,
    logged,
    [Symbol.asyncDispose]: () => services.dispose(),
  };
}

function facts(url: string, more: Partial<LiveFacts> = {}): LiveFacts {
  const origin = { kind: 'environment-file', label: '.env:1', place } as const;
  const connections = [{ url, name: null, origin, folder: '/w' }];
  return { ...noLiveFacts, connections, ...more };
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

test('Restricted Mode: connections are listed, nothing is opened, no password is asked for', async () => {
  await using live = open();
  live.services.update(facts(database.url, { environments: [environment(database.url)] }));
  live.services.watchPools(250);
  live.services.watchMigrations();
  const { environments } = await live.services.migrations();
  assert.equal(environments[0]?.database.kind, 'none');
  const [connection] = live.services.connections().connections;
  assert.equal(connection?.state.kind, 'untested');
  assert.equal((await live.services.test(connection?.id ?? '')).kind, 'unsupported');
  assert.deepEqual(live.pools.messages.at(-1), { connections: [] });
  assert.deepEqual(live.asked, []);
});

test('a test says what the server is', async () => {
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts(database.url));
  const id = live.services.connections().connections[0]?.id ?? '';
  const state = await live.services.test(id);
  assert.match(state.kind === 'reachable' ? state.server : JSON.stringify(state), /^PostgreSQL \d+/);
  assert.deepEqual(live.connections.messages.at(-1)?.[0]?.state, state);
});

test('a command prints the password, anew for each session', async () => {
  const url = new URL(database.url);
  const secret = decodeURIComponent(url.password);
  url.password = '';
  const command = (text: string) => [process.execPath, '-e', `console.log(${JSON.stringify(text)})`];
  await using live = open();
  live.services.setTrusted(true);
  const given = facts(url.href).connections.map(each => ({ ...each, passwordCommand: command(secret) }));
  live.services.update({ ...facts(url.href), connections: given });
  const id = live.services.connections().connections[0]?.id ?? '';
  assert.equal((await live.services.test(id)).kind, 'reachable');
  live.services.update({
    ...facts(url.href),
    connections: given.map(each => ({ ...each, passwordCommand: command('') })),
  });
  await live.services.passwordChanged(id);
  const state = await live.services.test(id);
  assert.match(
    state.kind === 'needs-password' ? state.message : state.kind,
    /passwordCommand of .* gave no password/,
  );
  assert.ok(!live.logged.join().includes(secret));
});

test('a wrong password is asked for once, and the right one is used as soon as it is stored', async () => {
  const url = new URL(database.url);
  const right = decodeURIComponent(url.password);
  url.password = 'wrong';
  const passwords: Record<string, string> = {};
  await using live = open(passwords);
  live.services.setTrusted(true);
  live.services.update(facts(url.href));
  live.services.watchPools(250);
  const failed = await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'failed');
  const reading = failed.connections[0]?.observation;
  assert.ok(reading?.kind === 'failed' && reading.needsPassword);
  const id = failed.connections[0]?.id ?? '';
  assert.equal(live.services.connections().connections[0]?.state.kind, 'needs-password');
  passwords[id] = right;
  await Promise.all([live.services.passwordChanged(id), live.services.test(id)]);
  await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'observed');
  await using client = await connected();
  assert.equal(await ownSessions(client), 1);
  assert.equal(live.services.connections().connections[0]?.password, 'stored');
  const told = JSON.stringify([live.connections.messages, live.pools.messages, live.logged]);
  assert.ok(!told.includes(right) && !told.includes('wrong'));
});

test('a password that is corrected in the file where it was found is used at once', async () => {
  const wrong = new URL(database.url);
  wrong.password = 'wrong';
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts(wrong.href));
  live.services.watchPools(250);
  await live.connections.next(([connection]) => connection?.state.kind === 'needs-password');
  live.services.update(facts(database.url));
  await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'observed');
  await live.connections.next(([connection]) => connection?.state.kind === 'reachable');
});

test('nothing at the port: the view is told what and since when', async () => {
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts('postgresql://u:p@127.0.0.1:1/d'));
  live.services.watchPools(250);
  const failed = await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'failed');
  const reading = failed.connections[0]?.observation;
  assert.ok(
    reading?.kind === 'failed' && /Nothing answers at/.test(reading.message) && !reading.needsPassword,
  );
  const state = live.services.connections().connections[0]?.state;
  assert.ok(state?.kind === 'unreachable' && state.reason === 'refused' && state.since > 0);
});

function pool(applicationName: string): FoundPool {
  return {
    name: 'engine',
    size: 2,
    maxOverflow: 1,
    applicationName,
    database: null,
    user: null,
    processes: null,
    location: null,
    place,
    settings: '',
  };
}

test('pool figures equal the sessions that are open', async () => {
  const sessions = [1, 2, 3].map(
    () => new pg.Client({ connectionString: database.url, application_name: 'live-test' }),
  );
  await Promise.all(sessions.map(session => session.connect()));
  try {
    await sessions[0]?.query('BEGIN');
    await using live = open();
    live.services.setTrusted(true);
    live.services.update(facts(database.url, { pools: [pool('live-test')] }));
    live.services.watchPools(250);
    const lineOf = ({ connections }: PoolsSnapshot) => {
      const reading = connections[0]?.observation;
      return reading?.kind === 'observed'
        ? reading.applications.find(({ id }) => id === 'live-test')
        : undefined;
    };
    const line = lineOf(await live.pools.next(snapshot => lineOf(snapshot)?.inUse === 1));
    assert.deepEqual(
      [line?.inUse, line?.idleInTransaction, line?.idle, line?.waiting, line?.limit, line?.sessions],
      [1, 1, 2, 0, 3, 3],
    );
    assert.deepEqual(line?.engine, place);
    await sessions[0]?.query('ROLLBACK');
    await live.pools.next(snapshot => lineOf(snapshot)?.inUse === 0);
    const own = live.pools.messages.some(snapshot =>
      JSON.stringify(snapshot).includes('"database-patterns"'),
    );
    assert.equal(own, false, 'our own sessions are listed');
  } finally {
    await Promise.all(sessions.map(session => session.end()));
  }
});

test('a URL that only code names is watched once a test has reached it', async () => {
  await using live = open();
  live.services.setTrusted(true);
  const { connections } = facts('postgresql://u:p@127.0.0.1:1/d');
  const origin = { kind: 'code', label: 'app.py:1', place } as const;
  const inCode = { url: database.url, name: null, origin, folder: '/w' };
  live.services.update(facts('', { connections: [...connections, inCode] }));
  live.services.watchPools(250);
  const id = live.services.connections().connections[1]?.id ?? '';
  const watched = () => live.pools.messages.at(-1)?.connections.map(one => one.id) ?? [];
  assert.ok(!watched().includes(id));
  await live.services.test(id);
  assert.ok(watched().includes(id));
});

test('engines that cannot be told from others are shown only when they have sessions', async () => {
  const shown = async (...pools: readonly FoundPool[]): Promise<readonly string[]> => {
    await using live = open();
    live.services.setTrusted(true);
    live.services.update(facts(database.url, { pools }));
    live.services.watchPools(250);
    const told = await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'observed');
    const reading = told.connections[0]?.observation;
    return reading?.kind === 'observed' ? reading.applications.map(({ application }) => application) : [];
  };
  const nameless = { ...pool(''), applicationName: null };
  assert.deepEqual(await shown(pool('app'), nameless, nameless), ['app']);
  assert.deepEqual(await shown(nameless), ['engine']);
});

/** Our own sessions on the database, as the server counts them. */
async function ownSessions(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'database-patterns' AND datname = $1",
    [nameOf(database.url)],
  );
  return rows[0]?.n;
}

async function connected(): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

test('sessions are given back when nobody watches any more', async () => {
  await using client = await connected();
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts(database.url));
  live.services.watchPools(250);
  await waitFor('a session of ours', async () => (await ownSessions(client)) === 1);
  live.services.unwatchPools();
  await waitFor('no session of ours', async () => (await ownSessions(client)) === 0);
});

test('pools, migrations, tests and a new password share one session', async () => {
  await using client = await connected();
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts(database.url, { environments: [environment(null)] }));
  live.services.watchPools(250);
  live.services.watchMigrations();
  await live.pools.next(({ connections }) => connections[0]?.observation.kind === 'observed');
  const id = live.services.connections().connections[0]?.id ?? '';
  await Promise.all([live.services.passwordChanged(id), live.services.test(id), live.services.test(id)]);
  await live.services.migrations();
  const before = live.pools.messages.length;
  await live.pools.next(() => live.pools.messages.length > before + 1);
  assert.equal(await ownSessions(client), 1);
});

function environment(url: string | null): FoundEnvironment {
  const revision = (id: string, down: readonly string[]): FoundRevision => ({
    id,
    message: id,
    down,
    dependsOn: [],
    branchLabels: [],
    head: id === 'b',
    branchPoint: false,
    summary: '',
    loses: [],
    created: null,
    fingerprint: '',
    place,
  });
  return {
    info: {
      id: 'alembic.ini',
      label: 'alembic.ini',
      configPath: '/w/alembic.ini',
      section: null,
      competingHeads: [],
      problems: [],
    },
    revisions: () => [revision('b', ['a']), revision('a', [])],
    url,
    urlIsFixed: true,
    conflicts: async () => [],
    schemas: () => ({ drift: { operations: [], doubts: [] }, tables: new Map(), doubts: new Map() }),
    folder: '/w',
    versionTable: { name: 'alembic_version', schema: null },
    stateOf: rows => ({
      applied: new Set(rows.includes('b') ? ['a', 'b'] : rows.filter(row => row === 'a')),
      current: rows.filter(row => row === 'a' || row === 'b'),
      unknown: rows.filter(row => row !== 'a' && row !== 'b'),
    }),
  };
}

test('migrations: an upgrade elsewhere shows within a second', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const states = ({ environments }: MigrationsSnapshot): string =>
    environments[0]?.revisions.map(({ state, current }) => `${state}${current ? '*' : ''}`).join(' ') ?? '';
  try {
    await using live = open();
    live.services.setTrusted(true);
    live.services.update(facts(database.url, { environments: [environment(database.url)] }));
    live.services.watchMigrations();
    await live.migrations.next(snapshot => states(snapshot) === 'pending pending');
    await client.query(
      "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('a')",
    );
    const begin = performance.now();
    await live.migrations.next(snapshot => states(snapshot) === 'pending applied*');
    // A second where nothing else runs; a loaded machine gets three times as long.
    assert.ok(performance.now() - begin < 3000, `took ${performance.now() - begin} ms`);
    await client.query("UPDATE alembic_version SET version_num = 'b'");
    await live.migrations.next(snapshot => states(snapshot) === 'applied* applied');
    await client.query("UPDATE alembic_version SET version_num = 'zz'");
    const foreign = await live.migrations.next(snapshot => states(snapshot) === 'unknown unknown');
    const read = foreign.environments[0]?.database;
    assert.deepEqual(read?.kind === 'read' && read.unknown, ['zz']);
  } finally {
    await client.query('DROP TABLE IF EXISTS alembic_version');
    await client.end();
  }
});

test('migrations: without rights on the version table nothing is told as pending, and why', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const role = `reader_${process.pid}`;
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';
  try {
    await client.query(
      `CREATE TABLE alembic_version (version_num varchar(32)); CREATE ROLE ${role} LOGIN PASSWORD 'secret'`,
    );
    await using live = open();
    live.services.setTrusted(true);
    live.services.update(facts(url.href, { environments: [environment(url.href)] }));
    live.services.watchMigrations();
    const { environments } = await live.migrations.next(
      snapshot => snapshot.environments[0]?.database.kind === 'failed',
    );
    const read = environments[0]?.database;
    assert.match(read?.kind === 'failed' ? read.message : '', /alembic_version/);
    assert.deepEqual(
      environments[0]?.revisions.map(({ state }) => state),
      ['unknown', 'unknown'],
    );
  } finally {
    await client.query(`DROP TABLE IF EXISTS alembic_version; DROP ROLE IF EXISTS ${role}`);
    await client.end();
  }
});

test('migrations: an unchanged state is told once', async () => {
  await using live = open();
  live.services.setTrusted(true);
  live.services.update(facts(database.url, { environments: [environment(null)] }));
  live.services.watchMigrations();
  await live.migrations.next(({ environments }) => environments[0]?.database.kind === 'read');
  const told = live.migrations.messages.length;
  await live.services.migrations();
  await live.services.migrations();
  live.services.update(facts(database.url, { environments: [environment(null)] }));
  await live.services.migrations();
  assert.equal(live.migrations.messages.length, told);
});

test('sizes of tables are told while revisions are watched, unless nobody wants them', async () => {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('CREATE TABLE sized AS SELECT generate_series(1, 5000) AS id; ANALYZE sized');
  await using live = open();
  live.services.setTrusted(true);
  const wanted = facts(database.url, { environments: [environment(database.url)], tableSizes: true });
  live.services.update(wanted);
  live.services.watchMigrations();
  const [told] = (await live.sizes.next(sizes => sizes.size > 0)).values();
  assert.match(told?.database ?? '', /localhost|127\.0\.0\.1/);
  assert.equal(told?.tables.find(({ name }) => name === 'sized')?.rows, 5000);
  live.services.update({ ...wanted, tableSizes: false });
  await live.sizes.next(sizes => sizes.size === 0);
  await client.query('DROP TABLE sized');
  await client.end();
});
