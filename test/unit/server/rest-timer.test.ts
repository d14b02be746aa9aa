/** What is left for later is done once nothing changes any more, and not again soon. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apartMs, RestTimer, restMs } from '../../../src/server/rest-timer.ts';

test('the work is done after a rest, which each change ends', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const rest = new RestTimer(() => done++);
  rest.begin();
  t.mock.timers.tick(restMs - 1);
  rest.end();
  t.mock.timers.tick(restMs);
  assert.equal(done, 0, 'the rest was ended');
  rest.begin();
  t.mock.timers.tick(restMs - 1);
  rest.begin();
  t.mock.timers.tick(restMs - 1);
  assert.equal(done, 0, 'it began anew');
  t.mock.timers.tick(1);
  assert.equal(done, 1);
});

test('the next time is some minutes later', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const rest = new RestTimer(() => done++);
  rest.begin();
  t.mock.timers.tick(restMs);
  rest.begin();
  t.mock.timers.tick(restMs);
  assert.equal(done, 1);
  t.mock.timers.tick(apartMs);
  assert.equal(done, 2);
});
