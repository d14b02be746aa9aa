// What the three views show, as text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionsTree } from '../../../../src/extension/views/connections-tree.ts';
import { migrationsTree } from '../../../../src/extension/views/migrations-tree.ts';
import { poolsTree } from '../../../../src/extension/views/pools-tree.ts';
import { type ConnectionInfo, noMarks } from '../../../../src/protocol/connections.ts';
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../../../src/protocol/migrations.ts';
import type { PoolLine, PoolReading, ServerReading } from '../../../../src/protocol/pools.ts';
import type { SessionLine } from '../../../../src/protocol/session-line.ts';
import { renderTree } from './render-tree.ts';

const place = { uri: 'file:///w/.env', line: 2, character: 0 };

const reachable = {
  kind: 'reachable',
  server: 'PostgreSQL 18.4',
  role: 'primary',
  system: '7',
  latencyMs: 0.31,
  others: [],
} as const;

const connection: ConnectionInfo = {
  id: 'postgresql://shop@localhost/shop',
  label: 'shop at localhost',
  url: 'postgresql://shop@localhost/shop',
  dialect: 'postgresql',
  settingsUrls: [],
  origins: [{ kind: 'environment-file', label: '.env:3', place }],
  password: 'origin',
  state: { kind: 'untested' },
  usedForChecks: false,
  marks: noMarks,
};

test('connections: one row a target with its state, origins below', () => {
  const tested: ConnectionInfo = {
    ...connection,
    usedForChecks: true,
    state: reachable,
  };
  assert.equal(
    renderTree(connectionsTree([tested])),
    '[pass-filled] shop at localhost | PostgreSQL 18.4, 0.3 ms · used for checks · read-only\n  [gear] .env:3\n',
  );
});

test('connections: the servers that a database spreads over stand below it', () => {
  const others = [
    { kind: 'foreign-server', name: 'eu', about: 'foreign server, db2/shop, 1 table' },
  ] as const;
  assert.equal(
    renderTree(connectionsTree([{ ...connection, state: { ...reachable, others } }])),
    '[pass-filled] shop at localhost | PostgreSQL 18.4, 0.3 ms · read-only\n  [gear] .env:3\n  [link-external] eu | foreign server, db2/shop, 1 table\n',
  );
});

test('connections: each state has a word, an icon and a spoken text', () => {
  const states: readonly ConnectionInfo['state'][] = [
    { kind: 'untested' },
    { kind: 'testing' },
    { kind: 'needs-password', message: 'Enter it.' },
    { kind: 'unreachable', reason: 'no-database', message: 'Create it.', since: 0 },
    { kind: 'unsupported', message: 'Not this one.' },
  ];
  const rows = connectionsTree(states.map((state, id) => ({ ...connection, id: String(id), state })));
  assert.deepEqual(
    rows.map(row => row.description?.replace(/\d\d:\d\d:\d\d/, 'T').replace(' · read-only', '')),
    ['not tested', 'testing…', 'password refused', 'no database since T', 'not supported'],
  );
  assert.equal(new Set(rows.map(row => row.icon?.name)).size, rows.length);
  assert.match(rows[3]?.spoken ?? '', /Create it/);
});

test('connections: one that was never given a password needs one', () => {
  const state = { kind: 'needs-password', message: 'Enter it.' } as const;
  assert.equal(
    connectionsTree([{ ...connection, password: 'none', state }])[0]?.description,
    'needs a password · read-only',
  );
});

test('connections: context words for the menus', () => {
  const [row] = connectionsTree([
    { ...connection, password: 'stored', state: { kind: 'needs-password', message: '' } },
  ]);
  assert.equal(row?.contextValue, 'connection postgresql file stored free unprotected needsPassword');
});

test('connections: a primary and its standby are a fleet, and a group outranks it', () => {
  const standby = {
    ...connection,
    id: 'b',
    label: 'shop at b',
    state: { ...reachable, role: 'standby' as const },
  };
  const own = { ...connection, state: reachable };
  const rendered = (all: readonly ConnectionInfo[]) =>
    renderTree(connectionsTree(all.map(each => ({ ...each, origins: [] }))));
  assert.equal(
    rendered([own, standby]),
    `[server-environment] Fleet of shop at localhost | 2
  [pass-filled] shop at localhost | PostgreSQL 18.4, 0.3 ms · read-only
  [pass-filled] shop at b | PostgreSQL 18.4 standby, 0.3 ms · read-only
`,
  );
  const marks = { group: 'Production', color: 'red', protected: true } as const;
  assert.equal(
    rendered([{ ...own, marks }, standby]),
    `[folder-library] Production | 1
  [shield] shop at localhost | PostgreSQL 18.4, 0.3 ms · protected · read-only
[pass-filled] shop at b | PostgreSQL 18.4 standby, 0.3 ms · read-only
`,
  );
});

