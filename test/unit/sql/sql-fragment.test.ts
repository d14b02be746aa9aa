/** Expressions and types that a person types, by themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { type FragmentKind, readFragment } from '../../../src/sql/sql-fragment.ts';

const parser = await loadSqlParser();

function read(text: string, kind: FragmentKind = 'expression'): readonly string[] | string {
  const fragment = readFragment(parser, kind, text);
  return fragment.kind === 'read' ? fragment.columns : fragment.message;
}

test('an expression names its columns, each once', () => {
  assert.deepEqual(read('lower(email) || name || email'), ['email', 'name']);
  assert.deepEqual(read("'text'"), []);
  assert.deepEqual(read('CASE WHEN a > 1 THEN now() ELSE created_at END -- why'), ['a', 'created_at']);
  assert.deepEqual(read('orders.total + CURRENT_DATE'), []);
});

test('whose columns a query means is not told', () => {
  assert.deepEqual(read('(SELECT max(id) FROM other)'), []);
  assert.deepEqual(read('a + (SELECT b FROM other)'), []);
});

test('what is no expression', () => {
  assert.match(String(read('lower(')), /syntax error/);
  assert.match(String(read('')), /syntax error/);
  for (const text of [
    '1); DROP TABLE orders; SELECT (2',
    '1), (2',
    '1) FROM (SELECT 1) x WHERE (true',
    '1) AS (x',
  ]) {
    assert.equal(typeof read(text), 'string', text);
  }
});

test('types', () => {
  for (const text of ['VARCHAR(40)', 'timestamp with time zone', 'numeric(12, 2)[]', 'app.mood'])
    assert.deepEqual(read(text, 'type'), [], text);
  assert.match(String(read('VARCHAR(', 'type')), /syntax error/);
  assert.match(String(read('integer NOT NULL', 'type')), /syntax error/);
  assert.equal(typeof read('int), (1', 'type'), 'string');
});
