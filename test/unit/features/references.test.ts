/** Where a name is used: the cursor is at `¦`, the answer is each line with its mentions, the declaration in `«»`, others in `‹›`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/base/edit.ts';
import { type Reference, referencesAt } from '../../../src/features/names/references.ts';
import { workspaceOf } from '../../workspace.ts';
import { models } from './teams-and-users.ts';

/** The lines of each file with mentions, the name of the file before them. */
async function references(files: Readonly<Record<string, string>>): Promise<string> {
  const [[path = '', marked = ''] = []] = Object.entries(files).filter(([, text]) => text.includes('¦'));
  const workspace = await workspaceOf({ 'models.py': models, ...files, [path]: marked.replace('¦', '') });
  const found = [...referencesAt(workspace, `/project/${path}`, marked.indexOf('¦'))].filter(
    ({ length }) => length > 0,
  );
  return found.map(each => shown(workspace.textOf(each[0]?.path ?? '') ?? '', each)).join('\n');
}

function shown(text: string, mentions: readonly Reference[]): string {
  const marks = mentions.map(({ range, isDeclaration }) => {
    const [open, close] = isDeclaration ? '«»' : '‹›';
    return { range, newText: `${open}${text.slice(range.start, range.end)}${close}` };
  });
  const name = mentions[0]?.path.split('/').at(-1);
  const lines = applyEdits(text, marks)
    .split('\n')
    .filter(line => /[«‹]/.test(line));
  return lines.map(line => `${name}: ${line.trim()}`).join('\n');
}

const code = `from sqlalchemy import insert, select, text
from models import Team, User

def f(session, user: User):
    session.execute(text("SELECT u.email, t.made_at FROM users u JOIN teams t ON u.made_at > 1"))
    session.execute(select(User.mail).filter_by(mail="x"))
    session.execute(insert(User).values({"mail": user.mail}))
    print("email", user.email)  # email of users
`;

const at = (text: string, place: string) => text.replace(place.replace('¦', ''), place);

test('a column: in SQL, strings, keywords and Python, wherever one asks', async () => {
  const sql = 'SELECT EMAIL FROM users;\nSELECT email FROM other;\n';
  const everywhere = [
    'app.py: session.execute(text("SELECT u.‹email›, t.made_at FROM users u JOIN teams t ON u.made_at > 1"))',
    'app.py: session.execute(select(User.‹mail›).filter_by(‹mail›="x"))',
    'app.py: session.execute(insert(User).values({"‹mail›": user.‹mail›}))',
    'models.py: «mail»: Mapped[str] = mapped_column("«email»")',
    'report.sql: SELECT ‹EMAIL› FROM users;',
  ].sort();
  const asked: readonly Readonly<Record<string, string>>[] = [
    { 'app.py': at(code, 'u.em¦ail'), 'report.sql': sql },
    { 'app.py': at(code, 'User.ma¦il'), 'report.sql': sql },
    { 'app.py': at(code, 'filter_by(ma¦il'), 'report.sql': sql },
    { 'app.py': code, 'report.sql': at(sql, 'EMA¦IL') },
    { 'app.py': code, 'report.sql': sql, 'models.py': at(models, 'ma¦il: Mapped') },
    { 'app.py': code, 'report.sql': sql, 'models.py': at(models, '"ema¦il"') },
  ];
  for (const files of asked) assert.deepEqual((await references(files)).split('\n').sort(), everywhere);
});

test('a table: its class and its name', async () => {
  const everywhere = [
    'app.py: session.execute(insert(‹User›).values({"mail": user.mail}))',
    'app.py: session.execute(select(‹User›.mail).filter_by(mail="x"))',
    'app.py: session.execute(text("SELECT u.email, t.made_at FROM ‹users› u JOIN teams t ON u.made_at > 1"))',
    'models.py: __tablename__ = "«users»"',
    'models.py: class «User»(Stamped, Base):',
  ];
  const asked: readonly Readonly<Record<string, string>>[] = [
    { 'app.py': at(code, 'us¦ers u') },
    { 'app.py': at(code, 'select(Us¦er') },
    { 'app.py': code, 'models.py': at(models, 'class Us¦er') },
    { 'app.py': code, 'models.py': at(models, '"us¦ers"\n') },
  ];
  for (const files of asked) assert.deepEqual((await references(files)).split('\n').sort(), everywhere);
});

test('a foreign key uses the table and the column that it leads to', async () => {
  const table = await references({ 'models.py': at(models, '"tea¦ms"') });
  assert.match(table, /ForeignKey\("‹teams›\.id"\)/);
  const key = await references({ 'models.py': at(models, 'teams.i¦d') });
  assert.match(key, /ForeignKey\("teams\.‹id›"\)/);
  assert.equal(key.match(/«id»/g)?.length, 1);
});

test('a bare table and its columns', async () => {
  const found = await references({
    'app.py': 'from sqlalchemy import text\ntext("SELECT user_id¦ FROM links")\n',
  });
  assert.match(
    found,
    /^app\.py: text\("SELECT ‹user_id› FROM links"\)\nmodels\.py: links = .*Column\("«user_id»"/,
  );
});

test('a column of a mixin: of one table by its name, of all of them where it is declared', async () => {
  const one = await references({ 'app.py': at(code, 't.made¦_at') });
  assert.deepEqual(one.split('\n'), [
    'app.py: session.execute(text("SELECT u.email, t.‹made_at› FROM users u JOIN teams t ON u.made_at > 1"))',
    'models.py: «made_at»: Mapped[int]',
  ]);
  const all = await references({ 'app.py': code, 'models.py': at(models, 'made¦_at') });
  assert.match(all, /t\.‹made_at› .* u\.‹made_at›/);
});

test('an attribute that a class inherits is that of the class', async () => {
  const inherited = `${models}
class Admin(User):
    pass
`;
  const found = await references({
    'models.py': inherited,
    'app.py':
      'from sqlalchemy import select\nfrom models import Admin, User\nselect(User.ma¦il, Admin.mail)\n',
  });
  assert.match(found, /select\(User\.‹mail›, Admin\.‹mail›\)/);
});

test('names that SQL makes: where that SQL stands', async () => {
  const found = await references({
    'app.py':
      'from sqlalchemy import text\ntext("WITH w AS (SELECT 1 AS n) SELECT w.n¦ FROM w")\ntext("SELECT 1 AS n")\n',
  });
  assert.equal(found, 'app.py: text("WITH w AS (SELECT 1 AS «n») SELECT w.‹n› FROM w")');
});

test('a revision: what follows it', async () => {
  const revision = (id: string, down: string) =>
    `from alembic import op\nrevision = "${id}"\ndown_revision = ${down}\n`;
  const found = await references({
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': 'from alembic import context\n',
    'alembic/versions/a1.py': revision('abc1', 'None'),
    'alembic/versions/b2.py': revision('abc2', '"abc¦1"'),
    'alembic/versions/c3.py': revision('abc3', '("abc1",)'),
  });
  assert.equal(
    found,
    'b2.py: down_revision = "‹abc1›"\na1.py: revision = «"abc1"»\nc3.py: down_revision = ("‹abc1›",)',
  );
});

test('nothing is found for what is nobody’s', async () => {
  assert.equal(await references({ 'app.py': at(code, 'pri¦nt') }), '');
  assert.equal(await references({ 'app.py': at(code, 'email of us¦ers') }), '');
});
