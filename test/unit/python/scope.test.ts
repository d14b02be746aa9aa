/** Which bindings a name at the marker may mean. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { effectiveBindings } from '../../../src/python/scopes/binding.ts';
import { lookup, scopeAt } from '../../../src/python/scopes/lookup.ts';
import { readScopes } from '../../../src/python/scopes/scope.ts';
import { loadTestPythonParser } from '../../python-parser.ts';
import { readMarked } from './marked.ts';

const parser = await loadTestPythonParser();

/** The bindings of the name that begins at the marker, as `kind@line`, with the branch where it is not plain. */
function bindingsAt(marked: string): string {
  const { text, offset } = readMarked(marked);
  const name = /^\w+/.exec(text.slice(offset))?.[0] ?? '';
  const scope = scopeAt(readScopes(parser.parse(text)), offset);
  return lookup(scope, name)
    .map(({ kind, branch, range }) => {
      const line = text.slice(0, range.start).split('\n').length;
      return `${kind}@${line}${branch === 'plain' ? '' : ` ${branch}`}`;
    })
    .join(', ');
}

function check(marked: string, expected: string): void {
  assert.equal(bindingsAt(marked), expected);
}

suite('what binds', () => {
  test('imports', () => {
    check('import x.y\n¦x', 'import@1');
    check('import x.y as z\n¦z', 'import@1');
    check('from a import b, c as x\n¦x', 'import-from@1');
  });
  test('assignments', () => {
    check('a = (b, x) = c\n¦x', 'assignment@1');
    check('x: int\nx = 1\nx += 2\n¦x', 'annotation@1, assignment@2, augmented-assignment@3');
    check('a.x = 1; a[x] = 2\n¦x', '');
  });
  test('definitions, loops, context managers, handlers and patterns', () => {
    check('def x(): pass\nclass x: pass\n¦x', 'function@1, class@2');
    check('for a, *x in b: pass\n¦x', 'for@1 conditional');
    check('with a as (b, x): pass\n¦x', 'with@1');
    check('try: pass\nexcept E as x: pass\n¦x', 'except@2 fallback');
    check('match a:\n  case [x, *_]: pass\n¦x', 'match@2 conditional');
    check('type x = int\n¦x', 'type-alias@1');
    check('x = 1\ndel x\n¦x', 'assignment@1, delete@2');
  });
  test('parameters and type parameters', () => {
    check('def f(a, *x, b=1): ¦x', 'parameter@1');
    check('lambda x: ¦x', 'parameter@1');
    check('def f[x](a: ¦x): pass', 'type-parameter@1');
    check('class A[x](B[¦x]): pass', 'type-parameter@1');
  });
  test('named expressions also from inside a comprehension', () => {
    check('[x := a for a in b]\n¦x', 'named@1 conditional');
    check('def f():\n  [x := a for a in b]\n  return ¦x', 'named@2 conditional');
  });
});

suite('where names are seen', () => {
  test('in functions below, not in functions beside', () => {
    check('x = 1\ndef f():\n  def g(): ¦x', 'assignment@1');
    check('def f(): x = 1\ndef g(): ¦x', '');
  });
  test('a local hides all others', () => check('x = 1\ndef f():\n  ¦x\n  x = 2', 'assignment@4'));
  test('the body of a class, but not its methods and comprehensions', () => {
    check('class A:\n  x = 1\n  y = ¦x', 'assignment@2');
    check('x = 0\nclass A:\n  x = 1\n  def f(self): ¦x', 'assignment@1');
    check('x = 0\nclass A:\n  x = 1\n  y = [¦x for _ in z]', 'assignment@1');
    check('x = 0\nclass A:\n  x = 1\n  y = [z for z in ¦x]', 'assignment@3');
    check('x = 0\nclass A:\n  x = 1\n  y = lambda: ¦x', 'assignment@1');
    check('x = 0\nclass A:\n  x = 1\n  def f[T](self, a: ¦x): pass', 'assignment@3');
  });
  test('defaults, annotations and decorators are outside', () => {
    check('x = 1\ndef f(x=¦x): pass', 'assignment@1');
    check('x = 1\ndef f(a: ¦x, x=2): pass', 'assignment@1');
    check('x = 1\n@¦x\ndef f(x): pass', 'assignment@1');
    check('x = 1\nclass A(¦x): x = 2', 'assignment@1');
  });
  test('comprehensions keep their variables', () => {
    check('[x for x in y]\n¦x', '');
    check('[¦x for x in y]', 'comprehension@1');
    check('x = 1\n[x for x in ¦x]', 'assignment@1');
    check('[a for x in y for a in ¦x]', 'comprehension@1');
    check('{x: y for x, y in z if ¦x}', 'comprehension@1');
  });
  test('global and nonlocal', () => {
    check('x = 1\ndef f():\n  global x\n  x = 2\n¦x', 'assignment@1, assignment@4 deferred');
    check('x = 1\ndef f():\n  global x\n  x = 2\n  ¦x', 'assignment@1, assignment@4 deferred');
    check(
      'def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n  ¦x',
      'assignment@2, assignment@5 deferred',
    );
  });
});

suite('branches', () => {
  test('type checking', () => {
    check(
      'if TYPE_CHECKING:\n  from a import x\nelse:\n  x = None\n¦x',
      'import-from@2, assignment@4 fallback',
    );
    check('if not typing.TYPE_CHECKING:\n  x = 1\n¦x', 'assignment@2 fallback');
  });
  test('a missing package', () => {
    check('try:\n  import x\nexcept ImportError:\n  x = None\n¦x', 'import@2, assignment@4 fallback');
  });
  test('versions of Python', () => {
    check(
      'if sys.version_info >= (3, 11):\n  from a import x\nelse:\n  from b import x\n¦x',
      'import-from@2, import-from@4 fallback',
    );
    check('if sys.version_info < (3, 11):\n  from a import x\n¦x', 'import-from@2 fallback');
  });
  test('conditions and loops', () => {
    check(
      'if a: x = 1\nelif b: x = 2\nelse: x = 3\n¦x',
      'assignment@1 conditional, assignment@2 conditional, assignment@3 conditional',
    );
    check('while a: x = 1\n¦x', 'assignment@1 conditional');
  });
});

suite('effective bindings', () => {
  const effective = (text: string, offset?: number): number[] => {
    const bindings = readScopes(parser.parse(text)).bindings.get('x') ?? [];
    return effectiveBindings(bindings, offset).map(({ range }) => range.start);
  };
  test('the last plain one and what may come after it', () => {
    assert.deepEqual(effective('x = 1\nx = 2\nif a: x = 3'), [6, 18]);
  });
  test('a fallback only where there is nothing else', () => {
    assert.deepEqual(effective('try: x = 1\nexcept A: x = 2'), [5]);
    assert.deepEqual(effective('try: a\nexcept A: x = 2'), [17]);
  });
  test('those that hold at an offset', () => {
    assert.deepEqual(effective('x = 1\nx = x', 10), [0]);
    assert.deepEqual(effective('x = 1\nclass x(x): pass', 14), [0]);
    assert.deepEqual(effective('x = 1\nx = 2\nx', 12), [6]);
  });
});
