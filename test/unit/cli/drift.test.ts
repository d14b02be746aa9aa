/** `drift` and `scaffold migration` of the built command line, on a project whose models are ahead and on a real database. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Client } from 'pg';
import { type TemporaryFolder, temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import { type CommandRun, runCommandLine } from '../../command-line.ts';
import { testDatabase } from '../../postgres.ts';
import { writeFiles } from '../../write-files.ts';

let folder: TemporaryFolder;

const models = (columns: string) => `from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
${columns}`;

const files = {
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'migrations/env.py':
    'from alembic import context\nfrom models import Base\ncontext.configure(target_metadata=Base.metadata)\n',
  'models.py': models('    email: Mapped[str] = mapped_column(String(50))\n'),
  'migrations/versions/a1_start.py': `import sqlalchemy as sa
from alembic import op
revision = "a1"
down_revision = None
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), nullable=False), sa.Column("mail", sa.String(50), nullable=False), sa.PrimaryKeyConstraint("id"))
`,
};

beforeEach(async () => {
  folder = await temporaryFolder('drift');
  await writeFiles(folder.path, files);
});
afterEach(() => folder[Symbol.asyncDispose]());

function run(...parameters: readonly string[]): Promise<CommandRun> {
  return runCommandLine(parameters, { cwd: folder.path });
}

test('drift between models and migrations, as data', async () => {
  const { code, output } = await run('drift', '--format', 'json');
  assert.equal(code, 1);
  const { version, environments } = JSON.parse(output);
  assert.equal(version, 1);
  assert.deepEqual(environments[0].operations, [
    {
      operation: 'add-column',
      schema: null,
      table: 'users',
      name: 'email',
      text: 'adds users.email VARCHAR(50) NOT NULL',
    },
    { operation: 'drop-column', schema: null, table: 'users', name: 'mail', text: 'drops users.mail' },
  ]);
});

test('drift between models and a database', async () => {
  await using database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    'CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL); CREATE TABLE alembic_version (v text)',
  );
  const same = await run('drift', '--to', 'database', '--database-url', database.url);
  assert.equal(same.code, 0, same.output + same.errors);
  await client.query('ALTER TABLE users ALTER email DROP NOT NULL');
  const other = await run('drift', '--to', 'database', '--database-url', database.url);
  assert.equal(other.code, 1);
  assert.match(other.output, /alters users\.email: NOT NULL/);
  await client.end();
});

test('drift says what is missing of its options', async () => {
  const { code, errors } = await run('drift', '--from', 'migrations', '--to', 'migrations');
  assert.equal(code, 2);
  assert.match(errors, /--from and --to are both migrations/);
});

test('scaffold migration asks for a renaming, then writes a revision that ends the drift', async () => {
  const answered = async (answers: unknown) => {
    await writeFiles(folder.path, { 'answers.json': JSON.stringify(answers) });
    return run('scaffold', 'migration', '--answers', 'answers.json');
  };
  const asked = await answered({ message: 'mail to email' });
  assert.equal(asked.code, 2);
  assert.match(asked.errors, /users\.mail=email may be renamed/);
  const { code, output, errors } = await answered({
    message: 'mail to email',
    renames: ['users.mail=email'],
  });
  assert.equal(code, 0, errors);
  assert.match(output, /^Wrote migrations\/versions\/[0-9a-f]{12}_mail_to_email\.py$/m);
  assert.equal((await readdir(join(folder.path, 'migrations', 'versions'))).length, 2);
  const { code: drift, output: text } = await run('drift');
  assert.equal(drift, 0, text);
});

test('check with a database: the size of the table decides how loud a lock is', async () => {
  await using database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await using _ = { [Symbol.asyncDispose]: () => client.end() };
  await client.query('CREATE TABLE users (id int, mail text); INSERT INTO users SELECT 1; ANALYZE users');
  await writeFiles(folder.path, {
    'migrations/versions/b1_index.py':
      'from alembic import op\nrevision = "b1"\ndown_revision = "a1"\ndef upgrade():\n    op.create_index("ix_users_mail", "users", ["mail"])\n',
  });
  const found = async (...options: readonly string[]) => {
    const { output } = await run('check', '--schema', 'none', '--format', 'json', ...options);
    const { findings } = JSON.parse(output) as {
      findings: { rule: string; severity: string; message: string }[];
    };
    const index = findings.find(({ rule }) => rule === 'index-without-concurrently');
    return `${index?.severity}: ${/\(([^()]*)\)$/.exec(index?.message ?? '')?.[1]}`;
  };
  assert.equal(await found(), 'warning: its size is not known and taken to be large');
  assert.match(await found('--database-url', database.url), /^hint: about 1 rows, \d+ kB in test_/);
  await client.query(
    "INSERT INTO users SELECT i, repeat('x', 200) FROM generate_series(1, 60000) AS i; ANALYZE users",
  );
  assert.match(await found('--database-url', database.url), /^warning: about 60,000 rows, 1\d MB in test_/);
});
