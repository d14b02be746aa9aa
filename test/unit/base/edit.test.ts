import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/base/edit.ts';

const edit = (start: number, end: number, newText: string) => ({ range: { start, end }, newText });

test('edits are applied from any order', () => {
  assert.equal(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A')]), 'AbcdEf');
});

test('insertions at one place keep their order', () => {
  assert.equal(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y')]), 'axyb');
});

test('overlapping edits are refused', () => {
  assert.throws(() => applyEdits('abcdef', [edit(0, 3, ''), edit(2, 4, '')]), RangeError);
});