const line: PoolLine = {
  id: 'shop-api',
  application: 'shop-api',
  inUse: 3,
  idle: 2,
  idleInTransaction: 1,
  waiting: 0,
  limit: 10,
  limitReason: 'pool_size 5 + max_overflow 5',
  engine: place,
  oldestTransactionSeconds: 1.5,
  settings: 'QueuePool, pool_size 5, max_overflow 5',
  sessions: 1,
  told: null,
  warnings: [],
};

const session: SessionLine = {
  pid: 7,
  startedAt: '2030-01-01 00:00:00+00',
  pool: 'shop-api',
  application: 'shop-api',
  user: 'shop',
  client: null,
  state: 'active',
  stateSince: 99.75,
  transactionSince: null,
  wait: 'Lock: transactionid',
  blockedBy: [8],
  query: 'SELECT 1',
  code: null,
  through: null,
};

function observed(
  applications: readonly PoolLine[],
  sessions: readonly SessionLine[] = [session],
): ServerReading {
  const counts = { sessions: 23, limit: 97, own: 1, otherDatabases: 0, limits: [] };
  const capacity = { ...counts, role: 'primary', lagSeconds: null, warnings: [] } as const;
  const rates = { transactionsPerSecond: null, longestTransaction: 0, checkoutMs: null };
  return {
    kind: 'observed',
    at: 100,
    version: '18.4',
    startedAt: null,
    rates: { cacheHits: null, rollbacks: null, rowsWritten: null },
    capacity,
    applications,
    sessions,
    unlistedSessions: 0,
    unavailable: [],
    standbys: [],
    figures: { at: 0, inUse: 0, waiting: 0, idle: 0, ...rates },
    events: [],
  };
}

const treeOf = (observation: PoolReading) =>
  poolsTree([{ id: 'c', label: 'shop at localhost', marks: noMarks, observation }], 0.8);

function pools(observation: PoolReading): string {
  return renderTree(treeOf(observation));
}

test('pools: the line, the server’s capacity, the sessions', () => {
  assert.equal(
    pools(observed([line])),
    [
      '[database] shop at localhost',
      '  [server] Server | sessions 23 of 97',
      '  [circle-filled] shop-api | ▮▮▯▯▯ 3/10 in use · 2 idle · 0 waiting',
      '    [lock] 7 | active 0.3 s · waits for Lock: transactionid held by 8',
      '',
    ].join('\n'),
  );
});

test('pools: a screen reader hears words', () => {
  const [root] = treeOf(observed([line]));
  assert.equal(root?.children?.[1]?.spoken, 'Pool shop-api, in use 3 of 10, idle 2, waiting 0');
});

test('pools: no bar without a limit, a full bar beyond it, one cell for little', () => {
  const figures = (change: Partial<PoolLine>) =>
    pools(observed([{ ...line, ...change }]))
      .split('\n')[2]
      ?.trim();
  assert.equal(figures({ limit: null }), '[circle-filled] shop-api | 3 in use · 2 idle · 0 waiting');
  assert.match(figures({ limit: 2 }) ?? '', /▮▮ 3\/2 in use · 2 idle · 0 waiting/);
  assert.match(figures({ inUse: 1, limit: 100 }) ?? '', /▮▯{4} 1\/100 in use /);
  assert.match(figures({ inUse: 0 }) ?? '', /▯{5} 0\/10 in use /);
});

test('pools: sessions that wait are named first, where a narrow view does not cut them off', () => {
  const text = pools(observed([{ ...line, waiting: 2 }]));
  assert.match(text, /shop-api \| 2 waiting · ▮▮▯▯▯ 3\/10 in use · 2 idle\n/);
});

test('pools: warnings stand above the sessions and colour the pool', () => {
  const warned = {
    ...line,
    warnings: [{ severity: 'error', message: 'The pool is full.' }],
  } as const;
  assert.match(pools(observed([warned])), /\[error\] shop-api .*\n {4}\[error\] The pool is full\.\n/);
});

test('pools: a failure says what and since when', () => {
  const text = pools({ kind: 'failed', message: 'Nothing answers.', since: 0, needsPassword: false });
  assert.match(text, /\n {2}\[error\] Nothing answers\. \(since \d\d:\d\d:\d\d\)\n$/);
});

const revision: RevisionInfo = {
  id: 'b2',
  message: 'add orders',
  down: ['a1'],
  dependsOn: [],
  branchLabels: [],
  state: 'pending',
  head: true,
  current: false,
  branchPoint: false,
  summary: 'creates orders',
  loses: [],
  created: '2026-03-05 10:00:00',
  doubts: [],
  tables: ['orders'],
  fingerprint: '',
  place,
};

