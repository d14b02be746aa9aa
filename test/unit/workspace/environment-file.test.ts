import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironmentFile } from '../../../src/workspace/connections/environment-file.ts';

const read = (text: string) =>
  Object.fromEntries(readEnvironmentFile(text).map(each => [each.name, each.value]));

test('plain, exported and quoted values', () => {
  assert.deepEqual(read('A=1\nexport B = two words \nC="x\\ny"\nD=\'$A\'\n'), {
    A: '1',
    B: 'two words',
    C: 'x\ny',
    D: '$A',
  });
});
test('comments and half-typed lines', () => {
  assert.deepEqual(read('# A=1\nB\n=C\nD=1 # note\nE=a#b\n'), { D: '1', E: 'a#b' });
});
test('earlier values are put in', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is how environment files name variables.
  assert.deepEqual(read('USER=ann\nURL=postgresql://${USER}@h/${DB:-shop}\n').URL, 'postgresql://ann@h/shop');
});
test('places', () => {
  const text = 'A=1\nB=2';
  assert.deepEqual(
    readEnvironmentFile(text).map(({ range }) => text.slice(range.start, range.end)),
    ['A=1', 'B=2'],
  );
});
