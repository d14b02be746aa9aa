/** Where tests of scaffolds go: beside those that are there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

function tests(...paths: readonly string[]): readonly string[] {
  const texts: Texts = { 'backend/app/__init__.py': '', 'backend/app/main.py': '' };
  const { path, module } = factsOf({ ...texts, ...Object.fromEntries(paths.map(each => [each, ''])) }).tests;
  return [path.replace('/project/', ''), module];
}

test('the folder that is nearest to the package, and its outermost', () => {
  assert.deepEqual(tests(), ['tests', '']);
  assert.deepEqual(tests('tests/test_a.py'), ['tests', '']);
  assert.deepEqual(tests('tests/test_a.py', 'backend/tests/api/test_b.py'), ['backend/tests', '']);
  assert.deepEqual(tests('backend/app/tests/test_b.py', 'backend/app/tests/unit/tests/test_c.py'), [
    'backend/app/tests',
    '',
  ]);
});

test('a package is imported by its name, as pytest finds it', () => {
  assert.deepEqual(tests('backend/tests/__init__.py', 'backend/tests/test_a.py'), ['backend/tests', 'tests']);
  assert.deepEqual(tests('backend/app/tests/__init__.py', 'backend/app/tests/conftest.py'), [
    'backend/app/tests',
    'app.tests',
  ]);
});

test('settings are those of the project that the package belongs to', () => {
  const facts = factsOf({
    'pyproject.toml': '[tool.ruff]\nline-length = 79\n',
    'backend/pyproject.toml': '[tool.ruff]\nline-length = 120\n',
    'backend/app/__init__.py': '',
    'backend/app/main.py': '',
  });
  assert.equal(facts.style.lineLength, 120);
});
