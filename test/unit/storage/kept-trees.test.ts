/** What was parsed is there at the next start, by its content, and what nobody asked for again is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptTrees } from '../../../src/storage/kept-trees.ts';

function keptText(): {
  text: string | null;
  writes: number;
  read(): string | null;
  write(text: string): void;
} {
  return {
    text: null,
    writes: 0,
    read() {
      return this.text;
    },
    write(text) {
      this.text = text;
      this.writes++;
    },
  };
}

const tree = (value: number, length = 100) => new Uint8Array(length).fill(value);

test('trees are read by who starts next, and dropped where they were not', () => {
  const kept = keptText();
  const first = new KeptTrees(kept);
  first.keep('one', tree(200));
  first.keep('two', tree(0));
  assert.equal(first.read('three'), null);
  first.finish();
  const second = new KeptTrees(kept);
  assert.deepEqual(Uint8Array.from(second.read('one') ?? []), tree(200));
  second.keep('four', tree(4));
  second.finish();
  const third = new KeptTrees(kept);
  assert.equal(third.read('two'), null);
  assert.deepEqual(Uint8Array.from(third.read('one') ?? []), tree(200));
  assert.deepEqual(Uint8Array.from(third.read('four') ?? []), tree(4));
});

test('little that is new is not worth the writing', () => {
  const kept = keptText();
  const first = new KeptTrees(kept);
  first.keep('large', tree(1, 10_000));
  first.finish();
  const second = new KeptTrees(kept);
  second.read('large');
  second.keep('small', tree(2));
  second.finish();
  assert.equal(kept.writes, 1);
});

test('after the end nothing is held', () => {
  const kept = keptText();
  const trees = new KeptTrees(kept);
  trees.keep('one', tree(1));
  trees.finish();
  assert.equal(trees.read('one'), null);
});

test('what is foreign has no trees', () => {
  for (const text of ['', 'x', 'x'.repeat(100)]) {
    const kept = keptText();
    kept.text = text;
    assert.equal(new KeptTrees(kept).read('one'), null);
  }
});