const environment: MigrationEnvironmentInfo = {
  id: 'alembic.ini',
  label: 'alembic.ini',
  configPath: '/w/alembic.ini',
  section: null,
  competingHeads: ['b2'],
  problems: [],
  drift: null,
  database: {
    kind: 'read',
    connectionId: 'c',
    marks: noMarks,
    label: 'shop at localhost',
    current: ['a1'],
    unknown: [],
  },
  revisions: [
    revision,
    {
      ...revision,
      id: 'a1',
      message: 'start',
      down: [],
      state: 'applied',
      head: false,
      current: true,
      summary: '',
      loses: [],
    },
  ],
};

test('migrations: marks of each revision, newest first', () => {
  assert.equal(
    renderTree(migrationsTree([environment])),
    [
      '[repo] alembic.ini | 1 pending · shop at localhost',
      '  [circle-large-outline] add orders | head · b2 · 5 Mar 2026 · creates orders',
      '  [pass-filled] start | current · a1 · 5 Mar 2026',
      '',
    ].join('\n'),
  );
});

test('migrations: findings of a revision stand below it', () => {
  const finding = {
    rule: 'index-without-concurrently',
    message: 'Locks orders.',
    severity: 'warning',
    place,
  } as const;
  const findingsAt = (uri: string) => (uri === place.uri ? [finding] : []);
  const text = renderTree(migrationsTree([{ ...environment, revisions: [revision] }], { findingsAt }));
  assert.deepEqual(text.split('\n').slice(1, 3), [
    '  [circle-large-outline] add orders | head · 1 finding · b2 · 5 Mar 2026 · creates orders',
    '    [warning] Locks orders. | index-without-concurrently',
  ]);
});

test('migrations: an edited revision and a drift are told', () => {
  const edited = { code: 'edited-revision', message: 'b2 was edited.', place, revision } as const;
  const drift = { operations: ['adds orders.note TEXT'], doubts: [] };
  const stateProblems = new Map([[environment.id, [edited]]]);
  const text = renderTree(migrationsTree([{ ...environment, drift }], { stateProblems }));
  assert.deepEqual(text.split('\n').slice(1, 3), [
    '  [edit] b2 was edited.',
    '  [compare-changes] The models are ahead by 1 operation',
  ]);
});

test('migrations: what was not followed is told beside what agrees', () => {
  const doubt = 'add_columns() is defined in another file: what it does to the schema is not followed.';
  const drift = { operations: [], doubts: [`revision b2: ${doubt}`] };
  const doubted = { ...revision, doubts: [doubt] };
  const [root] = migrationsTree([{ ...environment, drift, revisions: [doubted] }]);
  assert.deepEqual(
    renderTree(root ? [root] : []).split('\n')[1],
    '  [question] The models agree, as far as they were read | 1 doubt',
  );
  assert.deepEqual(
    root?.children?.map(({ tooltip }) => tooltip?.split('\n').at(-1)),
    [`not known: revision b2: ${doubt}`, `not followed: ${doubt}`],
  );
});

test('migrations: several heads and other problems stand on top', () => {
  const problem = { code: 'revision-cycle', message: 'A cycle.', place };
  const text = renderTree(
    migrationsTree([
      {
        ...environment,
        competingHeads: ['b2', 'c3'],
        problems: [{ code: 'several-heads', message: 'b2 and c3 are heads.', place }, problem],
        database: {
          kind: 'read',
          connectionId: 'c',
          marks: noMarks,
          label: 'shop',
          current: ['a1'],
          unknown: ['zz'],
        },
      },
    ]),
  );
  assert.deepEqual(text.split('\n').slice(1, 4), [
    '  [git-merge] 2 heads: b2, c3',
    '  [warning] shop is at zz, which no file here declares',
    '  [warning] A cycle.',
  ]);
});

test('migrations: up to date, without a database, and out of reach', () => {
  const description = (database: MigrationEnvironmentInfo['database'], revisions = environment.revisions) =>
    migrationsTree([{ ...environment, database, revisions }])[0]?.description;
  assert.equal(
    description(environment.database, environment.revisions.slice(1)),
    'up to date · shop at localhost',
  );
  assert.equal(description({ kind: 'none', message: 'None.' }), '2 revisions');
  assert.equal(
    description({
      kind: 'failed',
      connectionId: 'c',
      marks: noMarks,
      label: 'shop',
      message: 'm',
      since: 0,
      needsPassword: false,
    }),
    'not reached · shop',
  );
});
