import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../../src/database/activity.ts';
import { DatabaseError } from '../../../src/database/database-error.ts';
import { Monitor, type MonitorEvent } from '../../../src/database/monitor.ts';

const observed = {} as Activity;

/** A monitor whose clock and timers are turned by hand, one answer after the other. */
function handTurned(chance = 0) {
  let time = 1000;
  let clock = 0;
  const timers: { callback: () => void; delay: number }[] = [];
  const answers: {
    resolve: (value: Activity) => void;
    reject: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  const events: MonitorEvent<Activity>[] = [];
  const monitor = new Monitor<Activity>({
    intervalMs: 1000,
    now: () => time + clock,
    elapsed: () => time,
    random: () => chance,
    read: signal => new Promise((resolve, reject) => answers.push({ resolve, reject, signal })),
    schedule: (callback, delay) => {
      const timer = { callback, delay };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  });
  const settled = () => new Promise(resolve => setImmediate(resolve));
  return {
    monitor,
    timers,
    answers,
    events,
    pass: (ms: number) => {
      time += ms;
    },
    setClock: (ms: number) => {
      clock = ms;
    },
    async succeed() {
      answers.shift()?.resolve(observed);
      await settled();
    },
    async fail() {
      answers.shift()?.reject(new DatabaseError('refused', 'Nothing answers.'));
      await settled();
    },
    fire: () => timers.shift()?.callback(),
  };
}

test('asks at once, then at each full interval', async () => {
  const turned = handTurned();
  turned.monitor.listen(event => turned.events.push(event));
  turned.pass(300);
  await turned.succeed();
  assert.deepEqual(turned.events, [{ kind: 'observation', observation: observed }]);
  assert.deepEqual(
    turned.timers.map(timer => timer.delay),
    [700],
  );
});

test('a timer that fires early does not ask twice in one interval', async () => {
  const turned = handTurned();
  turned.monitor.listen(() => {});
  turned.pass(999);
  await turned.succeed();
  assert.equal(turned.timers[0]?.delay, 1001);
});

test('questions never overlap, however slow the answers', async () => {
  const turned = handTurned();
  turned.monitor.listen(() => {});
  turned.monitor.listen(() => {});
  turned.pass(60_000);
  assert.equal(turned.answers.length, 1);
  assert.equal(turned.timers.length, 0);
});

test('failures are told with their beginning, come rarer, and end with an observation', async () => {
  const turned = handTurned();
  turned.monitor.listen(event => turned.events.push(event));
  const delays: number[] = [];
  for (let failures = 0; failures < 5; failures++) {
    turned.pass(10);
    await turned.fail();
    delays.push(turned.timers[0]?.delay ?? -1);
    turned.fire();
  }
  assert.deepEqual(delays, [1000, 2000, 4000, 5000, 5000]);
  assert.deepEqual(turned.events.at(-1), {
    kind: 'failure',
    reason: 'refused',
    message: 'Nothing answers.',
    since: 1010,
  });
  await turned.succeed();
  assert.equal(turned.events.at(-1)?.kind, 'observation');
  assert.equal(turned.timers[0]?.delay, 950);
});

test('the last listener to leave ends the question and the timer', async () => {
  const turned = handTurned();
  const leave = turned.monitor.listen(event => turned.events.push(event));
  const { signal } = turned.answers[0] ?? assert.fail();
  leave();
  assert.ok(signal.aborted);
  await turned.fail();
  assert.deepEqual([turned.events.length, turned.timers.length], [0, 0]);
  turned.monitor.listen(event => turned.events.push(event));
  await turned.succeed();
  turned.monitor.dispose();
  assert.deepEqual([turned.events.length, turned.timers.length], [1, 0]);
});

test('a late listener hears the latest news', async () => {
  const turned = handTurned();
  turned.monitor.listen(() => {});
  await turned.succeed();
  turned.monitor.listen(event => turned.events.push(event));
  assert.equal(turned.events.length, 1);
});

test('a clock that is set back or forward neither stops nor hurries the questions', async () => {
  const turned = handTurned();
  turned.monitor.listen(event => turned.events.push(event));
  turned.setClock(-3_600_000);
  turned.pass(100);
  await turned.succeed();
  turned.fire();
  turned.setClock(86_400_000);
  await turned.succeed();
  assert.deepEqual([turned.timers[0]?.delay, turned.events.length], [900, 2]);
});

test('the pause after a failure is shortened by chance, by a quarter at most', async () => {
  const turned = handTurned(1);
  turned.monitor.listen(() => {});
  await turned.fail();
  assert.equal(turned.timers[0]?.delay, 750);
});
