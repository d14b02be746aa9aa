/** Why statements were not checked: summed, the reason of most first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncheckedReasons } from '../../../src/features/checking/unchecked-reasons.ts';

const unread = (name: string) => `${name} has columns that could not be read.`;

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['nothing', [], []],
  ['one reason', ['This is no SQL expression.'], ['1 This is no SQL expression. +0']],
  [
    'the same of several names',
    [unread('User'), unread('Group'), unread('User'), 'This is no SQL expression.'],
    [`3 ${unread('User')} +1`, '1 This is no SQL expression. +0'],
  ],
  [
    'each sentence counts once',
    ['a b c', 'a b d', 'x b c', 'a b d', 'z'],
    ['3 a b d +1', '1 x b c +0', '1 z +0'],
  ],
];

for (const [title, given, expected] of cases) {
  test(title, () => {
    const reasons = uncheckedReasons(given.map(reason => ({ reason })));
    assert.deepEqual(
      reasons.map(each => `${each.statements} ${each.reason} +${each.others}`),
      expected,
    );
  });
}
