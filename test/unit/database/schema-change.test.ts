import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchemaChange } from '../../../src/database/shadow/schema-change.ts';
import type { DdlStatement } from '../../../src/schema/ddl.ts';

function statement(sql: string, table: string | null = null, refersTo: string | null = null): DdlStatement {
  const name = (text: string | null) => (text === null ? null : { schema: null, name: text });
  return { sql, table: name(table), refersTo: name(refersTo), simplified: null, bare: null };
}

const before = [
  statement('type'),
  statement('a', 'a'),
  statement('b', 'b'),
  statement('a to b', 'a', 'b'),
  statement('c', 'c'),
];

test('nothing changed, nothing to do', () => {
  assert.deepEqual(planSchemaChange(before, before), { kind: 'tables', tables: [] });
});

test('a changed table is told, and not those whose foreign keys point at it', () => {
  const after = before.with(2, statement('b2', 'b')).with(3, statement('a to b 2', 'a', 'b'));
  assert.deepEqual(planSchemaChange(before, after), {
    kind: 'tables',
    tables: [{ schema: null, name: 'b' }],
  });
});

test('new and removed tables', () => {
  const after = [...before.slice(0, 4), statement('d', 'd')];
  assert.deepEqual(planSchemaChange(before, after), {
    kind: 'tables',
    tables: [
      { schema: null, name: 'c' },
      { schema: null, name: 'd' },
    ],
  });
});

test('a change of what tables share is a rebuild', () => {
  assert.deepEqual(planSchemaChange(before, before.with(0, statement('type 2'))), { kind: 'rebuild' });
});
