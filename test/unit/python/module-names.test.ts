/** Module names from paths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameModules } from '../../../src/python/modules/module-names.ts';

function check(
  paths: readonly string[],
  expected: readonly string[],
  roots: readonly string[] = ['/w'],
): void {
  assert.deepEqual([...nameModules(paths, roots).values()], expected);
}

test('a package is named from the folder that holds it', () => {
  check(
    ['/w/back/app/__init__.py', '/w/back/app/db/__init__.py', '/w/back/app/db/a.py'],
    ['app', 'app.db', 'app.db.a'],
  );
});
test('a folder without `__init__.py` between packages is part of the outer one', () => {
  check(
    [
      '/w/app/__init__.py',
      '/w/app/feedback/user/__init__.py',
      '/w/app/feedback/user/models.py',
      '/w/app/feedback/x.py',
    ],
    ['app', 'app.feedback.user', 'app.feedback.user.models', 'app.feedback.x'],
  );
});
test('a file in no package is named from the workspace, or from `src`', () => {
  check(['/w/a.py', '/w/app/b.py', '/w/src/app/c.py', '/w/x/src/app/d.py'], ['a', 'app.b', 'app.c', 'app.d']);
});
test('namesakes are named by their whole paths', () => {
  check(['/w/one/app/__init__.py', '/w/two/app/__init__.py'], ['one.app', 'two.app']);
});
test('the workspace folder may itself be a package', () => check(['/w/__init__.py', '/w/a.py'], ['', 'a']));
test('the innermost of several workspace folders counts', () =>
  check(['/w/v/a/b.py'], ['a.b'], ['/w', '/w/v/']));
test('paths without a root', () => check(['app/a.py', 'b.py'], ['app.a', 'b'], ['']));
