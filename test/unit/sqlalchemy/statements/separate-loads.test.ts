/** Further statements that load relationships are those that SQLAlchemy sent (see `test/conformance/loads.ts`). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareLoads, type SentLoads } from '../../../conformance/compare-loads.ts';

const folder = join(import.meta.dirname, '../../../conformance/samples/loads');
const sent = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as SentLoads;

test('relationships of the samples are loaded as SQLAlchemy loads them', () => {
  const compared = compareLoads(folder, sent);
  assert.ok(compared.some(each => each.expected.length > 2));
  for (const { name, actual, expected } of compared) assert.deepEqual(actual, expected, name);
});
