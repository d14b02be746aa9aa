import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../../src/base/suggest.ts';

test('two letters exchanged count as one edit', () =>
  assert.equal(nearestName('nmae', ['email', 'name']), 'name'));
test('a letter too few', () => assert.equal(nearestName('is_actve', ['id', 'is_active']), 'is_active'));
test('the nearest of several', () => assert.equal(nearestName('titel', ['total', 'title']), 'title'));
test('nothing that is far away', () => assert.equal(nearestName('body', ['title', 'id']), undefined));
test('short names allow one edit', () => assert.equal(nearestName('ix', ['id', 'email']), 'id'));
