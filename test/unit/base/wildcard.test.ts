import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameWildcard, pathWildcard } from '../../../src/base/wildcard.ts';

/** Each pattern with paths that it matches, and others that it does not. */
const paths: readonly (readonly [string, string, string])[] = [
  ['tests', 'tests/a.py app/tests/deep/a.py', 'app/tests.py app/my_tests/a.py'],
  ['tests/', 'tests/a.py', 'app/tests.py'],
  ['tests/**', 'tests/a.py tests/deep/a.py', 'app/tests/a.py'],
  ['/tests', 'tests/a.py', 'app/tests/a.py'],
  ['./tests/unit', 'tests/unit/a.py', 'tests/a.py'],
  ['test_*.py', 'test_a.py app/test_a.py', 'app/my_test_a.py'],
  ['app/*.py', 'app/a.py', 'app/deep/a.py'],
  ['app/**/a.py', 'app/a.py app/deep/deeper/a.py', 'app/b.py a.py'],
  ['**/versions/*', 'versions/1.py migrations/versions/1.py', 'migrations/env.py'],
  ['app/{a,b{1,2}}.py', 'app/a.py app/b1.py app/b2.py', 'app/b.py'],
  ['app/[a-c]?.py', 'app/a1.py app/cc.py', 'app/d1.py app/a.py'],
  ['[!t]*.py', 'a.py', 'test.py'],
  ['a+(b).py', 'a+(b).py', 'aab.py'],
];

for (const [pattern, matching, other] of paths)
  test(`the path pattern ${pattern}`, () => {
    const wildcard = pathWildcard(pattern);
    for (const path of matching.split(' ')) assert.equal(wildcard?.matches(path), true, path);
    for (const path of other.split(' ')) assert.equal(wildcard?.matches(path), false, path);
  });

test('a name', () => {
  const wildcard = nameWildcard('requests.*');
  assert.deepEqual(
    ['requests.get', 'requests.sessions.get', 'my.requests.get'].map(name => wildcard?.matches(name)),
    [true, true, false],
  );
});
test('what is not closed is no pattern', () =>
  assert.deepEqual(['a[b', 'a{b', 'a}b', '', '/'].map(pathWildcard), [null, null, null, null, null]));
test('braces of more alternatives than anybody writes are none', () =>
  assert.equal(pathWildcard('{a,b}'.repeat(30)), null));
test('many stars and a long name come to an end', () => {
  assert.equal(nameWildcard(`${'a*'.repeat(100)}b`)?.matches('a'.repeat(5_000)), false);
  assert.equal(pathWildcard(`${'**/a/'.repeat(100)}b`)?.matches('a/'.repeat(2_000)), false);
});
