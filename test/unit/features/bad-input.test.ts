/** Input that nobody writes on purpose: one finding or an unknown with its reason, never a crash and never a hang. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkFile, type FileCheck } from '../../../src/features/checking/check-file.ts';
import { megabyte, models, tables, tenThousandBinds, thousandSubqueries } from '../../bad-input.ts';
import { openTestShadow, type TestShadow } from '../../shadow.ts';
import { workspaceOf } from '../../workspace.ts';

const shadow = openTestShadow();
after(() => shadow.dispose());

async function checked(
  path: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
  judging: TestShadow = shadow,
): Promise<FileCheck> {
  const workspace = await workspaceOf({ 'models.py': models, ...others, [path]: text });
  const judge = await judging.judgeFor(workspace.project.models.values());
  return checkFile(workspace, `/project/${path}`, judge, new AbortController().signal);
}

/** What became of the only statement: its unknown reason, or the rules that found something in it. */
async function outcome(path: string, text: string): Promise<string> {
  const { statements, findings } = await checked(path, text);
  assert.equal(statements.length, 1);
  const unknown = statements[0]?.unknown ?? null;
  const told = findings.map(finding => finding.rule).join();
  return (
    [told, unknown === null ? '' : `unknown: ${unknown}`].filter(each => each !== '').join('; ') || 'checked'
  );
}

function python(sql: string): string {
  return `from sqlalchemy import text\nfound = text("""${sql}""")\n`;
}

for (const [what, sql, expected] of [
  ['a statement of a megabyte', megabyte, /unknown: .* too large/],
  ['a megabyte without a blank', `SELECT '${'x'.repeat(1_000_000)}'`, /unknown: .* too large/],
  ['ten thousand parameters', tenThousandBinds, /^checked$|^missing-bind-value$/],
  ['parentheses a thousand deep', `SELECT ${'('.repeat(1000)}1${')'.repeat(1000)}`, /^checked$|^unknown: /],
  ['subqueries a thousand deep', thousandSubqueries, /^unknown: /],
  ['parentheses a hundred thousand deep', `SELECT ${'('.repeat(90_000)}1${')'.repeat(90_000)}`, /^unknown: /],
  ['parentheses that are never closed', `SELECT ${'('.repeat(1000)}`, /^sql-syntax-error$|^unknown: /],
  ['a literal that is never closed', "SELECT 'abc", /^sql-syntax-error$/],
  ['a NUL', 'SELECT \\x00', /^sql-syntax-error$/],
  ['nothing at all', '', /^checked$/],
  ['a comment alone', '-- nothing', /^checked$/],
] as const) {
  test(`${what} in Python`, { timeout: 60_000 }, async () => {
    const call = `${python(sql)}def run(session):\n    session.execute(found)\n`;
    assert.match(await outcome('app.py', call), expected);
  });
  test(`${what} in a script`, { timeout: 60_000 }, async () => {
    if (sql.trim() === '' || sql.startsWith('--')) {
      assert.deepEqual((await checked('app.sql', sql)).statements, []);
      return;
    }
    assert.match(await outcome('app.sql', sql.replace('\\x00', '\\0')), expected);
  });
}

test('thousands of pieces and hundreds of holes', { timeout: 60_000 }, async () => {
  const pieces = Array.from({ length: 3000 }, (_, index) => `"a${index}, " +`).join(' ');
  const holes = Array.from({ length: 400 }, () => '{name}').join(', ');
  const code = `from sqlalchemy import text\ndef run(name):\n    one = text("SELECT " + ${pieces} "1")\n    two = text(f"SELECT ${holes}")\n    return one, two\n`;
  const { statements } = await checked('app.py', code);
  assert.deepEqual(
    statements.map(({ unknown }) => unknown !== null),
    [false, true],
  );
});

