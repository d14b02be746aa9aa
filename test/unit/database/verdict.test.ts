import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorVerdict, utf16Offset, verdictOnNul } from '../../../src/database/verdict.ts';

test('PostgreSQL’s characters become UTF-16 offsets', () => {
  assert.equal(utf16Offset('abc', 1), 0);
  assert.equal(utf16Offset('é😀x', 3), 3);
  assert.equal(utf16Offset('\ud800x', 2), 1);
  assert.equal(utf16Offset('ab', 99), 2);
});

test('what the server leaves out is null', () => {
  assert.deepEqual(errorVerdict('x', { message: 'm' }), {
    kind: 'error',
    sqlstate: 'XX000',
    message: 'm',
    position: null,
    hint: null,
    detail: null,
  });
});

test('a NUL is refused where it stands', () => {
  assert.equal(verdictOnNul('a\0')?.position, 1);
  assert.equal(verdictOnNul('a'), null);
});
