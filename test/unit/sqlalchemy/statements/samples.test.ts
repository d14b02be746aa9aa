/** Every sample statement prints as SQLAlchemy's own compiler printed it (see `test/conformance/statements.ts`). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareStatements, type ExpectedSql } from '../../../conformance/compare-statements.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../conformance/samples/statements');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as ExpectedSql;

test('sample statements print as SQLAlchemy prints them', () => {
  const compared = compareStatements(folder, expected);
  assert.ok(compared.length > 300, `only ${compared.length} samples`);
  const different = compared
    .filter(each => each.actual !== each.expected)
    .map(each => `${each.module}.${each.name}: ${each.actual ?? each.reason}`);
  assert.deepEqual(different, []);
});
