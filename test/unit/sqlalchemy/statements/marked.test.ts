/** Strings that say themselves that they are SQL. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['above', '# language=sql\nquery = "FOO 1"\nother = "FOO 2"\n', ['FOO 1']],
  ['above, in brackets', 'run(\n    # language=sql\n    "FOO 1",\n    "FOO 2",\n)\n', ['FOO 1']],
  ['behind an opening bracket', 'run(  # language=sql\n    "FOO 1",\n)\n', ['FOO 1']],
  ['behind', 'query = "FOO 1"  # language=sql\nother = "FOO 2"\n', ['FOO 1']],
  ['behind the last of a line', 'run("x", "FOO 1")  # language=PostgreSQL\nother = "FOO 2"\n', ['FOO 1']],
  ['behind a comma', 'run(\n    "FOO 1",  # language=sql\n    "FOO 2",\n)\n', ['FOO 1']],
  ['as its first words', 'query = "-- sql\\nFOO 1"\n', ['-- sql FOO 1']],
  ['that is the whole string', 'option("--sql")\n', []],
  ['in passing', '# Say language=sql above a string.\nquery = "FOO 1"  # not language=sql\n', []],
];

for (const [where, python, expected] of cases) {
  test(`a mark ${where}`, () => assert.deepEqual(sqlOf(python), expected));
}
