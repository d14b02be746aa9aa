import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexLines, offsetAt, positionAt } from '../../../src/base/line-index.ts';

/** Line and column of the `¦` in a text, with the text's index. */
function positionOf(marked: string): { line: number; column: number } {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const position = positionAt(indexLines(text), offset);
  assert.equal(offsetAt(indexLines(text), position), offset, 'and back');
  return position;
}

test('the first line', () => assert.deepEqual(positionOf('ab¦c'), { line: 0, column: 2 }));
test('after a line feed', () => assert.deepEqual(positionOf('a\n¦b'), { line: 1, column: 0 }));
test('CRLF is one line end', () => assert.deepEqual(positionOf('a\r\nb¦'), { line: 1, column: 1 }));
test('a lone CR ends a line', () => assert.deepEqual(positionOf('a\rb¦'), { line: 1, column: 1 }));
test('columns are UTF-16 units', () => assert.deepEqual(positionOf('😀¦a'), { line: 0, column: 2 }));
test('the end of a file that ends with a line end', () =>
  assert.deepEqual(positionOf('a\n¦'), { line: 1, column: 0 }));

test('offsets and positions outside the text are clamped', () => {
  const index = indexLines('ab\ncd');
  assert.deepEqual(positionAt(index, 99), { line: 1, column: 2 });
  assert.equal(offsetAt(index, { line: 7, column: 0 }), 5);
  assert.equal(offsetAt(index, { line: 0, column: 99 }), 3);
});
