/** Canonical names across a workspace of modules: the name at the marker of one of them. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nameModules } from '../../../src/python/modules/module-names.ts';
import {
  createModuleTable,
  type ModuleEntry,
  type ModuleTableOptions,
  readModuleSymbols,
} from '../../../src/python/modules/modules.ts';
import { qualify } from '../../../src/python/modules/qualify.ts';
import { scopeAt } from '../../../src/python/scopes/lookup.ts';
import { readScopes } from '../../../src/python/scopes/scope.ts';
import type { Expression } from '../../../src/python/syntax.ts';
import { findNodePath, isExpression } from '../../../src/python/walk.ts';
import { loadTestPythonParser } from '../../python-parser.ts';
import { readMarked } from './marked.ts';

const parser = await loadTestPythonParser();

/** Files by path; the marker stands at the end of the expression asked for. */
function qualified(files: Readonly<Record<string, string>>, options?: ModuleTableOptions): string | null {
  const names = nameModules(Object.keys(files), ['']);
  const asked: { entry: ModuleEntry; expression: Expression }[] = [];
  const entries = Object.entries(files).map(([path, marked]): ModuleEntry => {
    const { text, offset } = readMarked(marked);
    const module = parser.parse(text);
    const entry = {
      path,
      name: names.get(path) ?? '',
      symbols: readModuleSymbols(module, readScopes(module)),
    };
    const expression = findNodePath(module, offset).findLast(isExpression);
    if (offset >= 0 && expression !== undefined) asked.push({ entry, expression });
    return entry;
  });
  const { entry, expression } = asked[0] ?? assert.fail('no expression at the marker');
  return qualify(
    expression,
    scopeAt(entry.symbols.scope, expression.start),
    createModuleTable(entries, options),
  );
}

function check(files: Readonly<Record<string, string>> | string, expected: string | null): void {
  assert.equal(qualified(typeof files === 'string' ? { 'm.py': files } : files), expected);
}

suite('one module', () => {
  test('packages outside keep their names', () => {
    check('import sqlalchemy as sa\nsa.orm.Session¦', 'sqlalchemy.orm.Session');
    check('import sqlalchemy.orm\nsqlalchemy.orm.Session¦', 'sqlalchemy.orm.Session');
    check('from sqlalchemy import select as s\ns¦', 'sqlalchemy.select');
    check('from sqlalchemy import *\nselect¦', 'sqlalchemy.select');
  });
  test('own definitions', () => {
    check('class A: pass\nA¦', 'm.A');
    check('class A:\n  class B: pass\nA.B.c¦', 'm.A.B.c');
    check('class A:\n  b = f()\n  c = b¦', 'm.A.b');
    check('def f():\n  class A: pass\n  A¦', 'm.f.<locals>.A');
    check('t = Table()\nt.c.id¦', 'm.t.c.id');
  });
  test('aliases', () => {
    check('from a import B\nC = B\nD = C\nD¦', 'a.B');
    check('import a\nX, Y = a.B, a.C\nY¦', 'a.C');
    check('A = A\nA¦', 'm.A');
    check('A = B\nB = A\nB¦', 'm.A');
  });
  test('what is no name for something', () => {
    check('def f(a): a.b¦', null);
    check('for a in b: a¦', null);
    check('print¦', null);
    check('f().a¦', null);
    check('from sqlalchemy import *\nint¦', null);
  });
  test('several bindings', () => {
    check('try:\n  from a import B\nexcept ImportError:\n  from c import B\nB¦', 'a.B');
    check('if x:\n  from a import B\nelse:\n  from c import B\nB¦', null);
    check('if x:\n  from a import B\nelse:\n  from a import B\nB¦', 'a.B');
    check('from a import B\nclass B(B¦): pass', 'a.B');
    check('from a import B\nclass B(B): pass\ndef f(): B¦', 'm.B');
  });
});

