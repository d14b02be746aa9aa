/** What is offered at `¦`: labels in their order, those alone that the test asks about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem } from '../../../src/features/completion/completion-item.ts';
import { type CompletionTrigger, completionsAt } from '../../../src/features/completion.ts';
import { workspaceOf } from '../../workspace.ts';

const models = `from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    users: Mapped[list["User"]] = relationship(back_populates="team")

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[str | None] = mapped_column("email")
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    team: Mapped[Team] = relationship(back_populates="users")

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    userId: Mapped[int] = mapped_column(ForeignKey("users.id"))
`;

const header = `from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship, Session
from models import Base, Order, Team, User
`;

interface Asked {
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly trigger?: CompletionTrigger;
}

interface Answer {
  readonly items: readonly CompletionItem[];
  /** The text with an item put in. */
  withItem(label: string): string;
}

async function completions(
  marked: string,
  { path = 'app.py', files = {}, trigger = 'word' }: Asked = {},
): Promise<Answer> {
  const text = marked.replace('¦', '');
  const workspace = await workspaceOf({ 'models.py': models, ...files, [path]: text });
  const found = completionsAt(workspace, `/project/${path}`, marked.indexOf('¦'), trigger);
  const items = [...(found?.items ?? [])].sort((a, b) => (a.order < b.order ? -1 : 1));
  return {
    items,
    withItem(label) {
      const item = items.find(each => each.label === label);
      assert.ok(found && item, `${label} is not offered: ${items.map(each => each.label).join(' ')}`);
      const { start, end } = found.replaced;
      return text.slice(0, start) + item.insert + text.slice(end);
    },
  };
}

/** Labels of tables and columns, and what else the kinds say, in their order. */
async function offered(
  marked: string,
  kinds = 'table column alias condition',
  asked?: Asked,
): Promise<string> {
  const { items } = await completions(marked, asked);
  const wanted = new Set(kinds.split(' '));
  return items.flatMap(({ kind, label }) => (wanted.has(kind) ? [label] : [])).join(' ');
}

const sql = (text: string, kinds?: string, asked?: Asked) =>
  offered(`${header}text("${text}")\n`, kinds, asked);

test('tables where a table is named', async () => {
  for (const text of [
    'SELECT * FROM ¦',
    'SELECT * FROM us¦',
    'INSERT INTO ¦',
    'UPDATE ¦',
    'DELETE FROM ¦',
    'TRUNCATE ¦',
  ])
    assert.equal(await sql(text, 'table'), 'order teams users', text);
  assert.equal(await sql('WITH w AS (SELECT 1) SELECT * FROM ¦', 'table'), 'w order teams users');
});

test('tables that a foreign key joins come first behind JOIN', async () => {
  assert.equal(await sql('SELECT * FROM teams t JOIN ¦', 'table'), 'users order teams');
  assert.equal(await sql('SELECT * FROM \\"order\\" o JOIN ¦', 'table'), 'users order teams');
});

test('how tables are joined, by their foreign keys', async () => {
  assert.equal(await sql('SELECT * FROM users u JOIN teams t ON ¦', 'condition'), 'u.team_id = t.id');
  assert.equal(
    await sql('SELECT * FROM teams t JOIN users u ON ¦ WHERE 1 = 1', 'condition'),
    'u.team_id = t.id',
  );
});

test('columns of the tables in scope, and their aliases', async () => {
  assert.equal(await sql('SELECT ¦ FROM users u'), 'id email team_id u');
  assert.equal(await sql('SELECT * FROM users u WHERE ¦'), 'id email team_id u');
  assert.equal(await sql('SELECT u.¦ FROM users u'), 'id email team_id');
  assert.equal(await sql('SELECT u.em¦ FROM users u JOIN teams t ON true'), 'id email team_id');
  assert.equal(await sql('SELECT ¦ FROM users u JOIN teams t ON true'), 'u.id email team_id t.id title u t');
  assert.equal(await sql('SELECT x.¦ FROM (SELECT email, 1 AS one FROM users) x'), 'email one');
  assert.equal(await sql('SELECT * FROM users u WHERE u.¦\\nORDER BY u.id'), 'id email team_id');
  assert.equal(await sql('SELECT ¦'), '');
});

test('columns of the table that a statement changes', async () => {
  assert.equal(await sql('INSERT INTO users (¦'), 'id email team_id');
  assert.equal(await sql('INSERT INTO users (id, ¦) VALUES (1)'), 'id email team_id');
  assert.equal(await sql('UPDATE users SET ¦'), 'id email team_id');
  assert.equal(await sql('UPDATE users SET email = 1, ¦ WHERE id = 1'), 'id email team_id');
  assert.equal(await sql('INSERT INTO users (id) VALUES (1) ON CONFLICT (¦'), 'id email team_id');
  assert.equal(await sql('CREATE INDEX i ON users (¦'), 'id email team_id users');
});

