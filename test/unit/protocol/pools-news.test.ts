import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noMarks } from '../../../src/protocol/connections.ts';
import type { PoolConnection, PoolEvent, PoolReading } from '../../../src/protocol/pools.ts';
import { connectionNews, type PoolsNews, wholeNews, withNews } from '../../../src/protocol/pools-news.ts';
import type { SessionLine } from '../../../src/protocol/session-line.ts';

const line = (pid: number, state = 'idle') => ({ pid, state, startedAt: '' }) as SessionLine;

/** Only what the news looks at is filled in. */
function server(sessions: readonly SessionLine[], events: readonly PoolEvent[] = []): PoolConnection {
  const observation = { kind: 'observed', sessions, events } as unknown as PoolReading;
  return { id: 'c', label: 'shop', marks: noMarks, observation };
}

function news(before: PoolConnection | null, after: PoolConnection): PoolsNews {
  return { order: ['c'], changed: [connectionNews(before?.observation ?? null, after)] };
}

function toldOf({ changed: [first] }: PoolsNews): readonly (readonly number[] | null)[] {
  assert.ok(first?.observation.kind === 'observed');
  const { order, changed } = first.observation.sessions;
  return [order, changed.map(({ pid }) => pid)];
}

const nothing = { connections: [] };
const [a, b, c] = [line(1), line(2), line(3)];

for (const [what, after, told] of [
  ['nothing', [a, b, c], [null, []]],
  ['what one session does', [a, line(2, 'active'), c], [null, [2]]],
  ['one that ended', [a, c], [[1, 3], []]],
  ['one that came', [a, b, c, line(4)], [[1, 2, 3, 4], [4]]],
  ['another by the same number', [a, c, line(2, 'active')], [[1, 3, 2], [2]]],
  ['all', [], [[], []]],
] as const) {
  test(`news of ${what} is no more than that, and the state after it is the whole`, () => {
    const [before, now] = [server([a, b, c]), server(after)];
    const snapshot = withNews(nothing, wholeNews({ connections: [before] }));
    assert.deepEqual(toldOf(news(before, now)), told);
    const travelled: PoolsNews = JSON.parse(JSON.stringify(news(before, now)));
    assert.deepEqual(withNews(snapshot, travelled), { connections: [now] });
  });
}

test('of a session that was told before and is the same one, only what it does', () => {
  const idle: SessionLine = {
    pid: 1,
    startedAt: 'then',
    pool: null,
    application: 'shop',
    user: 'app',
    client: null,
    state: 'idle',
    stateSince: 1,
    transactionSince: null,
    wait: null,
    blockedBy: [],
    query: 'SELECT 1',
    code: null,
    through: null,
  };
  const doing = {
    pid: 1,
    state: 'active',
    stateSince: 2,
    transactionSince: 2,
    wait: 'Lock: tuple',
    blockedBy: [3],
  };
  const busy = { ...idle, ...doing };
  const changed = (before: SessionLine, after: SessionLine) => {
    const told = news(server([before]), server([after])).changed[0]?.observation;
    return told?.kind === 'observed' ? told.sessions.changed : assert.fail();
  };
  assert.deepEqual(changed(idle, busy), [{ ...doing, query: 'SELECT 1' }]);
  const snapshot = withNews(nothing, news(null, server([idle])));
  assert.deepEqual(withNews(snapshot, news(server([idle]), server([busy]))), {
    connections: [server([busy])],
  });
  for (const other of [{ startedAt: 'now' }, { through: 'worker' }, { pool: 'p' }, { application: 'api' }])
    assert.deepEqual(changed(idle, { ...busy, ...other }), [{ ...busy, ...other }]);
});

test('events are told when there are new ones', () => {
  const event = { kind: 'back', at: 1, since: 1, times: 1, message: '', advice: '' } as const;
  const [before, same] = [server([], [event]), server([])];
  assert.ok(before.observation.kind === 'observed' && same.observation.kind === 'observed');
  const quiet = { ...before, observation: { ...same.observation, events: before.observation.events } };
  const snapshot = withNews(nothing, news(null, before));
  const told = news(before, quiet).changed[0]?.observation;
  assert.ok(told?.kind === 'observed');
  assert.equal(told.events, null);
  assert.deepEqual(withNews(snapshot, news(before, quiet)), { connections: [quiet] });
});

test('after a failure, the whole is told again', () => {
  const failed = { kind: 'failed', message: '', since: 0, needsPassword: false } as const;
  const lost = { ...server([]), observation: failed };
  const snapshot = withNews(withNews(nothing, news(null, server([a]))), news(server([a]), lost));
  assert.deepEqual(withNews(snapshot, news(lost, server([a]))), { connections: [server([a])] });
});

test('who hears only what changed waits for the whole', () => {
  assert.deepEqual(withNews(nothing, news(server([a, b]), server([a, line(2, 'active')]))), nothing);
  assert.deepEqual(withNews(nothing, news(server([a]), server([a, b]))), nothing);
});
