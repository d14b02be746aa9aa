/** Where a name leads that Python does not know: the cursor is at `¦`, the answer is the line of the declaration. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionsAt } from '../../../src/features/names/definition.ts';
import { workspaceOf } from '../../workspace.ts';
import { models } from './teams-and-users.ts';

const ini = '[alembic]\nscript_location = alembic\n';

const revisions = {
  'alembic.ini': ini,
  'alembic/env.py': 'from alembic import context\n',
  'alembic/versions/a1.py': `from alembic import op
import sqlalchemy as sa
revision = "a1"
down_revision = None
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer))
    op.create_table(
        "old",
        sa.Column("id", sa.Integer),
    )
    op.execute("CREATE TABLE IF NOT EXISTS plain (id int)")
`,
};

/** The lines of the declarations, each with its file where that is another one. */
async function definition(
  marked: string,
  path = 'app.py',
  files: Record<string, string> = {},
): Promise<string> {
  const text = marked.replace('¦', '');
  const workspace = await workspaceOf({ 'models.py': models, ...files, [path]: text });
  const found = definitionsAt(workspace, `/project/${path}`, marked.indexOf('¦'));
  if (!found) return 'nothing';
  const origin = text.slice(found.origin.start, found.origin.end);
  const lines = found.declarations.map(each => {
    const source = workspace.textOf(each.path) ?? '';
    const line = source.slice(source.lastIndexOf('\n', each.nameRange.start) + 1).split('\n', 1)[0] ?? '';
    return line.trim();
  });
  return `${origin} → ${lines.join(' | ')}`;
}

const header = `from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship, Session
from models import Base, Team, User, links
`;

const mail = 'mail: Mapped[str] = mapped_column("email")';
const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'SQL in text()': [
    ['text("SELECT 1 FROM us¦ers")', 'users → class User(Stamped, Base):'],
    ['text("SELECT u.em¦ail FROM users u")', `email → ${mail}`],
    ['text("SELECT email¦ FROM users")', `email → ${mail}`],
    ['text("SELECT u¦.email FROM users u")', 'u → class User(Stamped, Base):'],
    ['text("SELECT made_at¦ FROM users")', 'made_at → made_at: Mapped[int]'],
    ['text("SELECT x.email¦ FROM (SELECT * FROM users) x")', `email → ${mail}`],
    [
      'text("SELECT user_id¦ FROM links")',
      'user_id → links = Table("links", Base.metadata, Column("user_id", Integer), Column("team_id", Integer))',
    ],
    ['text("SELECT \\n\\"u\\".email¦ FROM users u")', `email → ${mail}`],
    ['text("SELECT id FROM users "\n     "WHERE email¦ = :x")', `email → ${mail}`],
    ['text("SELECT id FROM users " + "WHERE email¦ = :x")', `email → ${mail}`],
    ['text(f"SELECT id FROM users WHERE {1 + n} = email¦")', `email → ${mail}`],
    ['text("""\n  SELECT id\n  FROM users\n  WHERE email¦ = 1""")', `email → ${mail}`],
    ['text("SELECT nope¦ FROM users")', 'nothing'],
    [
      'def f(session: Session):\n    session.execute(\n        text("SELECT 1 WHERE 1 = :na¦me"),\n        {"name": 1},\n    )',
      ':name → {"name": 1},',
    ],
    ['cursor.execute("SELECT email¦ FROM users")', `email → ${mail}`],
    ['SQL = "SELECT email¦ FROM users"', `email → ${mail}`],
    ['message = "Select email¦ from users"', 'nothing'],
    ['"""SELECT email¦ FROM users"""', 'nothing'],
    ['text("SELECT 1")  # FROM users¦', 'nothing'],
  ],
  'strings of models': [
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(ForeignKey("us¦ers.id"), primary_key=True)',
      'users → class User(Stamped, Base):',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(ForeignKey("users.email¦"), primary_key=True)',
      `email → ${mail}`,
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b: Mapped[int]\n    __table_args__ = (Index("ix", "b¦"),)',
      'b → b: Mapped[int]',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b: Mapped[int]\n    __table_args__ = (UniqueConstraint("b¦", "id"),)',
      'b → b: Mapped[int]',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b: Mapped[int]\n    __table_args__ = (CheckConstraint("b¦ > 0"),)',
      'b → b: Mapped[int]',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    b: Mapped[int]\n    __table_args__ = (ForeignKeyConstraint(["b¦"], ["users.id"]),)',
      'b → b: Mapped[int]',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    __table_args__ = (ForeignKeyConstraint(["id"], ["users.email¦"]),)',
      `email → ${mail}`,
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    u = relationship("Us¦er")',
      'User → class User(Stamped, Base):',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    u = relationship("User", order_by="User.mail¦")',
      `mail → ${mail}`,
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    u = relationship("User", secondary="link¦s")',
      'links → links = Table("links", Base.metadata, Column("user_id", Integer), Column("team_id", Integer))',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    u: Mapped[User] = relationship(primaryjoin="A.id == foreign(User.team_id¦)")',
      'team_id → team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))',
    ],
    [
      'class A(Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    u: Mapped[User] = relationship(back_populates="team¦")',
      'team → team: Mapped[Team] = relationship(back_populates="users")',
    ],
  ],
  'keywords of calls': [
    ['select(User).filter_by(mail¦="x")', `mail → ${mail}`],
    ['User(mail¦="x")', `mail → ${mail}`],
    ['update(User).values(mail¦="x")', `mail → ${mail}`],
    ['insert(User).values({"mail¦": 1})', `mail → ${mail}`],
    ['print(mail¦="x")', 'nothing'],
  ],
};