test('functions, types and keywords', async () => {
  assert.match(await sql('SELECT co¦ FROM users', 'function'), /^ceil concat count .*\bcorr\b/);
  assert.match(await sql('SELECT id::¦ FROM users', 'type'), /\bbigint\b.*\bjsonb\b/);
  assert.match(await sql('SELECT * FROM users ¦', 'keyword'), /WHERE.*GROUP BY/);
  assert.equal(await sql('SELECT * FROM users ¦'), '');
  assert.match(await sql('select * from users ¦', 'keyword'), /where/);
  assert.match(await sql('SEL¦', 'keyword'), /SELECT/);
});

test('nothing in literals, comments, and strings that are no SQL', async () => {
  for (const text of [
    "SELECT * FROM users WHERE email = 'a¦'",
    'SELECT 1 -- FROM ¦',
    'SELECT /* ¦',
    "SELECT 'open ¦",
    'SELECT 1¦',
  ])
    assert.equal((await completions(`${header}text("${text}")\n`)).items.length, 0, text);
  for (const code of [
    'message = "Select from ¦"',
    '"""SELECT * FROM ¦"""',
    'print("FROM ¦")',
    '# text("SELECT * FROM ¦")',
    'text(f"SELECT {us¦}")',
  ])
    assert.equal((await completions(`${header}${code}\n`)).items.length, 0, code);
});

test('a space brings tables and conditions alone', async () => {
  const asked = { trigger: ' ' } as const;
  assert.equal(await sql('SELECT * FROM ¦', 'table', asked), 'order teams users');
  assert.equal(await sql('SELECT * FROM users u JOIN teams t ON ¦', 'condition', asked), 'u.team_id = t.id');
  for (const text of ['SELECT ¦', 'SELECT * FROM users ¦', 'SELECT * FROM users WHERE ¦'])
    assert.equal((await completions(`${header}text("${text}")\n`, asked)).items.length, 0, text);
});

test('what is typed is replaced, in strings of every kind', async () => {
  const put = async (code: string, label: string) =>
    (await completions(header + code)).withItem(label).slice(header.length);
  assert.equal(await put('text("SELECT * FROM us¦")', 'users'), 'text("SELECT * FROM users")');
  assert.equal(await put('text("SELECT * FROM us¦ers_old")', 'users'), 'text("SELECT * FROM users")');
  assert.equal(await put('text("SELECT * FROM ¦")', 'order'), 'text("SELECT * FROM \\"order\\"")');
  assert.equal(await put("text('SELECT * FROM ¦')", 'order'), 'text(\'SELECT * FROM "order"\')');
  assert.equal(await put('text("""SELECT * FROM ¦""")', 'order'), 'text("""SELECT * FROM \\"order\\"""")');
  assert.equal(
    await put('text("""\n SELECT *\n FROM \\"or¦\\"\n""")', 'order'),
    'text("""\n SELECT *\n FROM \\"order\\"\n""")',
  );
  assert.equal(
    await put('text("SELECT o.¦ FROM \\"order\\" o")', 'userId'),
    'text("SELECT o.\\"userId\\" FROM \\"order\\" o")',
  );
  assert.equal(
    await put('text(f"SELECT {1} + em¦ FROM users")', 'email'),
    'text(f"SELECT {1} + email FROM users")',
  );
  assert.equal(
    await put('text("SELECT id "\n     "FROM us¦")', 'users'),
    'text("SELECT id "\n     "FROM users")',
  );
  assert.equal(
    await put('text("SELECT em¦ "\n     "FROM users")', 'email'),
    'text("SELECT email "\n     "FROM users")',
  );
  assert.equal(
    await put('text("SELECT id, \\u00e9 "\n  + "FROM us¦")', 'users'),
    'text("SELECT id, \\u00e9 "\n  + "FROM users")',
  );
  assert.equal(await put('text("SELECT lo¦ FROM users")', 'lower'), 'text("SELECT lower() FROM users")');
  assert.equal(
    await put('text("SELECT lo¦(email) FROM users")', 'lower'),
    'text("SELECT lower(email) FROM users")',
  );
});

test('SQL that is put together, or sent by objects that nothing is known of', async () => {
  assert.equal(await offered(`${header}text("SELECT * FROM users u " + "WHERE u.¦")\n`), 'id email team_id');
  assert.equal(await offered(`${header}cursor.execute("SELECT * FROM ¦")\n`, 'table'), 'order teams users');
  assert.match(await offered(`${header}cursor.execute("¦")\n`, 'keyword'), /SELECT/);
  assert.equal(await offered(`${header}QUERY = "SELECT ¦ FROM users"\n`), 'id email team_id users');
});

const model = (body: string) =>
  `${header}class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b: Mapped[int]\n    ${body}\n`;

test('foreign keys: whole paths to primary keys, then columns', async () => {
  assert.equal(
    await offered(model('u: Mapped[int] = mapped_column(ForeignKey("¦"))')),
    'a.id order.id teams.id users.id',
  );
  assert.equal(
    await offered(model('u: Mapped[int] = mapped_column(ForeignKey("users.¦"))')),
    'id email team_id',
  );
  const found = await completions(model('u: Mapped[int] = mapped_column(ForeignKey("us¦"))'), {
    trigger: '"',
  });
  assert.match(found.withItem('users.id'), /ForeignKey\("users\.id"\)/);
  assert.equal(found.items.find(({ label }) => label === 'users.id')?.detail, 'INTEGER NOT NULL');
});

