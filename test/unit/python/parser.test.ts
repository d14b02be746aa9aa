/** Shapes that no installed CPython can judge: newer syntax, broken code, and what only our tree knows. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sliceOf } from '../../../src/base/range.ts';
import type { Expression, Module } from '../../../src/python/syntax.ts';
import { children, walk } from '../../../src/python/walk.ts';
import { loadTestPythonParser } from '../../python-parser.ts';
import { outline } from './outline.ts';

const parser = await loadTestPythonParser();

function check(text: string, expected: string): Module {
  const module = parser.parse(text);
  assert.equal(outline(module), expected);
  return module;
}

function checkClean(text: string, expected: string): void {
  assert.deepEqual(check(text, expected).errors, []);
}

suite('newer syntax', () => {
  test('type parameters of PEP 695', () => {
    checkClean('class A[T: int, *Ts, **P](B[T]): x: T', 'class A[T: int, *Ts, **P](B[T]) {x: T}');
    checkClean('def f[T: (int, str)](a: T) -> T: pass', 'def f[T: (int, str)](a: T) {pass}');
    checkClean('type Pair[T] = tuple[T, T] | None', 'type Pair[T] = (tuple[T, T] | None)');
    checkClean('type Plain = int', 'type Plain = int');
  });
  test('except without parentheses of PEP 758', () => {
    checkClean('try: a\nexcept A, B: b', 'try {a} except (A, B) {b}');
    checkClean('try: a\nexcept* A as e: b', 'try {a} except* A {b}');
  });
  test('nested quotes, comments and line ends in f-strings of PEP 701', () => {
    checkClean('f"{a["b"]}"', 'f"{a["b"]}"');
    checkClean('f"{f"{f"{a}"}"}"', 'f"{f"{f"{a}"}"}"');
    checkClean('f"{\n  a  # why\n}"', 'f"{a}"');
  });
  test('template strings of PEP 750', () => checkClean('text(t"x = {a}")', 'text(f"x = {a}")'));
  test('starred index of PEP 646', () => {
    checkClean('a[*b]; a[b, *c]', 'a[*b]; a[b, *c]');
    checkClean('def f(*args: *Ts): pass', 'def f(args: *Ts) {pass}');
  });
});

suite('what only this tree knows', () => {
  const expressionOf = (text: string): Expression => {
    const [statement] = parser.parse(text).body;
    assert.ok(statement?.kind === 'expression');
    return statement.expression;
  };
  test('the outermost parentheses', () => {
    assert.deepEqual(expressionOf('((a))').parenthesized, { start: 0, end: 5 });
    assert.equal(expressionOf('(a, b)').parenthesized, undefined);
    assert.equal(expressionOf('(a).b').parenthesized, undefined);
  });
  test('the places of operators and argument lists', () => {
    const text = 'f(a is  not b, c and d, e + g)';
    const call = expressionOf(text);
    assert.ok(call.kind === 'call');
    assert.equal(sliceOf(text, call.argumentsRange), '(a is  not b, c and d, e + g)');
    const places = call.arguments.flatMap(({ value }) => {
      if (value.kind === 'comparison') return value.rest.map(rest => rest.operatorRange);
      if (value.kind === 'boolean') return value.operatorRanges;
      return value.kind === 'binary' ? [value.operatorRange] : [];
    });
    assert.deepEqual(
      places.map(range => sliceOf(text, range)),
      ['is  not', 'and', '+'],
    );
  });
  test('comments, without the line end', () => {
    const { comments } = parser.parse('a  # one\r\n# two');
    assert.deepEqual(
      comments.map(({ text }) => text),
      ['# one', '# two'],
    );
  });
  test('a definition begins at its first decorator', () => {
    const [definition] = parser.parse('@a\n@b\nclass C: pass').body;
    assert.equal(definition?.start, 0);
  });
});

suite('half-typed code keeps what is written', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['select(User).where(User.', 'select(User).where(User.□)'],
    ['select(User', 'select(User)'],
    ['select(User).where(User.id ==', 'select(User).where((User.id == □))'],
    ['select(\n    User.\n  ).where(a)', 'select(User.□).where(a)'],
    ['f(a, b=', 'f(a, b=□)'],
    ['f(a.)', 'f(a.□)'],
    ['await a.', 'await a.□'],
    ['x =', 'x = □'],
    ['x +=', 'x += □'],
    ['x: Mapped[', 'x: Mapped[□]'],
    ['x: Mapped[int] = mapped_column(', 'x: Mapped[int] = mapped_column()'],
    ['x = [a, b', 'x = [a, b]'],
    ['x = {"a":', 'x = {"a": □}'],
    ['x = "ab', 'x = "ab"'],
    ['x = f"a{b', 'x = f"a{b}"'],
    ['text("""select 1', 'text("select 1")'],
    ['if a and', 'if (a and □) {}'],
    ['if a', 'if a {}'],
    ['for a in', 'for a in □ {}'],
    ['for', 'for □ in □ {}'],
    ['with a() as', 'with a() as □ {}'],
    ['class X(', 'class X() {}'],
    ['class X(Base', 'class X(Base) {}'],
    ['def f(a, b', 'def f(a, b) {}'],
    ['def', 'def () {}'],
    ['from app import', 'from app import '],
    ['from', 'from  import '],
    ['return f(a))', 'return f(a)'],
    ['print "a"', 'unreadable-statement'],
  ];
  for (const [typed, expected] of cases) {
    test(typed.replaceAll('\n', '⏎'), () => {
      const { errors } = check(
        `class A(B):\n  x = 1\n\ndef f():\n  ${typed}\n\nclass C(D):\n  y: E[F]\n`,
        `class A(B) {x = 1}; def f() {${expected}}; class C(D) {y: E[F]}`,
      );
      assert.notEqual(errors.length, 0);
    });
  }
  test('the next statement of the same block', () =>
    void check('def f():\n  x = g(\n    a,\n  y = 1\n  return y', 'def f() {x = g(a); y = 1; return y}'));
  test('the docstring under an open header', () =>
    void check('def f(a,\n  """Doc."""\n  return 1', 'def f(a) {"Doc."; return 1}'));
  test('what follows an open docstring', () =>
    void check(
      'def f():\n  """Doc\n  return 1\n\ndef g():\n  """Doc."""\n\nclass A(B): pass',
      'def f() {"Doc"; return 1}; def g() {"Doc."}; class A(B) {pass}',
    ));
  test('offsets are those of the source', () => {
    const text = 'f(a.)\ng(b.c)';
    const last = parser.parse(text).body.at(-1);
    assert.ok(last);
    assert.equal(sliceOf(text, last), 'g(b.c)');
  });
  test('a whole statement stands in its place while another one is broken', () =>
    void check('a = (1\nb = 2\n"c', 'a = 1; b = 2; "c"'));
});

suite('no text is too strange', () => {
  const deep = 10_000;
  const long = 5000;
  const cases: Readonly<Record<string, string>> = {
    'nested brackets': `${'['.repeat(deep)}${']'.repeat(deep)}`,
    'nested parentheses': `${'('.repeat(deep)}a${')'.repeat(deep)}`,
    'open brackets': 'x = f('.repeat(deep),
    'nested calls': `${'f('.repeat(deep)}${')'.repeat(deep)}`,
    'nested blocks': Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}if a:`).join('\n'),
    'prefix operators': `${'not '.repeat(deep)}a; ${'-'.repeat(deep)}a`,
    'conditional chain': `${'a if b else '.repeat(deep)}c`,
    'nested formats': `f"${'{a:'.repeat(deep)}${'}'.repeat(deep)}"`,
    elif: `if a: b\n${'elif c: d\n'.repeat(long)}`,
    decorators: `${'@a\n'.repeat(long)}def f(): pass`,
    'targets in a row': `${'a = '.repeat(long)}1`,
    'too long a chain': `a${'.b'.repeat(100_000)}`,
    'null characters': 'a = "\0"\0\nb',
    'lone surrogates': 'a = "\ud800"\nb\udc00 = c',
    'control characters': Array.from({ length: 300 }, (_, i) => String.fromCharCode(i)).join(''),
    nothing: '',
    blanks: ' \n\t\n\f\r\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => {
      for (const node of walk(parser.parse(text))) assert.ok(0 <= node.start && node.end <= text.length);
    });
  }
  test('a chain of five thousand links is read whole', () => {
    for (const link of ['.a()', '[0]', ' + a', ' and a', ' | a & b ^ c']) {
      const nodes = [...walk(parser.parse(`a${link.repeat(link.length > 6 ? 1500 : 2500)}`))];
      assert.ok(nodes.every(node => node.kind !== 'unreadable'));
    }
  });
  test('a byte order mark, old line ends and tabs', () => {
    assert.equal(outline(parser.parse('\ufeffimport a\rif a:\r\tb\rc')), 'import a; if a {b}; c');
  });
  test('every range holds those of its children', () => {
    const text =
      '@a(b)\nclass C(D, metaclass=E):\n  x: F[G] = [h(*i) for i in (j) if k]\n  async def l(self, m=n): await o\n';
    for (const node of walk(parser.parse(text))) {
      for (const child of children(node)) assert.ok(node.start <= child.start && child.end <= node.end);
    }
  });
});
