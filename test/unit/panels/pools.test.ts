// What the page of pools draws, as data: charts, the table of sessions, who blocks whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Blocker, blockingTree } from '../../../src/panels/pools/blocking.ts';
import { chartColumns, highest, withPoint } from '../../../src/panels/pools/figures.ts';
import { readPageState } from '../../../src/panels/pools/page-state.ts';
import { filterSessions, sortSessions } from '../../../src/panels/pools/session-order.ts';
import type { PoolFigures } from '../../../src/protocol/pools.ts';
import type { AgedSession } from '../../../src/protocol/session-line.ts';

function session(pid: number, rest: Partial<AgedSession> = {}): AgedSession {
  return {
    pid,
    startedAt: '',
    pool: null,
    application: 'shop',
    user: 'app',
    client: null,
    state: 'idle',
    stateSince: null,
    stateSeconds: 1,
    transactionSince: null,
    transactionSeconds: null,
    wait: null,
    blockedBy: [],
    query: '',
    code: null,
    through: null,
    ...rest,
  };
}

function point(at: number, inUse = 1): PoolFigures {
  return {
    at,
    inUse,
    waiting: 0,
    idle: 0,
    transactionsPerSecond: null,
    longestTransaction: 0,
    checkoutMs: null,
  };
}

test('charts: a gap where nobody looked, an hour at most, and no point twice', () => {
  const points = [point(1000, 3), point(2000, 5), point(60_000, 1)];
  assert.deepEqual(chartColumns(points, 'inUse'), [
    [1, 2, 2.001, 60],
    [3, 5, null, 1],
  ]);
  assert.equal(highest(points, 'inUse'), 5);
  assert.equal(highest(points, 'checkoutMs'), null);
  assert.deepEqual(
    withPoint(points, point(3_602_000)).map(({ at }) => at),
    [60_000, 3_602_000],
  );
  assert.equal(withPoint(points, point(60_000)), points);
});

test('charts: a clock that was set back lets go of what has become the future', () => {
  const points = [point(1000), point(2000), point(3000)];
  assert.deepEqual(
    withPoint(points, point(2500)).map(({ at }) => at),
    [1000, 2000, 2500],
  );
});

test('sessions: every word of the filter, in any case and any column', () => {
  const all = [session(1, { query: 'SELECT Orders' }), session(2, { user: 'orders' }), session(3)];
  const found = (filter: string) => filterSessions(all, filter, false).map(({ pid }) => pid);
  assert.deepEqual(
    [found('orders'), found('orders select'), found(' '), found('none')],
    [[1, 2], [1], [1, 2, 3], []],
  );
});

test('sessions: those at rest can be left out', () => {
  const all = ['active', 'idle', 'idle in transaction'].map((state, pid) => session(pid, { state }));
  assert.deepEqual(
    filterSessions(all, '', true).map(({ pid }) => pid),
    [0, 2],
  );
});

test('sessions: what is not known stands last in either direction', () => {
  const all = [session(1), session(2, { transactionSeconds: 5 }), session(3, { transactionSeconds: 9 })];
  const sorted = (direction: 'ascending' | 'descending') =>
    sortSessions(all, { column: 'transactionSeconds', direction }).map(({ pid }) => pid);
  assert.deepEqual(
    [sorted('descending'), sorted('ascending')],
    [
      [3, 2, 1],
      [2, 3, 1],
    ],
  );
});

test('locks: holders above those that wait, a stranger, and a circle', () => {
  const text = (blockers: readonly Blocker[]): string =>
    blockers.map(({ pid, blocks }) => (blocks.length === 0 ? `${pid}` : `${pid}(${text(blocks)})`)).join(' ');
  const waiting = (pid: number, ...blockedBy: readonly number[]) => session(pid, { blockedBy });
  assert.equal(text(blockingTree([session(1), waiting(2, 1), waiting(3, 2), waiting(4, 1)])), '1(2(3) 4)');
  assert.equal(text(blockingTree([waiting(2, 99)])), '99(2)');
  assert.equal(text(blockingTree([waiting(1, 2), waiting(2, 1)])), '1(2)');
  assert.equal(text(blockingTree([session(1)])), '');
});

test('what was kept by another version is read as far as it fits', () => {
  assert.equal(readPageState(null).connection, '');
  assert.equal(readPageState({ connection: 'c', filter: 7 }).filter, '');
  assert.equal(readPageState({ connection: 'c', filter: 'x' }).connection, 'c');
});
