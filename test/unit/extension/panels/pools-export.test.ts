import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionJson, sessionsCsv } from '../../../../src/extension/panels/pools-export.ts';
import { worstPool } from '../../../../src/extension/status/worst-pool.ts';
import { poolsTree } from '../../../../src/extension/views/pools-tree.ts';
import type { TreeNode } from '../../../../src/extension/views/tree-node.ts';
import { noMarks } from '../../../../src/protocol/connections.ts';
import type { PoolConnection, PoolLine, ServerReading } from '../../../../src/protocol/pools.ts';
import type { SessionLine } from '../../../../src/protocol/session-line.ts';

const hostile = '=cmd|"quoted", <script>alert(1)</script>\r\n\u202Ecod.exe';

const session: SessionLine = {
  pid: 7,
  startedAt: '2030-01-01 00:00:00+00',
  pool: hostile,
  application: hostile,
  user: 'shop',
  client: null,
  state: 'active',
  stateSince: 99.5,
  transactionSince: null,
  wait: null,
  blockedBy: [8, 9],
  query: hostile,
  code: null,
  through: null,
};

const line: PoolLine = {
  id: hostile,
  application: hostile,
  inUse: 8,
  idle: 0,
  idleInTransaction: 0,
  waiting: 0,
  limit: 10,
  limitReason: null,
  engine: null,
  settings: null,
  oldestTransactionSeconds: null,
  sessions: 1,
  told: null,
  warnings: [],
};

function connection(applications: readonly PoolLine[]): PoolConnection {
  const rates = { transactionsPerSecond: null, longestTransaction: 0, checkoutMs: null };
  const observation: ServerReading = {
    kind: 'observed',
    at: 100,
    version: '18.4',
    startedAt: null,
    rates: { cacheHits: null, rollbacks: null, rowsWritten: null },
    capacity: {
      sessions: 1,
      limit: 97,
      own: 0,
      otherDatabases: 10_000,
      limits: [],
      role: 'primary',
      lagSeconds: null,
      warnings: [],
    },
    applications,
    sessions: [session],
    unlistedSessions: 0,
    unavailable: [],
    standbys: [],
    figures: { at: 0, inUse: 1, waiting: 0, idle: 0, ...rates },
    events: [],
  };
  return { id: 'c', label: 'shop', marks: noMarks, observation };
}

test('CSV: quotes and line ends are kept, and no cell is a formula', () => {
  const [head, ...rest] = sessionsCsv(connection([line])).split('\r\n');
  assert.match(head ?? '', /^pid,startedAt,application,/);
  const cell = `"'=cmd|""quoted"", <script>alert(1)</script>\r\n\u202Ecod.exe"`;
  assert.equal(rest.join('\r\n'), `7,2030-01-01 00:00:00+00,${cell},shop,,active,0.5,,,8 9,${cell}\r\n`);
});

test('JSON: the whole reading with its past', () => {
  const parsed = JSON.parse(connectionJson(connection([line]), []));
  const { query, stateSeconds } = parsed.observation.sessions[0];
  assert.deepEqual([parsed.version, query, stateSeconds, parsed.past], [1, hostile, 0.5, []]);
});

test('a hostile name is only a name in the tree, and rows stay apart', () => {
  const ids: string[] = [];
  const visit = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      ids.push(node.id);
      visit(node.children ?? []);
    }
  };
  visit(poolsTree([connection([line, { ...line, id: `${hostile}/7`, sessions: 0 }])], 0.8));
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length >= 4);
});

test('the worst pool: errors before warnings before the fuller one', () => {
  const full = { ...line, application: 'full', inUse: 10 };
  const warned = {
    ...line,
    application: 'warned',
    inUse: 1,
    warnings: [{ severity: 'warning', message: 'w' }],
  } as const;
  const broken = {
    ...line,
    application: 'broken',
    inUse: 0,
    warnings: [{ severity: 'error', message: 'e' }],
  } as const;
  const worst = (...lines: readonly PoolLine[]) => worstPool([connection(lines)], 0.9);
  assert.match(worst(line, full)?.short ?? '', /^full ▮▮▮▮▮ 10\/10$/);
  assert.match(worst(line, warned)?.short ?? '', /^warned /);
  assert.match(worst(warned, broken)?.short ?? '', /^broken /);
  assert.equal(worst(line)?.severity, 'fine');
  assert.equal(worst(), null);
});
