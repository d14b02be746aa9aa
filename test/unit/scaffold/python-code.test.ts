/** Laying out code, adding imports and extending `__all__`, text in and text out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/base/edit.ts';
import type { CodeStyle, KnownFile } from '../../../src/scaffold/project-facts.ts';
import { addImports, addTypeImports } from '../../../src/scaffold/python-code/add-imports.ts';
import { addToAll } from '../../../src/scaffold/python-code/add-to-all.ts';
import { fromImport, type ImportNeed } from '../../../src/scaffold/python-code/import-need.ts';
import { renderImports } from '../../../src/scaffold/python-code/imports.ts';
import { assign, call, layOut } from '../../../src/scaffold/python-code/layout.ts';
import { quoted } from '../../../src/scaffold/python-code/quoting.ts';
import { projectOf } from '../../project.ts';

const style: CodeStyle = { lineLength: 40, quote: '"', python: 310 };
const options = { style: { ...style, lineLength: 60 }, ownPackages: new Set(['app']) };

function fileOf(text: string): KnownFile {
  const file = projectOf({ 'app/models.py': text }).files.get('/project/app/models.py');
  return { path: '/project/app/models.py', text, module: 'app.models', syntax: file?.module ?? null };
}

function withImports(text: string, ...needs: readonly ImportNeed[]): string {
  return applyEdits(text, addImports(fileOf(text), needs, options));
}

function withExports(text: string, ...names: readonly string[]): string {
  return applyEdits(text, addToAll(fileOf(text), names, options.style));
}

test('a call is broken as formatters do', () => {
  const lines = (...elements: readonly string[]): string =>
    layOut(assign('x: Mapped[int]', call('column', ...elements)), 4, style).join('\n');
  assert.equal(lines('a=1'), '    x: Mapped[int] = column(a=1)');
  assert.equal(
    lines('a=111111', 'b=222222'),
    '    x: Mapped[int] = column(\n        a=111111, b=222222\n    )',
  );
  assert.equal(
    lines('a=1111111111', 'b=22222222222', 'c=333333'),
    '    x: Mapped[int] = column(\n        a=1111111111,\n        b=22222222222,\n        c=333333,\n    )',
  );
});

test('an assignment without room for the call puts it in parentheses', () => {
  const code = assign('a_name: Mapped["SomethingLong"]', call('relationship', 'a=1'));
  assert.equal(
    layOut(code, 0, style).join('\n'),
    'a_name: Mapped["SomethingLong"] = (\n    relationship(a=1)\n)',
  );
});

test('strings take the quotes that save an escape', () => {
  assert.deepEqual(
    [quoted('a', style), quoted('a"b', style), quoted('a', { ...style, quote: "'" })],
    ['"a"', "'a\"b'", "'a'"],
  );
});

test('imports of a new file are sorted, in sections', () => {
  const needs = [
    fromImport('app.db', 'Base'),
    fromImport('sqlalchemy', 'func'),
    fromImport('sqlalchemy', 'String'),
    fromImport('sqlalchemy', 'JSON'),
    { kind: 'module', module: 'enum' } as const,
    fromImport('.x', 'Y'),
  ];
  assert.equal(
    renderImports(needs, options),
    'import enum\n\nfrom sqlalchemy import JSON, String, func\n\nfrom app.db import Base\n\nfrom .x import Y',
  );
});

test('an import joins the statement of its module', () => {
  assert.equal(
    withImports('from sqlalchemy import Text, func\n', fromImport('sqlalchemy', 'String')),
    'from sqlalchemy import String, Text, func\n',
  );
  assert.equal(
    withImports('from a import (\n    B,\n)\n', fromImport('a', 'C')),
    'from a import (\n    B,\n    C,\n)\n',
  );
  assert.equal(withImports('from a import b as c\n', fromImport('a', 'D')), 'from a import D, b as c\n');
});

test('what is imported already stays as it is', () => {
  assert.equal(
    withImports('from a import B\nimport enum\n', fromImport('a', 'B'), { kind: 'module', module: 'enum' }),
    'from a import B\nimport enum\n',
  );
  assert.equal(withImports('from a import *\n', fromImport('a', 'B')), 'from a import *\n');
});

test('a comment between names survives', () => {
  assert.equal(
    withImports('from a import (\n    B,  # why\n)\n', fromImport('a', 'C')),
    'from a import (\n    B,\n    C,  # why\n)\n',
  );
});

test('a new statement is sorted into its section', () => {
  assert.equal(
    withImports('from b import B\nfrom d import D  # d\n\nx = 1\n', fromImport('c', 'C')),
    'from b import B\nfrom c import C\nfrom d import D  # d\n\nx = 1\n',
  );
  assert.equal(
    withImports('from b import B  # b\n\nx = 1\n', fromImport('c', 'C')),
    'from b import B  # b\nfrom c import C\n\nx = 1\n',
  );
});

test('a section that is not there yet is made', () => {
  assert.equal(
    withImports(
      'from sqlalchemy import func\n\nx = 1\n',
      fromImport('typing', 'Any'),
      fromImport('app.db', 'Base'),
    ),
    'from typing import Any\n\nfrom sqlalchemy import func\n\nfrom app.db import Base\n\nx = 1\n',
  );
});

test('imports go below the docstring, and into an empty file', () => {
  assert.equal(withImports('"""All."""\n', fromImport('a', 'B')), '"""All."""\n\nfrom a import B\n');
  assert.equal(withImports('', fromImport('a', 'B')), 'from a import B\n');
});

test('imports for annotations go below TYPE_CHECKING', () => {
  const add = (text: string): string =>
    applyEdits(text, addTypeImports(fileOf(text), [fromImport('app.order', 'Order')], options));
  assert.equal(
    add('from a import B\n\nx = 1\n'),
    'from a import B\n\nif TYPE_CHECKING:\n    from app.order import Order\n\nx = 1\n',
  );
  assert.equal(
    add('if TYPE_CHECKING:\n    from app.user import User\n'),
    'if TYPE_CHECKING:\n    from app.order import Order\n    from app.user import User\n',
  );
});

test('names join __all__ in its order and its form', () => {
  assert.equal(withExports('__all__ = ["A", "C"]\n', 'B'), '__all__ = ["A", "B", "C"]\n');
  assert.equal(withExports('__all__ = ("C", "A")\n', 'B'), '__all__ = ("C", "A", "B")\n');
  assert.equal(withExports('__all__ = [\n    "A",\n]\n', 'B'), '__all__ = [\n    "A",\n    "B",\n]\n');
  assert.equal(withExports('__all__ = ["A", *more]\n', 'B'), '__all__ = ["A", *more]\n');
});
