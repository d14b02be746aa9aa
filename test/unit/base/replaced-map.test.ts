/** A map with replaced items is the map that was written anew, however many edits made it. Edits are random, from a fixed seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplacedMap } from '../../../src/base/replaced-map.ts';
import { generator } from '../../random.ts';

const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);

test('random replacements: the entries of a plain map, in its order', () => {
  const random = generator(1);
  const plain = new Map(keys.map(key => [key, 0]));
  let map = new ReplacedMap(new Map(plain));
  for (let count = 1; count <= 300; count++) {
    const key = keys[random(keys.length)] ?? '';
    plain.set(key, count);
    map = map.replacing([[key, count]]);
    assert.equal(map.get(key), count);
    assert.equal(map.size, plain.size);
  }
  assert.deepEqual([...map], [...plain]);
  assert.deepEqual([...map.values()], [...plain.values()]);
  assert.deepEqual([...map.keys()], [...plain.keys()]);
});

test('a version stays as it is, and is told apart from later ones by the keys that were replaced', () => {
  const first = new ReplacedMap(new Map(keys.map(key => [key, 0])));
  const second = first.replacing([['key 1', 1]]);
  const third = second.replacing([
    ['key 2', 2],
    ['key 1', 0],
  ]);
  assert.equal(second.get('key 2'), 0);
  assert.deepEqual(first.keysApart(third), new Set(['key 2']));
  assert.deepEqual(third.keysApart(second), new Set(['key 2', 'key 1']));
  assert.equal(first.keysApart(new ReplacedMap(new Map(first))), null);
});