for (const [title, each] of Object.entries(cases))
  test(title, async () => {
    for (const [code, expected] of each) assert.equal(await definition(`${header}${code}\n`), expected, code);
  });

const revision = `from alembic import op
import sqlalchemy as sa
revision = "b2"
down_revision = "a1"
`;

test('names in a revision lead to the revision that made the thing, else to the model', async () => {
  const at = (code: string) =>
    definition(`${revision}def upgrade():\n    ${code}\n`, 'alembic/versions/b2.py', revisions);
  assert.equal(await at('op.drop_table("old¦")'), 'old → "old",');
  assert.equal(
    await at('op.add_column("users¦", sa.Column("x", sa.Integer))'),
    'users → op.create_table("users", sa.Column("id", sa.Integer))',
  );
  assert.equal(
    await at('op.drop_column("users", "id¦")'),
    'id → op.create_table("users", sa.Column("id", sa.Integer))',
  );
  assert.equal(await at('op.drop_column("users", "email¦")'), `email → ${mail}`);
  assert.equal(await at('op.create_index("ix", "old", ["id¦"])'), 'id → sa.Column("id", sa.Integer),');
  assert.equal(await at('op.execute("UPDATE old SET id¦ = 1")'), 'id → sa.Column("id", sa.Integer),');
  assert.equal(
    await at('op.drop_table("plain¦")'),
    'plain → op.execute("CREATE TABLE IF NOT EXISTS plain (id int)")',
  );
  assert.equal(
    await at('with op.batch_alter_table("old") as b:\n        b.drop_column("id¦")'),
    'id → sa.Column("id", sa.Integer),',
  );
  assert.equal(
    await at('op.create_table("n", sa.Column("a", sa.Integer), sa.UniqueConstraint("a¦"))'),
    'a → op.create_table("n", sa.Column("a", sa.Integer), sa.UniqueConstraint("a"))',
  );
  assert.equal(
    await at('op.create_foreign_key("fk", "users", "old", ["email"], ["id¦"])'),
    'id → sa.Column("id", sa.Integer),',
  );
});

test('down_revision and depends_on lead to the revision', async () => {
  const at = (line: string) =>
    definition(
      `from alembic import op\nrevision = "b2"\n${line}\ndef upgrade():\n    pass\n`,
      'alembic/versions/b2.py',
      revisions,
    );
  assert.equal(await at('down_revision = "a¦1"'), 'a1 → revision = "a1"');
  assert.equal(await at('down_revision = None\ndepends_on = ("a1¦",)'), 'a1 → revision = "a1"');
});

test('a table that only revisions know', async () => {
  const found = await definition(`${header}text("SELECT id FROM old¦")\n`, 'app.py', revisions);
  assert.equal(found, 'old → "old",');
});

test('files of SQL', async () => {
  assert.equal(await definition('SELECT 1;\nSELECT email¦ FROM users;\n', 'report.sql'), `email → ${mail}`);
  assert.equal(
    await definition('WITH w AS (SELECT 1)\nSELECT * FROM w¦;\n', 'report.sql'),
    'w → WITH w AS (SELECT 1)',
  );
});
