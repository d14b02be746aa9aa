import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity, Session } from '../../../../src/database/activity.ts';
import { ownPools } from '../../../../src/database/own-pools.ts';
import { poolReading } from '../../../../src/server/live/pool-reading.ts';
import type { FoundPool } from '../../../../src/server/live/ports.ts';
import { SessionLines } from '../../../../src/server/live/session-lines.ts';

const nameless: FoundPool = {
  name: 'engine',
  size: 2,
  maxOverflow: 1,
  applicationName: null,
  database: null,
  user: null,
  processes: null,
  location: null,
  place: { uri: 'file:///w/app.py', line: 0, character: 0 },
  settings: '',
};

const nowhere = { ofStatement: () => null, ofPath: () => null };

/** Only what grouping and counting look at is filled in. */
function activityOf(sessions: readonly Session[]): Activity {
  const capacity = { maxConnections: 10, superuserReserved: 0, reserved: 0, used: 1, ours: 0, limits: [] };
  return {
    at: '',
    database: 'own',
    serverVersion: '18',
    capacity,
    sessions,
    server: { startedAt: null, inRecovery: false, replayLag: null, statistics: null, standbys: [] },
    unavailable: [],
  } as unknown as Activity;
}

test('a nameless session of another database does not stand for an engine of this one', () => {
  const session = { pid: 1, applicationName: '', user: 'u', database: 'other', state: 'idle', blockedBy: [] };
  const activity = activityOf([session as unknown as Session]);
  const observed = { activity, telemetry: [], pools: [nameless] };
  const reading = poolReading(observed, ownPools(activity, [nameless]), new SessionLines(nowhere));
  assert.deepEqual(
    reading.applications.map(({ application }) => application),
    ['engine'],
  );
  assert.equal(reading.capacity.otherDatabases, 1);
});

test('two engines that give one application name stay apart, beside its sessions and without any', () => {
  const at = (path: string) => ({ path, range: { start: 0, end: 1 } });
  const pools = ['/w/app.py', '/w/worker.py'].map(path => ({
    ...nameless,
    applicationName: 'shop',
    location: at(path),
  }));
  const session = {
    pid: 1,
    applicationName: 'shop',
    user: 'u',
    database: 'own',
    state: 'idle',
    blockedBy: [],
  };
  for (const sessions of [[], [session as unknown as Session]]) {
    const activity = activityOf(sessions);
    const observed = { activity, telemetry: [], pools };
    const reading = poolReading(observed, ownPools(activity, pools), new SessionLines(nowhere));
    const ids = reading.applications.map(({ id }) => id);
    assert.deepEqual([ids.length, new Set(ids).size], [2 + sessions.length, 2 + sessions.length]);
  }
});
