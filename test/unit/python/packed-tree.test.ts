/** A module that is read from a kept tree is the one that is parsed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TreeMemory } from '../../../src/python/reading/parser.ts';
import { loadRememberingParser, loadTestPythonParser } from '../../python-parser.ts';

const parser = await loadTestPythonParser();
const trees = new Map<string, Uint8Array>();
let read = 0;
const memory: TreeMemory = {
  read(text) {
    const tree = trees.get(text) ?? null;
    if (tree !== null) read++;
    return tree;
  },
  keep: (text, tree) => void trees.set(text, tree),
};
const first = await loadRememberingParser(memory);
const second = await loadRememberingParser(memory);

const folder = join(import.meta.dirname, 'samples');
const samples = readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')] as const);

for (const [name, text] of [...samples, ['nothing', ''], ['letters', '# é 😀\nx = "é😀"  # é\n']] as const) {
  test(name, () => {
    const parsed = parser.parse(text);
    assert.deepEqual(first.parse(text), parsed);
    const before = read;
    assert.deepEqual(second.parse(text), parsed);
    assert.equal(read, before + 1, 'it is read from what was kept');
  });
}

test('a text with an error is not kept, and is repaired as ever', () => {
  const text = 'def f(:\n    pass\nx = 1\n';
  assert.deepEqual(first.parse(text), parser.parse(text));
  assert.equal(trees.has(text), false);
});

test('what is not a tree of the text is parsed anew', () => {
  const text = 'x = 1\n';
  const whole = first.parse(text);
  const kept = trees.get(text) ?? new Uint8Array();
  const damages = [
    new Uint8Array(),
    kept.slice(0, -1),
    kept.slice(1),
    Uint8Array.of(...kept, 0),
    kept.map(() => 255),
  ];
  for (const damaged of damages) {
    trees.set(text, damaged);
    assert.deepEqual(second.parse(text), whole);
  }
});