test('relationships: classes, the other side, written joins', async () => {
  assert.equal(await offered(model('u = relationship("¦")'), 'class'), 'A Order Team User');
  assert.equal(
    await offered(model('u: Mapped[User] = relationship(back_populates="¦")'), 'relationship'),
    'team',
  );
  assert.equal(await offered(model('u = relationship("User", back_populates="¦")'), 'relationship'), 'team');
  assert.equal(
    await offered(model('u = relationship("User", secondary="¦")'), 'table'),
    'a order teams users',
  );
  assert.equal(
    await offered(model('u = relationship("User", order_by="User.¦")'), 'column'),
    'id mail team_id',
  );
  assert.equal(
    await offered(model('u = relationship("User", primaryjoin="A.id == Us¦")'), 'class'),
    'A Order Team User',
  );
});

test('columns of the own table in constraints', async () => {
  assert.equal(await offered(model('__table_args__ = (Index("ix", "¦"),)')), 'id b');
  assert.equal(await offered(model('__table_args__ = (Index("¦"),)')), '');
  assert.equal(await offered(model('__table_args__ = (UniqueConstraint("b", "¦"),)')), 'id b');
  assert.equal(await offered(model('__table_args__ = (CheckConstraint("¦ > 0"),)'), 'column'), 'id b');
  assert.equal(await offered(model('__table_args__ = (ForeignKeyConstraint(["¦"], ["users.id"]),)')), 'id b');
});

test('keywords of filter_by(), values() and constructors, without those that are given', async () => {
  const keywords = (code: string) => offered(`${header}${code}\n`, 'column relationship');
  assert.equal(await keywords('select(User).filter_by(¦)'), 'id= mail= team_id= team=');
  assert.equal(await keywords('select(User).filter_by(id=1, ma¦)'), 'mail= team_id= team=');
  assert.equal(await keywords('update(User).values(¦)'), 'id= mail= team_id=');
  assert.equal(await keywords('User(id=1, ¦)'), 'mail= team_id= team=');
  assert.equal(await keywords('select(User).filter_by(id=¦)'), '');
  const typed =
    'from sqlmodel import Field, SQLModel\nclass Hero(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n';
  assert.equal(await keywords(`${typed}Hero(¦)`), '');
  assert.equal(await keywords('print(¦)'), '');
  assert.equal(await offered(`${header}update(User).values({"¦": 1})\n`), 'id email team_id');
  const found = await completions(`${header}select(User).filter_by(ma¦)`);
  assert.match(found.withItem('mail='), /filter_by\(mail=\)$/);
  const given = await completions(`${header}select(User).filter_by(ma¦=1)`);
  assert.match(given.withItem('mail='), /filter_by\(mail=1\)$/);
});

test('keys of the parameters of a text', async () => {
  const code = 'def f(session: Session):\n    session.execute(text("SELECT :one, :two"), {"¦": 1})\n';
  assert.equal(await offered(header + code, 'parameter'), 'one two');
});

const revisions = {
  'alembic.ini': '[alembic]\nscript_location = alembic\n',
  'alembic/env.py': 'from alembic import context\n',
  'alembic/versions/a1.py': `"""make things"""
from alembic import op
import sqlalchemy as sa
revision = "a1"
down_revision = None
def upgrade():
    op.create_table("old", sa.Column("id", sa.Integer), sa.Column("gone", sa.Text))
`,
};

test('revisions and directives, by the schema of their time', async () => {
  const at = (code: string, kinds?: string) =>
    offered(`from alembic import op\nimport sqlalchemy as sa\nrevision = "b2"\n${code}\n`, kinds, {
      path: 'alembic/versions/b2.py',
      files: revisions,
    });
  const up = (code: string) => at(`down_revision = "a1"\ndef upgrade():\n    ${code}`);
  assert.equal(await at('down_revision = "¦"', 'revision'), 'a1');
  assert.equal(await up('op.drop_table("¦")'), 'old order teams users');
  assert.equal(await up('op.drop_column("old", "¦")'), 'id gone');
  assert.equal(await up('op.create_index("ix", "old", ["¦"])'), 'id gone');
  assert.equal(await up('with op.batch_alter_table("old") as b:\n        b.drop_column("¦")'), 'id gone');
  assert.equal(await up('op.execute("UPDATE old SET ¦")'), 'id gone');
  assert.equal(await up('op.create_foreign_key("fk", "users", "old", ["x"], ["¦"])'), 'id gone');
  assert.equal(await up('op.create_table("n", sa.Column("a", sa.Integer), sa.UniqueConstraint("¦"))'), 'a');
});

test('files of SQL', async () => {
  const asked = { path: 'report.sql' };
  assert.equal(await offered('SELECT 1;\nSELECT u.¦\nFROM users u;\n', undefined, asked), 'id email team_id');
  assert.equal(await offered('SELECT 1;\n¦', undefined, asked), '');
});
