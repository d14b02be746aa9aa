// A view draws again only what changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedNodes } from '../../../../src/extension/views/changed-nodes.ts';
import type { TreeNode } from '../../../../src/extension/views/tree-node.ts';

function node(id: string, description = '', children: readonly TreeNode[] = []): TreeNode {
  return { id, label: id, description, spoken: id, children };
}

test('nothing changed', () => {
  assert.deepEqual(changedNodes([node('a', '', [node('b')])], [node('a', '', [node('b')])]), []);
});

test('a row deep inside', () => {
  const before = [node('a', '', [node('b', '1'), node('c', '1')])];
  assert.deepEqual(changedNodes(before, [node('a', '', [node('b', '1'), node('c', '2')])]), ['c']);
});

test('a row that is added or removed changes its parent', () => {
  assert.deepEqual(changedNodes([node('a', '', [node('b')])], [node('a', '', [node('b'), node('c')])]), [
    'a',
  ]);
  assert.deepEqual(changedNodes([node('a', '', [node('b')])], [node('a')]), ['a']);
});

test('a changed parent stands for what is below', () => {
  const before = [node('a', '1', [node('b', '1')])];
  assert.deepEqual(changedNodes(before, [node('a', '2', [node('b', '2')])]), ['a']);
});

test('other roots change all', () => {
  assert.equal(changedNodes([node('a')], [node('b')]), 'all');
  assert.equal(changedNodes([], [node('b')]), 'all');
});
