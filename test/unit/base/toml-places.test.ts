import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tomlPlaceOf, tomlPlaces } from '../../../src/base/toml-places.ts';

/** Each place as `path: key = value`. */
function places(text: string): readonly string[] {
  const written = (range: { readonly start: number; readonly end: number }) =>
    text.slice(range.start, range.end);
  return tomlPlaces(text).map(
    ({ path, key, value }) =>
      `${path.join('/')}: ${written(key)}${value === null ? '' : ` = ${written(value)}`}`,
  );
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['a table', '[a.b]\nc = 1', ['a/b: b', 'a/b/c: c = 1']],
  ['a dotted key', 'a.b . c = "x"', ['a/b/c: c = "x"']],
  ['quoted keys', '["a.b"]\n\'c d\' = 1', ['a.b: "a.b"', "a.b/c d: 'c d' = 1"]],
  [
    'an inline table',
    'a = { b = 1, c.d = [2] }',
    ['a: a = { b = 1, c.d = [2] }', 'a/b: b = 1', 'a/c/d: d = [2]', 'a/c/d/0: 2 = 2'],
  ],
  [
    'an array of lines',
    'a = [\n  "b", # ]\n  "c",\n]\nd = 1',
    ['a: a = [\n  "b", # ]\n  "c",\n]', 'a/0: "b" = "b"', 'a/1: "c" = "c"', 'd: d = 1'],
  ],
  ['an array of tables', '[[a]]\nb = 1\n[[a]]\nb = 2', ['a: a', 'a/0/b: b = 1', 'a: a', 'a/1/b: b = 2']],
  [
    'a text that looks like a table',
    'a = """\n[b]\nc = 1\n"""\nd = 1',
    ['a: a = """\n[b]\nc = 1\n"""', 'd: d = 1'],
  ],
  ['a comment', '# a = 1\nb = 1 # c = 2', ['b: b = 1']],
  ['CRLF', '[a]\r\nb = 1\r\n', ['a: a', 'a/b: b = 1']],
  ['a half-typed key', '[a]\nb\nc = 1', ['a: a', 'a/b: b = ', 'a/c: c = 1']],
  ['a half-typed value', 'a = \nb = 1', ['a: a = ', 'b: b = 1']],
  ['a half-typed header', '[a.\nb = 1', ['a: a', 'a/b: b = 1']],
];

for (const [title, text, expected] of cases) test(title, () => assert.deepEqual(places(text), expected));

test('a path that is not there leads to what is around it', () => {
  const found = tomlPlaceOf(tomlPlaces('[a]\nb = { c = 1 }'), ['a', 'b', 'd', 'e']);
  assert.deepEqual(found?.path, ['a', 'b']);
});
test('ten thousand brackets come to an end', () => {
  assert.equal(tomlPlaces(`a = ${'['.repeat(10_000)}`)[0]?.path.join('/'), 'a');
});
