/** Files that are there already where a scaffold would make them: found, and settled as the user chooses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClashChoice } from '../../../src/base/clash-choice.ts';
import type { Rendering } from '../../../src/scaffold/scaffold.ts';
import { clashesIn, settleClashes } from '../../../src/scaffold/settle-clashes.ts';

const rendering: Rendering = {
  files: [
    { kind: 'create', path: '/app/health.py', text: 'new' },
    { kind: 'create', path: '/app/other.py', text: 'other' },
    { kind: 'edit', path: '/app/main.py', edits: [] },
  ],
  open: '/app/health.py',
  problems: [],
};

function settled(choice: ClashChoice | undefined, ...there: readonly string[]) {
  const exists = (path: string): boolean => ['/app/health.py', '/app/main.py', ...there].includes(path);
  const { files, open } = settleClashes(rendering, () => choice, exists);
  const made = files.flatMap(file =>
    file.kind === 'create' ? [file.replaces ? `${file.path}!` : file.path] : [],
  );
  return { made, open, clashes: clashesIn(files, exists) };
}

test('a file that is there and is to be made is a clash; one that is edited is none', () => {
  assert.deepEqual(settled(undefined).clashes, ['/app/health.py']);
});

test('keeping it leaves the new one out', () => {
  assert.deepEqual(settled('keep'), { made: ['/app/other.py'], open: '/app/health.py', clashes: [] });
});

test('beside it, the new one has another name that is free', () => {
  const beside = { made: ['/app/health_new.py', '/app/other.py'], open: '/app/health_new.py', clashes: [] };
  assert.deepEqual(settled('beside'), beside);
  assert.deepEqual(settled('beside', '/app/health_new.py').open, '/app/health_new_2.py');
});

test('replacing it is said of the file', () => {
  assert.deepEqual(settled('replace').made, ['/app/health.py!', '/app/other.py']);
});
