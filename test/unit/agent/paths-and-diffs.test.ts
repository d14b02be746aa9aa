/** Where agents may point: inside of the workspace, and nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDiff } from '../../../src/agent/apply-diff.ts';
import { pathInside } from '../../../src/agent/workspace-path.ts';

test('paths lead into the workspace or nowhere', () => {
  const inside = (given: string): string | null => pathInside(['/work/shop', '/work/lib'], given);
  assert.equal(inside('app/models.py'), '/work/shop/app/models.py');
  assert.equal(inside('./app/../models.py'), '/work/shop/models.py');
  assert.equal(inside('app\\models.py'), '/work/shop/app/models.py');
  assert.equal(inside('/work/lib/a.py'), '/work/lib/a.py');
  assert.equal(inside('.'), '/work/shop');
  for (const outside of [
    '../secrets.py',
    '/etc/passwd',
    '/work/shopping/a.py',
    'a/../../b',
    '../../../../../x',
    'C:/x',
    'a\0b',
  ])
    assert.equal(inside(outside), null, outside);
});

const source = {
  pathOf: (given: string) => pathInside(['/project'], given),
  textOf: (path: string) => (path === '/project/a.py' ? 'one\ntwo\n' : undefined),
};

test('a diff of Git is applied, new files with it, and deleted ones are passed over', () => {
  const diff = `diff --git a/a.py b/a.py
--- a/a.py
+++ b/a.py
@@ -1,2 +1,2 @@
 one
-two
+three
diff --git a/b.py b/b.py
new file mode 100644
--- /dev/null
+++ b/b.py
@@ -0,0 +1 @@
+new
diff --git a/c.py b/c.py
deleted file mode 100644
--- a/c.py
+++ /dev/null
@@ -1 +0,0 @@
-gone
`;
  const outcome = applyDiff(diff, source);
  assert.equal(outcome.kind, 'applied');
  assert.deepEqual(outcome.kind === 'applied' && [...outcome.texts], [
    ['/project/a.py', 'one\nthree\n'],
    ['/project/b.py', 'new\n'],
  ]);
});

test('a diff that does not fit, leaves the workspace, or is none, is refused with the reason', () => {
  const refusal = (diff: string): string => {
    const outcome = applyDiff(diff, source);
    return outcome.kind === 'failed' ? outcome.problem : 'applied';
  };
  assert.match(refusal('--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-four\n+five\n'), /does not fit/);
  assert.match(refusal('--- a/../x.py\n+++ b/../x.py\n@@ -0,0 +1 @@\n+x\n'), /outside/);
  assert.match(refusal('please change the file'), /no unified diff/);
  assert.match(refusal('--- a/a.py\n+++ b/a.py\n@@ -1,5 +1,1 @@\nnonsense'), /no unified diff|does not fit/);
});
