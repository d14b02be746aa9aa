/** Where a hole in SQL holds a value and nothing else, and where it may hold more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { withValueParameters } from '../../../src/sql/value-holes.ts';

const parser = await loadSqlParser();

/** Holes are written as `¦`. Runs of blanks in the answer are one. */
function filled(written: string): string | null {
  const holes: { start: number; end: number }[] = [];
  const text = written.replaceAll('¦', () => 'hole');
  for (const { index } of text.matchAll(/hole/g)) holes.push({ start: index, end: index + 4 });
  const found = withValueParameters(text, holes, parser.scan(text) ?? [], 2, parser);
  assert.ok(found === null || found.sql.length === text.length);
  return found?.sql.replaceAll(/\s+/g, ' ').trim() ?? null;
}

for (const [written, expected] of [
  ["INSERT INTO t VALUES ('¦', 'a ¦ and ¦', 1)", 'INSERT INTO t VALUES ($2 , $3 , 1)'],
  ["SELECT a FROM t WHERE b LIKE '%¦%'", 'SELECT a FROM t WHERE b LIKE $2'],
  ['SELECT a FROM t WHERE b = ¦ AND c < ¦', 'SELECT a FROM t WHERE b = $2 AND c < $3'],
  ['SELECT a FROM t LIMIT ¦ OFFSET ¦', 'SELECT a FROM t LIMIT $2 OFFSET $3'],
] as const)
  test(`a value: ${written}`, () => assert.equal(filled(written), expected));

for (const written of [
  'SELECT a FROM ¦',
  'SELECT ¦ FROM t ORDER BY a',
  'SELECT a FROM t WHERE ¦',
  'SELECT a FROM t ORDER BY ¦',
  'SELECT a FROM t JOIN u ON t.id = ¦.id',
  'SELECT a FROM t WHERE b = ¦_id',
  'SELECT a FROM t WHERE b = ¦¦',
  'SELECT a FROM t WHERE b = ¦(1)',
  'INSERT INTO t VALUES (¦)',
  'SELECT a FROM t WHERE b IN (¦)',
  "SELECT a FROM ¦ WHERE b = '¦'",
  "SELECT interval '¦ days'",
  "SELECT E'¦'",
  "CREATE TYPE mood AS ENUM ('¦')",
])
  test(`more than a value: ${written}`, () => assert.equal(filled(written), null));
