/** Where findings stand after an edit, and which of them an edit takes away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryFindings } from '../../../src/features/checking/carry-findings.ts';
import type { Finding } from '../../../src/rules/finding.ts';

/** The text between brackets is what is found, and what its fix replaces. */
function carried(marked: string, after: string): readonly string[] {
  const start = marked.indexOf('[');
  const range = { start, end: marked.indexOf(']') - 1 };
  const before = marked.replace(/[[\]]/g, '');
  const edits = [{ path: '/a.py', edits: [{ range, newText: 'x' }] }];
  const finding: Finding = {
    rule: 'r',
    severity: 'error',
    message: 'm',
    path: '/a.py',
    range,
    fixes: [{ kind: 'safe', title: 't', edits }],
  };
  return carryFindings([finding], before, after).map(({ range: own, fixes }) => {
    assert.deepEqual(fixes[0]?.edits[0]?.edits[0]?.range, own);
    return after.slice(own.start, own.end);
  });
}

test('what stands before an edit stays, what stands behind it moves', () => {
  assert.deepEqual(carried('a [bad] c d', 'a bad c and d'), ['bad']);
  assert.deepEqual(carried('a b [bad] d', 'a and b bad d'), ['bad']);
  assert.deepEqual(carried('a b [bad] d', 'b bad d'), ['bad']);
  assert.deepEqual(carried('a [bad]', 'a bad'), ['bad']);
});

test('what is edited itself is left out', () => {
  assert.deepEqual(carried('a [bad] c', 'a bud c'), []);
  assert.deepEqual(carried('a [bad] c', 'a bade c'), []);
  assert.deepEqual(carried('a [bad] c', 'c'), []);
});
