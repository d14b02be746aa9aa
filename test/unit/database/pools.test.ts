import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity, CapacityLimit, Session } from '../../../src/database/activity.ts';
import { observePools, type PoolDeclaration } from '../../../src/database/pools.ts';

let nextPid = 1;

function session(state: Session['state'], rest: Partial<Session> = {}): Session {
  return {
    pid: nextPid++,
    startedAt: '2030-01-01 00:00:00+00',
    applicationName: 'shop',
    user: 'app',
    database: 'shop',
    clientAddress: null,
    state,
    waitEventType: null,
    waitEvent: null,
    blockedBy: [],
    transactionSince: null,
    stateSince: null,
    query: '',
    ...rest,
  };
}

/** A moment so many seconds before the observation. */
function ago(seconds: number): number {
  return Date.parse(at) / 1000 - seconds;
}

const at = '2030-01-01T00:00:00.000Z';
const quiet = { startedAt: null, inRecovery: false, replayLag: null, statistics: null, standbys: [] };

function activity(
  sessions: readonly Session[],
  maxConnections = 103,
  own: readonly CapacityLimit[] = [],
): Activity {
  const limits = { maxConnections, superuserReserved: 3, reserved: 0, limits: own };
  const capacity = { ...limits, used: sessions.length + 1, ours: 1 };
  return {
    at,
    database: 'shop',
    serverVersion: '18',
    sessions,
    capacity,
    server: quiet,
    unavailable: [],
  };
}

function engine(rest: Partial<PoolDeclaration> = {}): PoolDeclaration {
  const unknown = { database: null, user: null, processes: null, location: null };
  return { name: 'engine', size: 2, maxOverflow: 1, applicationName: 'shop', ...unknown, ...rest };
}

function onlyPool(sessions: readonly Session[], declarations: readonly PoolDeclaration[]) {
  const { pools } = observePools(activity(sessions), declarations);
  assert.equal(pools.length, 1);
  return pools[0] ?? assert.fail();
}

test('a role or a database may have fewer connections than its server', () => {
  const limits = [
    { kind: 'role', name: 'app', limit: 2, used: 2 },
    { kind: 'database', name: 'shop', limit: 5, used: 2 },
  ] as const;
  const sessions = [session('idle'), session('idle')];
  const { server, pools } = observePools(activity(sessions, 103, limits), [engine()]);
  assert.match(
    server.warnings.map(({ message }) => message).join(),
    /^2 of the 2 connections that the role app/,
  );
  const said = (name: string) =>
    pools[0]?.warnings
      .filter(({ kind }) => kind === name)
      .map(({ message }) => message)
      .join();
  assert.match(said('limit-exceeds-server') ?? '', /^The pool may open 3 connections; the role app has 2\./);
});

test('sessions are counted by state', () => {
  const pool = onlyPool(
    [
      session('active', { waitEventType: 'Lock', transactionSince: ago(4) }),
      session('idle in transaction', { transactionSince: ago(7), stateSince: ago(2) }),
      session('idle in transaction (aborted)', { transactionSince: ago(1), stateSince: ago(1) }),
      session('idle', { stateSince: ago(999) }),
      session('other'),
      session('hidden'),
    ],
    [],
  );
  const { sessions, inUse, active, idleInTransaction, idle, other, hidden, waitingForLock } = pool;
  assert.deepEqual(
    [sessions, inUse, active, idleInTransaction, idle, other, hidden, waitingForLock],
    [6, 4, 1, 2, 1, 1, 1, 1],
  );
  assert.deepEqual([pool.oldestTransaction, pool.longestIdleInTransaction], [7, 2]);
  assert.equal(pool.shareOfServer, 0.06);
});

test('the limit is that of the engine with the same application_name', () => {
  const sessions = Array.from({ length: 4 }, () => session('idle'));
  assert.deepEqual(onlyPool(sessions, [engine()]).limit, {
    perProcess: 3,
    processes: 2,
    processesFrom: 'inferred',
    total: 6,
  });
  assert.deepEqual(onlyPool(sessions, [engine({ processes: 4 })]).limit, {
    perProcess: 3,
    processes: 4,
    processesFrom: 'declared',
    total: 12,
  });
  assert.equal(onlyPool(sessions, [engine({ size: null })]).limit, null);
  assert.equal(onlyPool(sessions, [engine()]).engine?.match, 'application-name');
});

test('nameless sessions belong to the one nameless engine that fits, or to none', () => {
  const sessions = [session('idle', { applicationName: '' })];
  const nameless = engine({ applicationName: null });
  const fitted = (declarations: PoolDeclaration[]) =>
    observePools(activity(sessions), declarations).pools.find(pool => pool.sessions > 0)?.engine?.match ??
    null;
  assert.equal(fitted([nameless]), 'inferred');
  assert.equal(fitted([nameless, engine({ applicationName: null, name: 'other' })]), null);
  assert.equal(fitted([engine({ applicationName: null, user: 'somebody' })]), null);
  assert.equal(fitted([nameless, engine({ applicationName: null, database: 'elsewhere' })]), 'inferred');
});

test('applications and databases are told apart, and a silent engine is listed', () => {
  const sessions = [
    session('idle'),
    session('idle', { database: 'other' }),
    session('idle', { applicationName: 'worker' }),
  ];
  const { pools } = observePools(activity(sessions), [engine({ applicationName: 'cron', database: 'shop' })]);
  assert.deepEqual(
    pools.map(pool => `${pool.application}/${pool.database}: ${pool.sessions}`),
    ['cron/shop: 0', 'shop/other: 1', 'shop/shop: 1', 'worker/shop: 1'],
  );
});

test('each warning at its threshold', () => {
  const kinds = (sessions: readonly Session[], declaration: PoolDeclaration) =>
    onlyPool(sessions, [declaration]).warnings.map(warning => warning.kind);
  const idle = (age: number) => [
    session('idle in transaction', { stateSince: ago(age), transactionSince: ago(age) }),
  ];
  assert.deepEqual(kinds(idle(9), engine()), []);
  assert.deepEqual(kinds(idle(10), engine()), ['idle-in-transaction']);
  assert.deepEqual(kinds([session('active', { transactionSince: ago(300) })], engine()), [
    'long-transaction',
  ]);
  assert.deepEqual(kinds([session('active', { waitEventType: 'Lock' })], engine()), ['blocked']);
  assert.deepEqual(kinds([session('idle in transaction (aborted)')], engine()), ['aborted-transaction']);
  const active = Array.from({ length: 3 }, () => session('active'));
  assert.deepEqual(kinds(active, engine()), ['pool-full']);
  assert.deepEqual(kinds(active.slice(1), engine()), []);
  assert.deepEqual(kinds([session('idle')], engine({ maxOverflow: -1 })), ['no-limit']);
  assert.deepEqual(kinds([session('idle')], engine({ size: 90, maxOverflow: 11 })), ['limit-exceeds-server']);
});

test('the server’s load leaves out what is reserved, and warns when nearly full', () => {
  const load = observePools(activity([session('idle')], 5), []).server;
  assert.deepEqual([load.available, load.used, load.ours, load.free], [2, 2, 1, 0]);
  assert.deepEqual(
    load.warnings.map(warning => warning.kind),
    ['nearly-full'],
  );
});
