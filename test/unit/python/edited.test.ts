/** A document parsed after an edit is what the same text is when parsed alone. Edits are random, from fixed seeds. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadTestPythonParser } from '../../python-parser.ts';
import { generator, pick, type Random } from '../../random.ts';

const parser = await loadTestPythonParser();
const folder = join(import.meta.dirname, 'samples');
const oracle = join(import.meta.dirname, '..', '..', 'conformance', 'own_material_oracle.py');
const paths = [...readdirSync(folder).map(name => join(folder, name)), oracle];

const insertions = [
  'x',
  ' ',
  '\n',
  '\n    y = 1  # why\n',
  '(',
  ')',
  '"',
  '"""',
  '\n\nclass A:\n    def f(self):\n        return {1: "é", **b}\n',
  '@decorated\n',
  'async ',
  '#',
  '\\',
  '😀',
  'f"{a:{b}}"',
];

function edited(text: string, random: Random): string {
  const at = random(text.length + 1);
  // People put right what they have broken: the whole line goes, or some letters of it.
  if (random(4) === 0) return text.slice(0, at) + text.slice(at + random(12));
  if (random(4) === 0) return text.slice(0, at) + text.slice(text.indexOf('\n', at));
  return text.slice(0, at) + pick(insertions, random) + text.slice(at);
}

for (const [index, path] of paths.entries()) {
  test(`random edits of ${path.split(/[/\\]/).at(-1)}`, () => {
    const random = generator(index + 1);
    const original = readFileSync(path, 'utf8');
    let text = original;
    for (let count = 0; count < 150; count++) {
      text = random(5) === 0 ? original : edited(text, random);
      const description = `edit ${count}:\n${text}`;
      assert.deepEqual(parser.parse(text, path), parser.parse(text), description);
    }
  });
}