suite('several modules', () => {
  const user = 'class User: pass';
  test('absolute and relative imports', () => {
    check(
      { 'app/__init__.py': '', 'app/models.py': user, 'app/m.py': 'from app.models import User\nUser¦' },
      'app.models.User',
    );
    check(
      { 'app/__init__.py': '', 'app/models.py': user, 'app/m.py': 'from .models import User\nUser¦' },
      'app.models.User',
    );
    check(
      { 'app/__init__.py': '', 'app/models.py': user, 'app/m.py': 'from . import models\nmodels.User¦' },
      'app.models.User',
    );
    check({ 'app/models.py': user, 'app/a/b.py': 'from ..models import User\nUser¦' }, 'app.models.User');
    check({ 'app/models.py': user, 'm.py': 'import app.models\napp.models.User¦' }, 'app.models.User');
    check({ 'app/models.py': user, 'm.py': 'import app.models as x\nx.User¦' }, 'app.models.User');
  });
  test('re-exports', () => {
    const app = { 'app/__init__.py': '', 'app/models/user.py': user };
    check(
      {
        ...app,
        'app/models/__init__.py': 'from .user import User',
        'm.py': 'from app.models import User\nUser¦',
      },
      'app.models.user.User',
    );
    check(
      {
        ...app,
        'app/models/__init__.py': 'from .user import User as U',
        'm.py': 'from app import models\nmodels.U¦',
      },
      'app.models.user.User',
    );
    check(
      {
        ...app,
        'app/models/__init__.py': 'from . import user\nUser = user.User',
        'm.py': 'import app.models\napp.models.User¦',
      },
      'app.models.user.User',
    );
    check(
      { ...app, 'app/models/__init__.py': 'from .user import *', 'm.py': 'from app.models import *\nUser¦' },
      'app.models.user.User',
    );
    check(
      { 'db.py': 'from sqlalchemy.orm import Session', 'm.py': 'from db import Session\nSession¦' },
      'sqlalchemy.orm.Session',
    );
  });
  test('star imports offer what `__all__` says, or else what has no underscore', () => {
    check({ 'a.py': '__all__ = ["B"]\nclass B: pass\nclass C: pass', 'm.py': 'from a import *\nB¦' }, 'a.B');
    check({ 'a.py': '__all__ = ["B"]\nclass B: pass\nclass C: pass', 'm.py': 'from a import *\nC¦' }, null);
    check(
      { 'a.py': '__all__ = ["B"]\n__all__ += ["C"]\nclass C: pass', 'm.py': 'from a import *\nC¦' },
      'a.C',
    );
    check({ 'a.py': 'class _B: pass', 'm.py': 'from a import *\n_B¦' }, null);
    check(
      { 'a.py': 'class B: pass', 'b.py': 'class B: pass', 'm.py': 'from a import *\nfrom b import *\nB¦' },
      'b.B',
    );
    check({ 'm.py': 'from a import *\nfrom b import *\nB¦' }, null);
  });
  test('modules that import each other', () => {
    check(
      {
        'a.py': 'from b import *\nclass A: pass',
        'b.py': 'from a import *\nclass B: pass',
        'm.py': 'from a import B\nB¦',
      },
      'b.B',
    );
    check({ 'a.py': 'from b import X', 'b.py': 'from a import X', 'm.py': 'from a import X\nX¦' }, 'a.X');
  });
  test('a package without a parsed `__init__.py`', () => {
    check(
      { 'app/models/user.py': user, 'm.py': 'from app.models import user\nuser.User¦' },
      'app.models.user.User',
    );
  });
  test('classes of one name in two packages', () => {
    const files = { 'a/__init__.py': '', 'a/models.py': user, 'b/__init__.py': '', 'b/models.py': user };
    check({ ...files, 'a/m.py': 'from .models import User\nUser¦' }, 'a.models.User');
    check({ ...files, 'a/m.py': 'from b.models import User\nUser¦' }, 'b.models.User');
    check(
      { ...files, 'm.py': 'from a import models as x\nfrom b import models as y\ny.User¦' },
      'b.models.User',
    );
  });
  test('one package name in two projects', () => {
    const files = {
      'one/app/__init__.py': '',
      'one/app/models.py': user,
      'two/app/__init__.py': '',
      'two/app/models.py': user,
    };
    check({ ...files, 'two/app/m.py': 'from app.models import User\nUser¦' }, 'two.app.models.User');
    check({ ...files, 'one/main.py': 'from app.models import User\nUser¦' }, 'one.app.models.User');
    check({ ...files, 'three/main.py': 'from app.models import User\nUser¦' }, 'app.models.User');
  });
  test('a project below the workspace folder', () => {
    check(
      { 'backend/app/models/user.py': user, 'backend/app/m.py': 'from app.models.user import User\nUser¦' },
      'backend.app.models.user.User',
    );
    check(
      { 'backend/models.py': user, 'backend/main.py': 'from models import User\nUser¦' },
      'backend.models.User',
    );
  });
  test('a variable of a package, and a module of its name in a folder of tests', () => {
    const files = { 'app/__init__.py': 'db = f()', 'tests/app/db.py': 'Model = 1' };
    check({ ...files, 'app/models.py': 'from app import db\ndb.Model¦' }, 'app.db.Model');
    check({ ...files, 'app/models.py': 'from app import missing\nmissing¦' }, 'app.missing');
  });
  test('a file named like a package outside', () => {
    const files = { 'db/sqlalchemy.py': 'x = 1', 'db/m.py': 'from sqlalchemy import select\nselect¦' };
    assert.equal(qualified(files, { external: new Set(['sqlalchemy']) }), 'sqlalchemy.select');
    check(
      { 'db/__init__.py': '', 'db/sqlalchemy.py': 'from sqlalchemy import select\nselect¦' },
      'sqlalchemy.select',
    );
    check(
      { 'app/db/sqlalchemy.py': 'x = 1', 'app/m.py': 'from sqlalchemy import select\nselect¦' },
      'sqlalchemy.select',
    );
  });
  test('a file beside one that imports its package by its full name', () => {
    const files = (own: string) => ({
      'app/__init__.py': '',
      'app/hub/__init__.py': '',
      'app/hub/datasets.py': 'class Dataset: pass',
      'app/hub/m.py': `${own}from datasets import Dataset\nDataset¦`,
    });
    // An `__init__.py` with nothing to read in it is left out of the table.
    const {
      'app/__init__.py': _top,
      'app/hub/__init__.py': _hub,
      ...parsed
    } = files('from app.config import settings\n');
    check(parsed, 'datasets.Dataset');
    check(files('from app.config import settings\n'), 'datasets.Dataset');
    check(files('from .config import settings\n'), 'datasets.Dataset');
    // Run from its own folder, as scripts are.
    check(files(''), 'app.hub.datasets.Dataset');
  });
});