test('chains of calls hundreds and thousands long', { timeout: 60_000 }, async () => {
  const chain = (calls: number) => `found = select(User)${'.where(User.id == 1)'.repeat(calls)}\n`;
  const run =
    'def run(session):\n    session.execute(found)\n    session.execute(select(User).where(User.id == 1))\n';
  for (const calls of [200, 1500, 2900]) {
    const code = `from sqlalchemy import select\nfrom models import User\n${chain(calls)}${run}`;
    const { statements } = await checked('app.py', code);
    const unknown = calls > 300 ? 'This chain of calls is too long to be followed.' : null;
    assert.deepEqual(
      statements.map(each => [each.statement.kind, each.unknown]),
      [
        ['select', unknown],
        ['select', null],
      ],
    );
  }
});

test('a thousand concatenations by +=, in a loop and without one', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `    query += " OR id = ${index}"`).join('\n');
  const code = `from sqlalchemy import text\ndef run(names):\n    query = "SELECT id FROM users WHERE false"\n${lines}\n    for name in names:\n        query += f" OR name = {name}"\n    return text(query)\n`;
  const { statements } = await checked('app.py', code);
  assert.equal(statements.length, 1);
});

test('models that refer to each other in a circle are judged', async () => {
  const circle = `
class Left(Base):
    __tablename__ = "lefts"
    id: Mapped[int] = mapped_column(primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("rights.id"))
    right: Mapped["Right"] = relationship(back_populates="lefts", foreign_keys=[right_id])

class Right(Base):
    __tablename__ = "rights"
    id: Mapped[int] = mapped_column(primary_key=True)
    left_id: Mapped[int] = mapped_column(ForeignKey("lefts.id"))
    lefts: Mapped[list["Left"]] = relationship(back_populates="right", foreign_keys="Left.right_id")
`;
  const code =
    'from sqlalchemy import text\nfound = text("SELECT l.nope FROM lefts l JOIN rights r ON r.left_id = l.id")\n';
  const { findings } = await checked('app.py', code, { 'models.py': models + circle });
  assert.deepEqual(
    findings.map(finding => finding.rule),
    ['unknown-column'],
  );
});

test('a schema of five thousand tables is built, and judges', { timeout: 120_000 }, async () => {
  const large = openTestShadow();
  try {
    const code = 'from sqlalchemy import text\nfound = text("SELECT id, nope FROM table_4999")\n';
    const { findings } = await checked('app.py', code, { 'models.py': models + tables(5000) }, large);
    assert.deepEqual(
      findings.map(finding => finding.rule),
      ['unknown-column'],
    );
  } finally {
    large.dispose();
  }
});

test('models whose module imports itself in a circle, what does not exist, and code that does not parse', async () => {
  const others = {
    'models.py': `import missing.module\nfrom nowhere import *\nfrom circle import Post\n${models}`,
    'circle.py': `from models import Base\nfrom absent import Mixin\nfrom sqlalchemy.orm import Mapped, mapped_column\n
class Post(Mixin, Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    def broken(:
`,
  };
  const code =
    'from sqlalchemy import text\none = text("SELECT id, nope FROM users")\ntwo = text("SELECT nope FROM posts")\n';
  const { findings, statements } = await checked('app.py', code, others);
  assert.deepEqual(
    findings.map(({ rule, range }) => [rule, code.slice(range.start, range.end)]),
    [['unknown-column', 'nope']],
  );
  assert.deepEqual(
    statements.map(({ unknown }) => unknown !== null),
    [false, true],
  );
});

test('a script with rows for COPY, commands of psql and its variables', async () => {
  const script = `\\set ON_ERROR_STOP on
\\echo 'It''s time
COPY users (id, name) FROM stdin;
1\\tO'Neill; (
2\\t"
\\.
SELECT id FROM users WHERE name = :'who' \\gset
SELECT id, nmae FROM users;
SELECT id FROM users WHERE id = :id AND AND true;
`;
  const { findings, statements } = await checked('load.sql', script);
  assert.equal(statements.length, 4);
  assert.deepEqual(
    findings.map(({ rule, range }) => [rule, script.slice(range.start, range.end)]),
    [
      ['unknown-column', 'nmae'],
      ['sql-syntax-error', 'AND'],
    ],
  );
});
