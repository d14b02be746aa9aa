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

test('lines that were miscounted are counted anew', () => {
  const texts = (diff: string): readonly string[] => {
    const outcome = applyDiff(diff, source);
    return outcome.kind === 'applied' ? [...outcome.texts.values()] : [outcome.problem];
  };
  const head = '--- a/a.py\n+++ b/a.py\n';
  assert.deepEqual(texts(`${head}@@ -1,7 +1,9 @@\n one\n-two\n+three\n+four\n`), ['one\nthree\nfour\n']);
  assert.deepEqual(texts(`${head}@@ -1 +1 @@\n one\n-two\n+--- three\n\n`), ['one\n--- three\n']);
  const both = `${head}@@ -1,9 +1,9 @@\n-one\n+three\n\n--- /dev/null\n+++ b/b.py\n@@ -0,0 +1,9 @@\n+new\n`;
  assert.deepEqual(texts(both), ['three\ntwo\n', 'new\n']);
  assert.deepEqual(texts(`\`\`\`diff\n${head}@@ -1,9 +1,9 @@\n-one\n+three\n\`\`\`\n`), ['three\ntwo\n']);
});

test('a file that is not there is told, unless the diff makes it', () => {
  const made = applyDiff('--- a/new.py\n+++ b/new.py\n@@ -0,0 +1 @@\n+x\n', source);
  assert.equal(made.kind, 'applied');
  const changed = applyDiff('--- a/new.py\n+++ b/new.py\n@@ -1 +1 @@\n-x\n+y\n', source);
  assert.match(changed.kind === 'failed' ? changed.problem : '', /not there/);
});
