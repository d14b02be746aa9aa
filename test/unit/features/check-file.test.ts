/** What one file is told: rules and PostgreSQL together, and what stays unknown. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkFile } from '../../../src/features/checking/check-file.ts';
import { coverageOf } from '../../../src/features/checking/coverage.ts';
import { quickCheck } from '../../../src/features/checking/quick-check.ts';
import { judgedSchema } from '../../../src/features/judging/judged-schema.ts';
import { foreignDatabase } from '../../../src/workspace/foreign-database.ts';
import { openTestShadow } from '../../shadow.ts';
import { workspaceOf } from '../../workspace.ts';

const shadow = openTestShadow();
after(() => shadow.dispose());

const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`;
const imports =
  'from sqlalchemy import select, text, func\nfrom sqlalchemy.orm import Session\nfrom models import User\n\n';

async function checked(code: string, path = 'app.py', others: Readonly<Record<string, string>> = {}) {
  const workspace = await workspaceOf({ 'models.py': models, ...others, [path]: imports + code });
  const judge = await shadow.judgeFor(workspace.project.models.values());
  return checkFile(workspace, `/project/${path}`, judge, new AbortController().signal);
}

test('a misspelt column of a model is named once, by PostgreSQL, with its hint as the fix', async () => {
  const { findings } = await checked('stmt = select(User.nmae)');
  assert.deepEqual(
    findings.map(({ rule, fixes }) => [rule, fixes.map(fix => fix.title)]),
    [['unknown-column', ['Change to name']]],
  );
});

test('a table that nothing here makes is unknown, not wrong', async () => {
  const check = await checked('stmt = text("SELECT 1 FROM audit_entries_elsewhere")');
  assert.deepEqual(check.findings, []);
  assert.deepEqual(coverageOf([check], { total: 0, checked: 0, unknown: 0 }).sql, {
    total: 1,
    checked: 0,
    unknown: 1,
  });
});

test('a number that psycopg2 writes into the text has no type here that tells dates from numbers', async () => {
  const driver = { 'requirements.txt': 'psycopg2-binary\n' };
  const code = 'select(User).where(func.now() > func.current_date() - 7)';
  const { findings, statements } = await checked(code, 'app.py', driver);
  assert.deepEqual(findings, []);
  assert.deepEqual(
    statements.map(({ unknown }) => unknown),
    ['The type of a parameter is not known.'],
  );
});

test('statements over a class that a base out of sight may give more columns are judged by what is known', async () => {
  const shared = `from sqlalchemy import Column, Integer, String
from elsewhere import Shared

class Note(Shared):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    title = Column(String)
`;
  const unknownIn = async (code: string) => {
    const { findings, statements } = await checked(`from notes import Note\n${code}`, 'app.py', {
      'notes.py': shared,
    });
    return [...findings.map(({ rule }) => rule), ...statements.map(each => each.unknown)];
  };
  assert.deepEqual(await unknownIn('select(Note).where(Note.title == "a")'), [null]);
  assert.match(
    `${await unknownIn('select(Note).where(text("titel IS NULL"))')}`,
    /^A model of it has a base/,
  );
  assert.deepEqual(await unknownIn('select(Note, func.count()).group_by(Note.id)'), [null]);
  assert.deepEqual(await unknownIn('select(Note, func.count()).group_by(Note.title)'), [
    'Note may have columns that could not be read.',
  ]);
  assert.match(`${await unknownIn('select(Note).where(Note.tenant_id == 1)')}`, /tenant_id/);
});

test('a table that stands in a function as it was once is not judged by that of today', async () => {
  const once =
    'import sqlalchemy as sa\n\ndef old(session):\n    users = sa.Table("users", sa.MetaData(), sa.Column("nickname", sa.String))\n    session.execute(select(users.c.nickname))\n';
  const check = await checked(once);
  assert.deepEqual(check.findings, []);
  assert.deepEqual(
    check.statements.map(each => each.unknown),
    ['The table users has other columns elsewhere.'],
  );
});

test('what is meant for another database is not judged', async () => {
  const check = await checked(
    'def wait(session):\n    if session.bind.dialect.name == "mysql":\n        session.execute(text("SET @@SESSION.x = 1"))\n',
  );
  assert.deepEqual(check.findings, []);
  assert.equal(check.statements.filter(each => each.unknown !== null).length, 1);
});

test('a condition that a helper adds for some objects is not held against classes that lack its column', async () => {
  const code = (body: string) => `from typing import Generic, TypeVar
T = TypeVar("T")
class Repository(Generic[T]):
    def __init__(self, session: Session, model: type[T]):
        self.session = session
        self.model = model
    def scope(self, **given):
        made = {}
        ${body}
        return {**made, **given}
class Users(Repository[User]):
    def one(self, id: int):
        return self.session.scalar(select(self.model).filter_by(**self.scope(id=id)))
`;
  const sometimes = await checked(code('if self.group: made["group_id"] = self.group'));
  assert.deepEqual(sometimes.findings, []);
  assert.match(sometimes.statements[0]?.unknown ?? '', /whether the helper gives it/);
  const always = await checked(code('made["group_id"] = self.group'));
  assert.deepEqual(
    always.findings.map(({ rule }) => rule),
    ['unknown-column'],
  );
});

test('the class, the module and the words of the SQL tell of another database', async () => {
  const inClass =
    'class MSSQLCleaner:\n    def clean(self):\n        self.connection.execute(text("SELEC 1"))\n';
  const inWords = "stmt = text(\"EXEC sp_rename 'a', 'b'\")";
  for (const { findings } of [
    await checked(inClass),
    await checked('stmt = text("SELEC 1")', 'mysql.py'),
    await checked('from sqlalchemy.dialects import mysql\nstmt = text("SELEC 1")', 'store.py'),
    await checked(inWords),
  ])
    assert.deepEqual(findings, []);
  const ours = 'class Cleaner:\n    def clean(self):\n        self.connection.execute(text("SELEC 1"))\n';
  assert.deepEqual(
    (await checked(ours)).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

test('code that connects to PostgreSQL by name chooses no database, code that asks for its name does', async () => {
  const code = (body: string) =>
    `import psycopg2\ndef f(url, session: Session):\n    ${body.replaceAll('\n', '\n    ')}\n    session.execute(text("SELECT nmae FROM users"))\n`;
  const told = async (body: string) => (await checked(code(body))).findings.map(({ rule }) => rule);
  for (const body of [
    'psycopg2.connect(user="postgres", dbname="postgres")',
    'url = os.getenv("DATABASE_URL", "postgresql+psycopg2://localhost/a")',
    'try:\n    pass\nexcept psycopg2.Error:\n    pass',
  ])
    assert.deepEqual(await told(body), ['unknown-column'], body);
  for (const body of [
    'if url.startswith("postgresql"):\n    pass',
    'ok = session.bind.name == "postgresql"',
    'ok = "psycopg2" in url',
    'if is_psycopg2:\n    pass',
    'words = {"postgresql": 1}',
    'ok = session.bind.name in ("postgresql",)',
  ])
    assert.deepEqual(await told(body), [], body);
});

test('what only some of the forms that a branch makes have is not held against all of them', async () => {
  const counted =
    'stmt = select(User.name, func.count())\nif grouped:\n    stmt = stmt.group_by(User.name)\n';
  const { findings, statements } = await checked(
    `def f(grouped, session):\n    ${counted.replaceAll('\n', '\n    ')}session.execute(stmt)\n`,
  );
  assert.deepEqual(findings, []);
  assert.match(statements.find(each => each.unknown)?.unknown ?? '', /some of the forms/);
});

test('a mistake that one branch brings is told', async () => {
  const { findings } = await checked(
    'def f(named, session):\n    stmt = select(User.id)\n    if named:\n        stmt = stmt.where(User.name == func.lowwer("a"))\n    session.execute(stmt)\n',
  );
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['unknown-function'],
  );
});

test('broken SQL inside of a statement is told, where the code writes it', async () => {
  const { findings } = await checked('stmt = select(User.id).where(text("name = = \'a\'"))');
  assert.deepEqual(
    findings.map(({ rule, range }) => [rule, range.end - range.start]),
    [['sql-syntax-error', 1]],
  );
});

test('tables that a revision keeps for itself are not those of today', async () => {
  const revision =
    'import sqlalchemy as sa\nrevision = "a"\ndown_revision = None\nusers = sa.Table("users", sa.MetaData(), sa.Column("name", sa.Integer, primary_key=True))\n';
  const workspace = await workspaceOf({
    'models.py': models,
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': '',
    'migrations/versions/a.py': revision,
  });
  const [table] = judgedSchema(workspace, 'models').tables;
  assert.deepEqual(
    table?.columns.map(({ name, type }) => [name, type]),
    [
      ['id', 'SERIAL'],
      ['name', 'VARCHAR'],
    ],
  );
});

test('a text that begins no statement and is not sent is a part of another one', async () => {
  const fragment = 'def f(number):\n    value = text("NEW.{}".format(int(number)))\n';
  assert.deepEqual((await checked(`${fragment}    return func.concat(value)\n`)).findings, []);
  assert.deepEqual(
    (
      await checked(`${fragment}    session.execute(value)\n`.replace('f(', 'f(session: Session, '))
    ).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

test('a file that makes engines of SQLite alone, and the tests that get one from pytest, send it their SQL', async () => {
  const engine = 'from sqlalchemy import create_engine\nengine = create_engine("sqlite://")\n';
  const code =
    'def test_it(session: Session):\n    session.execute(text("INSERT INTO users (\'id\') VALUES (1)"))\n';
  const others = {
    'tests/conftest.py': engine,
    'engines.py': engine.replace('sqlite://', 'postgresql://'),
  };
  for (const { findings } of [
    await checked(engine + code, 'app.py', others),
    await checked(code, 'tests/test_it.py', others),
    await checked(code, 'tests/unit/test_it.py', others),
  ])
    assert.deepEqual(findings, []);
  for (const { findings } of [
    await checked(code, 'test_it.py', others),
    await checked(code, 'tests/it.py', others),
    await checked(others['engines.py'] + code, 'tests/test_it.py', others),
  ])
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['sql-syntax-error'],
    );
});

test('a column that the models leave out and a script makes', async () => {
  const code = 'stmt = text("SELECT u.id, u.email FROM users u")';
  const script = { 'create.sql': 'CREATE TABLE users (id integer, name text, email text);' };
  const check = await checked(code, 'app.py', script);
  assert.deepEqual(check.findings, []);
  assert.match(check.statements[0]?.unknown ?? '', /A script makes its table with that column/);
  for (const other of [{}, { 'create.sql': 'CREATE TABLE users (id integer); SELECT 1 AS emails;' }])
    assert.deepEqual(
      (await checked(code, 'app.py', other)).findings.map(({ rule }) => rule),
      ['unknown-column'],
    );
});

test('SQL that PostgreSQL refuses in a module for another database', async () => {
  const code = 'stmt = text("SELECT a FROM b WHERE c = :c (NOT CASESPECIFIC)")';
  assert.deepEqual((await checked(code, 'sources/teradata.py')).findings, []);
  assert.deepEqual(
    (await checked(code, 'sources/app.py')).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

test('a text that is broken where nothing is put into it, and of which no other form is known', async () => {
  const code = `def change(session: Session, given):
    parts = []
    if "name" in given:
        parts.append("name = :name")
    if "id" in given:
        parts.append("id = :id")
    session.execute(text("UPDATE users SET {} WHERE id = 1".format(", ".join(parts))), given)
`;
  assert.deepEqual((await checked(code)).findings, []);
  assert.deepEqual(
    (await checked(code.replace('WHERE id', 'WHERE AND id'))).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
  assert.deepEqual(
    (await checked(code.replace('SET {}', 'SET id = 2 {}').replace('WHERE id', 'WHERE nmae'))).findings.map(
      ({ rule }) => rule,
    ),
    ['unknown-column'],
  );
});

test('a test puts its own constants into SQL', async () => {
  const code = 'def test_count(session, name):\n    session.execute(text(f"SELECT lower({name})"))\n';
  assert.deepEqual((await checked(code, 'tests/test_count.py')).findings, []);
  assert.deepEqual(
    (await checked(code, 'count.py')).findings.map(({ rule }) => rule),
    ['sql-built-from-strings'],
  );
});

test('a plain string with the placeholders of a driver is told for being one, not for them', async () => {
  const { findings } = await checked(
    'def f(session: Session):\n    session.execute("SELECT id FROM users WHERE id = %s", (1,))\n',
  );
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['plain-string-executed'],
  );
});

test('psql puts the variables of a script in before anything is sent', async () => {
  const { findings } = await checkScript('CREATE USER :name;\nGRANT CONNECT ON DATABASE :base TO :name;\n');
  assert.deepEqual(findings, []);
  assert.deepEqual(
    (await checkScript('GRANT CONNECT ON DATABSE main TO me;\n')).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

test('a script with places to fill in is no SQL yet', async () => {
  for (const script of [
    '{# all of them #}\nSELECT FROM WHERE;',
    'CREATE USER MAPPING FOR <OWNER> SERVER main;',
    '-- sold\nMODEL (\n  name shop.sold, kind FULL\n);\n\nSELECT @each(x) FROM WHERE;',
  ])
    assert.deepEqual((await checkScript(script)).findings, []);
  const { findings } = await checkScript('SELECT id FROM users WHERE id <> 1 AND 1 <ID > 2;');
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

async function checkScript(script: string) {
  const workspace = await workspaceOf({ 'models.py': models, 'users.sql': script });
  const judge = await shadow.judgeFor(workspace.project.models.values());
  return checkFile(workspace, '/project/users.sql', judge, new AbortController().signal);
}

test('a near name of a table in a script that names tables which nothing here makes', async () => {
  const rulesIn = async (script: string) => (await checkScript(script)).findings.map(({ rule }) => rule);
  assert.deepEqual(await rulesIn('DELETE FROM usres WHERE id IN (SELECT user_id FROM ledger_entries);'), []);
  assert.deepEqual(
    await rulesIn(
      'WITH gone AS (SELECT 1 AS id) DELETE FROM usres USING gone WHERE extract(year from now()) > gone.id;',
    ),
    ['unknown-table'],
  );
});

test('where two bases declare a table otherwise, what they disagree about is unknown', async () => {
  const other = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
import uuid

class Base(DeclarativeBase):
    pass

class Account(Base):
    __tablename__ = "users"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
`;
  const byKey = await checked('stmt = select(User.name).where(User.id == 1)', 'app.py', {
    'other.py': other,
  });
  assert.deepEqual(byKey.findings, []);
  const byName = await checked('stmt = select(User.nmae)', 'app.py', { 'other.py': other });
  assert.deepEqual(
    byName.findings.map(({ rule }) => rule),
    ['unknown-column'],
  );
});

test('what a number is taken from may be a date', async () => {
  const dated = models.replace('name: Mapped[str]', 'days: Mapped[int]\n    created: Mapped[datetime]');
  const { findings } = await checked(
    'from datetime import datetime\ntoday = datetime.now().date()\nstmt = select(User.id).where(User.created >= today - func.coalesce(User.days, 7))',
    'app.py',
    { 'models.py': `from datetime import datetime\n${dated}` },
  );
  assert.deepEqual(findings, []);
});

test('a member of an enumeration of numbers goes as its name', async () => {
  const states = `import enum
from sqlalchemy import Enum
class State(enum.IntEnum):
    DONE = 1
${models}    state: Mapped[State] = mapped_column(Enum(State))
`;
  const code = 'from models import State\nstmt = select(User.id).where(User.state == State.DONE)';
  assert.deepEqual((await checked(code, 'app.py', { 'models.py': states })).findings, []);
});

test('a date from which a column is subtracted is a date', async () => {
  const dated = models.replace('name: Mapped[str]', 'name: Mapped[str]\n    created: Mapped[datetime]');
  const { findings } = await checked(
    'from datetime import datetime, timedelta\nstmt = select(User.id).where(datetime.now() - User.created > timedelta(hours=1))',
    'app.py',
    {
      'models.py': `from datetime import datetime\n${dated}`,
      'requirements.txt': 'psycopg2==2.9\nsqlalchemy==2.0.40\n',
    },
  );
  assert.deepEqual(findings, []);
});

test('a revision may name what the models no longer have, but not break the syntax', async () => {
  const environment = { 'alembic.ini': '[alembic]\nscript_location = migrations\n', 'migrations/env.py': '' };
  const revision = (sql: string) =>
    `from alembic import op\nrevision = "a"\ndown_revision = None\ndef upgrade():\n    op.get_bind().execute(text("${sql}"))\n`;
  const path = 'migrations/versions/a.py';
  // The models that all cases import are named in a revision, too.
  const rulesIn = async (sql: string) =>
    (await checked(revision(sql), path, environment)).findings
      .map(finding => finding.rule)
      .filter(rule => rule !== 'application-import-in-revision');
  assert.deepEqual(await rulesIn('SELECT gone FROM users'), []);
  assert.deepEqual(await rulesIn('SELECT FROM WHERE'), ['sql-syntax-error']);
});

test('a file that goes to an older revision is not judged by the schema of today', async () => {
  const select = '    session.execute(text("SELECT gone FROM users"))\n';
  const rulesIn = async (migrating: string) =>
    (
      await checked(`from alembic import command\n\ndef test(session, config):\n    ${migrating}\n${select}`)
    ).findings.map(({ rule }) => rule);
  assert.deepEqual(await rulesIn('command.upgrade(config, "head")'), ['unknown-column']);
  assert.deepEqual(await rulesIn('command.upgrade(Config("alembic.ini"), "ae1027a6acf")'), []);
  assert.deepEqual(await rulesIn('command.downgrade(config, "-1")'), []);
  assert.deepEqual(await rulesIn('subprocess.run(["uv", "run", "alembic", "upgrade", "head"])'), [
    'unknown-column',
  ]);
  assert.deepEqual(await rulesIn('subprocess.run(["uv", "run", "alembic", "upgrade", revision])'), []);
  assert.deepEqual(await rulesIn('alembic_runner.migrate_up_before("ae1027a6acf")'), []);
});

test('a revision’s SQL is judged by the schema of its own time', async () => {
  const chain = {
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': '',
    'migrations/versions/one.py': `import sqlalchemy as sa
from alembic import op
revision = "one"
down_revision = None
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("nick", sa.String()))
    op.create_table("logs", sa.Column("level", sa.Enum("low", "high", name="level")))
`,
    'migrations/versions/three.py': `from alembic import op
revision = "three"
down_revision = "two"
def upgrade():
    op.drop_table("logs")
`,
  };
  const second = (upgrade: string, downgrade = 'pass') => `import sqlalchemy as sa
from alembic import op
revision = "two"
down_revision = "one"
def upgrade():
    bind = op.get_bind()
    ${upgrade.replaceAll('\n', '\n    ')}
def downgrade():
    ${downgrade.replaceAll('\n', '\n    ')}
`;
  const judged = async (revision: string) => {
    const path = 'migrations/versions/two.py';
    const workspace = await workspaceOf({ 'models.py': models, ...chain, [path]: revision });
    const judge = await shadow.judgeBy(judgedSchema(workspace, 'models'));
    const check = await checkFile(workspace, `/project/${path}`, judge, new AbortController().signal);
    const code = check.text;
    const told = check.findings.filter(({ severity }) => severity === 'error');
    return {
      told: told.map(({ rule, range }) => `${rule}: ${code.slice(range.start, range.end)}`),
      unknown: check.statements.flatMap(({ unknown }) => unknown ?? []),
    };
  };
  const nothing = { told: [], unknown: [] };
  const renamed = 'op.alter_column("users", "nick", new_column_name="name")';
  assert.deepEqual(await judged(second('bind.execute(sa.text("SELECT nick FROM users"))')), nothing);
  assert.deepEqual(
    await judged(
      second(`op.execute("SELECT nick FROM users")\n${renamed}\nop.execute("SELECT name FROM users")`),
    ),
    nothing,
  );
  assert.deepEqual(await judged(second(renamed, 'op.execute("UPDATE users SET nick = name")')), {
    told: ['unknown-column: nick'],
    unknown: [],
  });
  assert.deepEqual(
    await judged(second("op.execute(\"UPDATE logs SET level = 'high' WHERE level = 'low'\")")),
    nothing,
  );
  assert.deepEqual(await judged(second('op.execute("SELECT 1 FROM logs WHERE level = \'lw\'")')), {
    told: ["sql-type-mismatch: 'lw'"],
    unknown: [],
  });
  // What a function out of sight has made is not known.
  const doubtful = await judged(
    second('from elsewhere import prepare\nprepare(op)\nop.execute("SELECT nmae FROM users")'),
  );
  assert.deepEqual(doubtful.told, []);
  assert.match(doubtful.unknown.join(), /as far as those could be followed/);
  // What a session sends, also in a helper, runs where its call stands, and another order is possible.
  const helper = (upgrade: string) => `from sqlalchemy.orm import Session, declarative_base
Old = declarative_base()
class Nick(Old):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True)
    nick = sa.Column(sa.String)
def trim(session):
    for each in session.query(Nick).filter(Nick.nick != "").all():
        each.nick = each.nick.strip()
${second(upgrade)}`;
  const trim = 'trim(Session(bind=bind))';
  assert.deepEqual(await judged(helper(`${trim}\n${renamed}`)), nothing);
  const late = await judged(helper(`${renamed}\n${trim}`));
  assert.deepEqual(late.told, []);
  assert.match(late.unknown.join(), /as far as those could be followed/);
});

test('a table that a revision makes with columns that cannot be read', async () => {
  const revision = `import sqlalchemy as sa
from alembic import op
from elsewhere import IDColumn
revision = "a"
down_revision = None
def upgrade():
    op.create_table("users", IDColumn(), sa.Column("name", sa.String()))
    op.create_table("posts", sa.Column("id", sa.Integer()))
`;
  const post =
    'class Post(Base):\n    __tablename__ = "posts"\n    id: Mapped[int] = mapped_column(primary_key=True)\n';
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': '',
    'migrations/versions/a.py': revision,
    'models.py': `${models}\n${post}    title: Mapped[str]\n`,
    'app.py': `${imports}from models import Post\none = select(User.id)\ntwo = select(Post.title)\n`,
  });
  const judge = await shadow.judgeBy(workspace.schemaOfRevisions());
  const check = await checkFile(workspace, '/project/app.py', judge, new AbortController().signal);
  assert.deepEqual(
    check.findings.map(({ message }) => message),
    ['PostgreSQL: column posts.title does not exist'],
  );
  assert.match(check.statements.find(each => each.unknown !== null)?.unknown ?? '', /could not be read/);
});

test('the pools of all processes of a web server together', async () => {
  const pools = async (files: Readonly<Record<string, string>>) => {
    const code = 'from sqlalchemy import create_engine\nengine = create_engine("postgresql+psycopg://h/d")\n';
    const workspace = await workspaceOf({ 'db.py': code, ...files });
    const { findings } = await checkFile(workspace, '/project/db.py', null, new AbortController().signal);
    return findings.map(({ rule, message }) => [
      rule,
      /^\d+ processes may open \d+ connections/.exec(message)?.[0],
    ]);
  };
  assert.deepEqual(await pools({ Procfile: 'web: gunicorn -w 8 app:app\n' }), [
    ['pool-too-large', '8 processes may open 120 connections'],
  ]);
  assert.deepEqual(await pools({ Procfile: 'web: gunicorn -w 4 app:app\n' }), []);
  assert.deepEqual(await pools({}), []);
});

test('a project for another database alone', async () => {
  assert.equal(
    foreignDatabase(await workspaceOf({ 'db.py': 'import sqlalchemy\nurl = "mysql+pymysql://h/d"' })),
    'MySQL',
  );
  assert.equal(
    foreignDatabase(
      await workspaceOf({ 'db.py': 'import sqlalchemy, psycopg\nurl = "mysql+pymysql://h/d"' }),
    ),
    null,
  );
  const prose = '# PostgreSQL, unlike MySQL, sorts NULL last\nimport sqlalchemy\nurl = "mysql+pymysql://h/d"';
  assert.equal(foreignDatabase(await workspaceOf({ 'db.py': prose })), 'MySQL');
  assert.equal(foreignDatabase(await workspaceOf({ 'db.py': 'import sqlalchemy' })), null);
  const mysql = 'import sqlalchemy\nfrom sqlalchemy.dialects import mysql\n';
  const revisions = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`v/${index}.py`, mysql]));
  const tool = { 'db.py': 'import sqlalchemy\nurl = "mysql://h/d"', 'tool.py': 'import psycopg2\n' };
  assert.equal(foreignDatabase(await workspaceOf({ ...tool, ...revisions })), 'MySQL');
  assert.equal(foreignDatabase(await workspaceOf({ ...tool, 'v/0.py': mysql })), null);
});

test('SQL of a project for another database is not held against PostgreSQL’s grammar', async () => {
  const others = { 'db.py': 'import sqlalchemy\nurl = "mysql+pymysql://h/d"' };
  const code = 'stmt = text("UPDATE user SET admin = 1")\n';
  assert.deepEqual((await checked(code, 'app.py', others)).findings, []);
  const { findings } = await checked('stmt = select(User).where(User.name == 1)\n', 'app.py', others);
  assert.equal(
    findings.some(({ rule }) => rule === 'literal-type-mismatch'),
    false,
  );
  const list = 'session.execute(text("SELECT name FROM users WHERE id IN :ids"), {"ids": [1]})\n';
  assert.deepEqual((await checked(list, 'app.py', others)).findings, []);
  assert.deepEqual(
    (await checked(code)).findings.map(({ rule }) => rule),
    ['sql-syntax-error'],
  );
});

test('the names in what a project for another database builds are judged, and nothing else', async () => {
  const others = { 'db.py': 'import sqlalchemy\nurl = "mysql+pymysql://h/d"' };
  const judged = async (code: string) => {
    const { findings, statements } = await checked(code, 'app.py', others);
    return [...findings.map(({ rule }) => rule), ...statements.map(({ unknown }) => unknown)];
  };
  assert.deepEqual(await judged('select(User).where(User.name == "a")'), [null]);
  assert.deepEqual(await judged('select(User.nmae)'), ['unknown-column', null]);
  const foreign = 'The project is written for MySQL, whose SQL is not PostgreSQL’s.';
  assert.deepEqual(await judged('select(User.name, func.count()).group_by(User.id + 1)'), [foreign]);
  assert.deepEqual(await judged('text("SELECT nmae FROM users")'), [foreign]);
});

test('which columns the system catalogs have depends on the server', async () => {
  const { findings, statements } = await checked('one = text("SELECT daticulocale FROM pg_database")\n');
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    [],
  );
  assert.equal(statements[0]?.unknown?.startsWith('Which columns the system catalogs have'), true);
});

test('a comment that speaks of SQL marks no string', async () => {
  const { statements } = await checked(
    'one = """\n-- SQL with quotes\nSELECT * FROM \'a b\'\n"""\ntwo = """-- sql\nSELECT nmae FROM users"""\n',
  );
  assert.equal(statements.length, 1);
});

test('a keystroke elsewhere keeps what PostgreSQL said, at its new place', async () => {
  const code = 'first = select(User)\nstmt = select(User.nmae)\n';
  const last = await checked(code);
  const edited = await workspaceOf({ 'models.py': models, 'app.py': `${imports}# typed\n${code}` });
  const findings = quickCheck(edited, '/project/app.py', last).findings;
  assert.deepEqual(
    findings.map(({ rule, range }) => [
      rule,
      edited.textOf('/project/app.py')?.slice(range.start, range.end),
    ]),
    [['unknown-column', 'User.nmae']],
  );
});

test('a keystroke in a finding drops it until PostgreSQL has spoken again', async () => {
  const last = await checked('stmt = text("SELECT nmae FROM users")\n');
  assert.deepEqual(
    last.findings.map(finding => finding.rule),
    ['unknown-column'],
  );
  const edited = await workspaceOf({
    'models.py': models,
    'app.py': `${imports}stmt = text("SELECT namae FROM users")\n`,
  });
  assert.deepEqual(quickCheck(edited, '/project/app.py', last).findings, []);
});

for (const [sql, rules, unknown] of [
  [`f"SELECT id FROM users WHERE name = '{name}'"`, [], 0],
  [`f"SELECT id FROM users WHERE nmae = '{name}'"`, ['unknown-column'], 0],
  [`"SELECT id FROM users WHERE nmae = '%s'" % name`, ['unknown-column'], 0],
  ['f"SELECT id FROM {name}"', [], 1],
] as const)
  test(`SQL is judged where nothing but values is put into it: ${sql}`, async () => {
    const check = await checked(`def run(session, name):\n    session.execute(text(${sql}))\n`);
    const found = check.findings.map(each => each.rule).filter(rule => rule !== 'sql-built-from-strings');
    assert.deepEqual(found, rules);
    assert.equal(check.statements.filter(each => each.unknown !== null).length, unknown);
  });

test('the name of a mapped class’s table is known where SQL is put together with it', async () => {
  const { findings } = await checked('found = text(f"SELECT nmae FROM {User.__tablename__}")');
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['unknown-column'],
  );
});
