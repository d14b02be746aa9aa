import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenDay, writtenTime } from '../../../src/base/written-time.ts';

const now = new Date('2026-06-05T12:00:00Z');

test('the forms that create dates have', () => {
  const cases = [
    ['2026-06-02 15:03:11.570284+00:00', '2 Jun 2026, 15:03 (2 days ago)'],
    ['2016-05-05 09:14:29.328841', '5 May 2016, 09:14 (10 years ago)'],
    ['2026-06-05 13:59:30 +0200', '5 Jun 2026, 13:59 (1 minute ago)'],
    ['2026-06-05T11:59:59Z', '5 Jun 2026, 11:59 (1 minute ago)'],
    ['2026-04-20', '20 Apr 2026 (1 month ago)'],
    ['2030-01-01 00:00:00', '1 Jan 2030, 00:00 (ahead)'],
    ['some day', 'some day'],
    ['2026-13-01', '2026-13-01'],
  ];
  for (const [written, shown] of cases) assert.equal(writtenTime(written ?? '', now), shown);
});

test('the day alone', () => {
  assert.equal(writtenDay('2026-06-02 15:03:11.570284+00:00'), '2 Jun 2026');
  assert.equal(writtenDay(''), '');
});
