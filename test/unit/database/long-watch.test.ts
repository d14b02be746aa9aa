// Hours of polling in seconds: the same session all along, and memory that does not grow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { ActivityReader } from '../../../src/database/live/activity-reader.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { Monitor } from '../../../src/database/monitor.ts';
import { happenings, type ServerMoment } from '../../../src/database/pool-events.ts';
import { momentFigures } from '../../../src/database/pool-figures.ts';
import { observePools } from '../../../src/database/pools.ts';
import { PoolHistory } from '../../../src/server/live/pool-history.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

const eightHours = 28_800;
/** An hour's are real ones. With DBPATTERNS_LONG_WATCH all are, which takes a minute or two. */
const realObservations = process.env.DBPATTERNS_LONG_WATCH === undefined ? 3600 : eightHours - 2;
/** What the tests around it and a warm compiler may still move. */
const toleratedBytes = 3_000_000;

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('eight hours at one second: memory is flat, and one session does it all', async () => {
  await using server = await startPostgres();
  const target = readConnectionUrl(server.url);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  const reader = new ActivityReader(live);
  const history = new PoolHistory();
  const pids = new Set<number | null>();
  let clock = Date.now();
  let before: ServerMoment | null = null;
  const note = (moment: ServerMoment) => {
    history.add({ at: clock, ...momentFigures(before, moment) });
    happenings(before, moment);
    before = moment;
    clock += 1000;
  };
  // Real questions, one after the other: the timer of a second is left out.
  const schedule = (callback: () => void) => {
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  };
  const monitor = new Monitor({ intervalMs: 1, schedule, read: signal => reader.read([], signal) });
  try {
    let warm = 0;
    let last: ServerMoment | null = null;
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      monitor.listen(event => {
        if (event.kind === 'failure') return reject(new Error(event.message));
        pids.add(live.pid);
        last = { activity: event.observation, report: observePools(event.observation, []) };
        note(last);
        if (++seen === 200) warm = heap();
        if (seen === realObservations) resolve();
      });
    });
    monitor.dispose();
    assert.equal(pids.size, 1);
    assert.ok(
      heap() - warm < toleratedBytes,
      `grew by ${heap() - warm} bytes in ${realObservations} observations`,
    );

    const moment = last ?? assert.fail();
    for (let second = realObservations; second < eightHours / 2; second++)
      note({ ...(moment as ServerMoment) });
    const half = heap();
    for (let second = eightHours / 2; second < eightHours; second++) note({ ...(moment as ServerMoment) });
    assert.ok(heap() - half < toleratedBytes, `grew by ${heap() - half} bytes in four hours`);
    assert.equal(history.points.length, 3600);
    const [row] = await live.rows(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'database-patterns'",
    );
    assert.equal(row?.count, 1);
  } finally {
    monitor.dispose();
    await live.dispose();
  }
});
