/** The pieces, segments and offset maps of string literals; their values are held against CPython in `cpython.test.ts`. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mapStringOffsets } from '../../../src/python/string-offsets.ts';
import type { StringLiteral } from '../../../src/python/syntax.ts';
import { loadTestPythonParser } from '../../python-parser.ts';
import { readMarked } from './marked.ts';

const parser = await loadTestPythonParser();

function literal(text: string): StringLiteral {
  const [statement] = parser.parse(text).body;
  assert.ok(statement?.kind === 'expression' && statement.expression.kind === 'string');
  return statement.expression;
}

/** Segments as `source→value`, interpolations as their source alone. */
function segments(text: string): string[] {
  return literal(text).pieces.flatMap(piece =>
    piece.segments.map(segment => {
      const source = text.slice(segment.start, segment.end);
      return segment.kind === 'text' ? `${source}→${segment.value}` : source;
    }),
  );
}

suite('pieces', () => {
  test('prefixes are sorted and in lower case', () => {
    const { pieces } = literal(`Rb'a' bR"b" b'''c'''`);
    assert.deepEqual(
      pieces.map(({ prefix, quote }) => prefix + quote),
      [`br'`, `br"`, `b'''`],
    );
  });
  test('bytes', () => assert.deepEqual([literal(`b'\\xff'`).bytes, literal(`'a'`).bytes], [true, false]));
  test('every escape is a segment of its own', () => {
    assert.deepEqual(segments(String.raw`'a\nb\x41\N{DASH}c\d'`), [
      'a→a',
      '\\n→\n',
      'b→b',
      '\\x41→A',
      '\\N{DASH}→\ufffd',
      'c\\d→c\\d',
    ]);
  });
  test('doubled braces, interpolations and their formats', () => {
    assert.deepEqual(segments(`f'{{a}}{b!r:>{c}}d'`), ['{{→{', 'a→a', '}}→}', '{b!r:>{c}}', 'd→d']);
    const [piece] = literal(`f'{b:{c}}'`).pieces;
    const [segment] = piece?.segments ?? [];
    assert.ok(segment?.kind === 'interpolation');
    assert.equal(segment.format.length, 1);
  });
  test('line continuations and Windows line ends', () => {
    assert.deepEqual(segments(`'''a\\\r\nb\r\nc'''`), ['a→a', '\\\r\n→', 'b→b', '\r\n→\n', 'c→c']);
  });
  test('an interpolation makes the value unknown', () => {
    assert.equal(literal(`f'{a}'`).value, null);
    assert.equal(literal(`f'a' 'b'`).value, 'ab');
  });
});

suite('offsets', () => {
  /** The value with the marker where the marked source offset lands, and that mapped back. */
  function check(source: string, expected: string): void {
    const { text, offset } = readMarked(source);
    const offsets = mapStringOffsets(literal(text), (_, i) => `$${i + 1}`);
    const at = offsets.toValue(offset);
    assert.ok(at !== null);
    assert.equal(`${offsets.value.slice(0, at)}¦${offsets.value.slice(at)}`, expected);
    assert.equal(offsets.toSource(at), offset);
  }
  test('plain text', () => check(`'ab¦c'`, 'ab¦c'));
  test('after an escape', () => check(String.raw`'\n\x41¦c'`, '\nA¦c'));
  test('in a later piece', () => check(`'ab' r"c¦d"`, 'abc¦d'));
  test('after an interpolation', () => check(`f'a = {b} ¦c'`, 'a = $1 ¦c'));
  test('at an interpolation', () => check(`f'a ¦{b} c{d}'`, 'a ¦$1 c$2'));
  test('at the end', () => check(`'ab¦'`, 'ab¦'));
  test('in an empty literal', () => check(`'''¦'''`, '¦'));
  test('in the quotes there is none', () =>
    assert.equal(mapStringOffsets(literal(`'a' 'b'`)).toValue(4), null));
  test('a range that touches an escape or placeholder takes all of it', () => {
    const text = `f'a\\x41{b}c'`;
    const { rangeToSource } = mapStringOffsets(literal(text), () => '$1');
    const written = (start: number, end: number) => {
      const range = rangeToSource({ start, end });
      return text.slice(range.start, range.end);
    };
    assert.equal(written(1, 2), '\\x41');
    assert.equal(written(3, 4), '{b}');
    assert.equal(written(0, 5), 'a\\x41{b}c');
    assert.equal(written(4, 4), '');
  });
});
