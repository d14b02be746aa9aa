/** Our reading of Python against CPython's own: whatever `ast` says of the samples, our tree says too. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadTestPythonParser } from '../../python-parser.ts';
import { comparable } from './comparable.ts';

const folder = import.meta.dirname;
const parser = await loadTestPythonParser();

function readWithCpython(texts: readonly string[]): unknown[] {
  const output = execFileSync('python3', ['-W', 'ignore', join(folder, 'cpython_ast.py')], {
    input: texts.map(text => `${JSON.stringify(text)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return output
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

function assertSame(name: string, text: string, expected: unknown): void {
  assert.ok(Array.isArray(expected), `CPython rejects ${name}`);
  const module = parser.parse(text);
  assert.deepEqual(module.errors, [], `errors in ${name}`);
  const ours = module.body.map(comparable);
  for (const [i, statement] of expected.entries()) {
    const { start = 0 } = statement as { start?: number };
    assert.deepEqual(ours[i], statement, `statement ${i} of ${name}: ${text.slice(start, start + 60)}`);
  }
  assert.equal(ours.length, expected.length, `statements of ${name}`);
}

const names = readdirSync(join(folder, 'samples'));
const texts = names.map(name => readFileSync(join(folder, 'samples', name), 'utf8'));
const plain = readWithCpython(texts);
const windows = readWithCpython(texts.map(text => text.replaceAll('\n', '\r\n')));

for (const [i, name] of names.entries()) {
  const text = texts[i] ?? '';
  test(`${name} reads as CPython reads it`, () => assertSame(name, text, plain[i]));
  test(`${name} with Windows line ends reads as CPython reads it`, () =>
    assertSame(name, text.replaceAll('\n', '\r\n'), windows[i]));
}

test('modules of the standard library read as CPython reads them', () => {
  const program =
    'import argparse, ast, dataclasses, typing; print(*(m.__file__ for m in (argparse, ast, dataclasses, typing)), sep="\\n")';
  const paths = execFileSync('python3', ['-c', program], { encoding: 'utf8' }).trim().split(/\r?\n/);
  const sources = paths.map(path => readFileSync(path, 'utf8'));
  for (const [i, expected] of readWithCpython(sources).entries()) {
    assertSame(paths[i] ?? '', sources[i] ?? '', expected);
  }
});
