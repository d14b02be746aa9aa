import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolEvent } from '../../../../src/protocol/pools.ts';
import { type NewEvent, withEvents } from '../../../../src/server/live/event-list.ts';

const full: NewEvent = { kind: 'exhausted', message: 'The pool is exhausted.', advice: '' };
const free: NewEvent = { kind: 'relieved', message: 'The pool has connections again.', advice: '' };
const lost: NewEvent = { kind: 'lost', message: 'The connection was lost.', advice: '' };

/** Each at its second; `kind times since`, newest first. */
function told(...happened: readonly (readonly [number, ...NewEvent[]])[]): readonly string[] {
  const events = happened.reduce<readonly PoolEvent[]>(
    (before, [second, ...added]) => withEvents(before, added, second * 1000),
    [],
  );
  return events.map(({ kind, at, since, times }) => `${at / 1000} ${kind} ${times} ${since / 1000}`);
}

test('a pool that is full again and again is one event, and hides no other', () => {
  assert.deepEqual(told([1, full], [2, free], [3, lost], [5, full], [6, free], [9, full]), [
    '9 exhausted 3 1',
    '6 relieved 2 2',
    '3 lost 1 3',
  ]);
});

test('after a minute the same is news', () => {
  assert.deepEqual(told([1, full], [61, full], [122, full]), ['122 exhausted 1 122', '61 exhausted 2 1']);
});

test('of what happens at once the first stands first; fifty are kept', () => {
  assert.deepEqual(told([1, full, lost]), ['1 exhausted 1 1', '1 lost 1 1']);
  const many = Array.from({ length: 60 }, (_, index) => [index, { ...lost, message: `${index}` }] as const);
  assert.equal(told(...many).length, 50);
});
