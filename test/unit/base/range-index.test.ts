import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains } from '../../../src/base/range.ts';
import { indexRanges } from '../../../src/base/range-index.ts';
import { generator } from '../../random.ts';

test('the ranges that hold a place are those that a look at each finds, in their order', () => {
  const random = generator(7);
  for (let round = 0; round < 200; round += 1) {
    const ranges = Array.from({ length: random(40) }, () => {
      const start = random(50);
      return { start, end: start + random(20) };
    });
    const index = indexRanges(ranges, each => each);
    for (let start = 0; start < 60; start += 1)
      for (const place of [
        { start, end: start },
        { start, end: start + 3 },
      ])
        assert.deepEqual(
          index.holding(place),
          ranges.filter(each => contains(each, place)),
        );
  }
});
