/** What New Migration asks, and what it says of an answer while it is typed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrationGround } from '../../../src/features/migration-ground.ts';
import { draftMigration } from '../../../src/scaffold/migration/draft-migration.ts';
import {
  byAlembic,
  checkMigrationAnswer,
  migrationQuestions,
} from '../../../src/scaffold/migration/migration-questions.ts';
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import { workspaceOf } from '../../workspace.ts';

function revision(id: string, down: string | null, body: string): string {
  const follows = down === null ? 'None' : `"${down}"`;
  return `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${id}"\ndown_revision = ${follows}\ndef upgrade():\n    ${body}\n`;
}

const orders = `op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text(), nullable=False), sa.Column("email", sa.Text()), sa.Column("total", sa.Integer(), sa.Computed("1")))`;
const links = `op.create_table("links", sa.Column("a", sa.Integer(), primary_key=True), sa.Column("b", sa.Integer(), primary_key=True)); op.create_index("ix_links_b", "links", ["b"])`;

const project = {
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'migrations/env.py': 'from alembic import context\n',
  'migrations/versions/a.py': revision('a1', null, orders),
  'migrations/versions/b.py': revision('b1', 'a1', links),
};

async function groundOf(files: Readonly<Record<string, string>> = project) {
  const workspace = await workspaceOf(files);
  const [environment] = workspace.environments;
  assert.ok(environment);
  return migrationGround(workspace, environment);
}

async function asked(files = project, content?: string): Promise<readonly string[]> {
  const ground = await groundOf(files);
  return migrationQuestions({ ...ground, schema: ground.built.schema }, byAlembic)
    .filter(({ when }) => (content === undefined ? when === undefined : when?.is.includes(content)))
    .map(question => {
      const options = question.kind === 'pick' ? question.options.map(({ value }) => value) : [];
      return [question.id, ...options].join(' ');
    });
}

async function said(question: string, value: string, answers: Answers): Promise<string | null> {
  const { built, readSql } = await groundOf();
  return checkMigrationAnswer({ path: [question], value, answers }, built, readSql);
}

test('the tables of the revisions are the choices, in batches those with a key of one column', async () => {
  assert.deepEqual(await asked(project, 'data'), ['table orders', 'column', 'value']);
  assert.deepEqual((await asked(project, 'index'))[0], 'table links orders');
});

test('a head is asked for where there are several, a recipe offered where there is a table', async () => {
  assert.deepEqual(
    (await asked())[1],
    'content models data add-column rename-column index autogenerate empty',
  );
  assert.equal((await asked()).at(-1)?.startsWith('head'), false);
  const second = { ...project, 'migrations/versions/b.py': revision('b1', null, 'pass') };
  assert.equal((await asked(second)).at(-1), 'head a1 b1');
  const none = {
    ...project,
    'migrations/versions/a.py': revision('a1', null, 'pass'),
    'migrations/versions/b.py': '',
  };
  assert.equal((await asked(none))[1], 'content models autogenerate empty');
});

const adding = { content: 'add-column', table: 'orders' };

test('a new column has a name that Python, SQLAlchemy and PostgreSQL can live with', async () => {
  assert.equal(await said('column', 'remark', adding), null);
  for (const [name, reason] of [
    ['note', /has a column note already/],
    ['class', /keyword of Python/],
    ['order', /reserved word of PostgreSQL/],
    ['metadata', /SQLAlchemy's own/],
    ['list', /need the name list/],
    ['Remark', /small letters.*Use remark/],
    ['x'.repeat(64), /cuts names/],
  ] as const)
    assert.match((await said('column', name, adding)) ?? '', reason, name);
  const renaming = { content: 'rename-column', table: 'orders', column: 'note' };
  assert.equal(await said('newName', 'remark', renaming), null);
  assert.match((await said('newName', 'email', renaming)) ?? '', /already/);
  assert.match((await said('newName', 'note', renaming)) ?? '', /its name already/);
});

test('a column that is there is found, or its neighbour named', async () => {
  const filling = { content: 'data', table: 'orders' };
  assert.equal(await said('column', 'email', filling), null);
  assert.match((await said('column', 'emial', filling)) ?? '', /Did you mean email\?/);
  assert.match((await said('column', 'xyz', filling)) ?? '', /It has id, note, email, total/);
  assert.match((await said('column', 'note', filling)) ?? '', /never NULL/);
  assert.match((await said('column', 'total', { ...filling, content: 'rename-column' })) ?? '', /made by/);
  assert.match((await said('column', 'id', { ...filling, content: 'rename-column' })) ?? '', /primary key/);
});

test('SQL is read by PostgreSQL’s parser, its columns held against the table', async () => {
  assert.equal(await said('type', 'VARCHAR(40)', adding), null);
  assert.match((await said('type', 'VARCHAR(', adding)) ?? '', /cannot read it: syntax error/);
  assert.equal(await said('value', 'lower(email)', adding), null);
  assert.match((await said('value', 'lower(emial)', adding)) ?? '', /Did you mean email\?/);
  assert.match((await said('value', '1); DROP TABLE orders', adding)) ?? '', /cannot read it/);
  assert.match((await said('default', 'new', adding)) ?? '', /'new'/);
});

test('an index has columns that are there, once, and a name that is free', async () => {
  const indexing = { content: 'index', table: 'links' };
  assert.equal(await said('columns', 'a, b', indexing), null);
  assert.match((await said('columns', 'a, a', indexing)) ?? '', /twice/);
  assert.match((await said('columns', 'a, c', indexing)) ?? '', /no column c/);
  assert.match((await said('columns', 'b', indexing)) ?? '', /an index ix_links_b already/);
});

test('answers that nobody was asked for are held against the same', async () => {
  const ground = await groundOf();
  const draft = draftMigration(
    ground,
    { message: 'm', ...adding, column: 'order', type: 'TEXT', value: "''" },
    { now: new Date(0), newId: () => 'c1' },
  );
  assert.match(draft.kind === 'failed' ? draft.problem : '', /reserved word/);
});

test('what was not followed of earlier revisions is one sentence, however much it is', async () => {
  const ground = await groundOf();
  const doubts = Array.from({ length: 9 }, (_, index) => `revision a1: ${index} is not followed`);
  const draft = draftMigration(
    { ...ground, built: { ...ground.built, doubts } },
    { message: 'm', content: 'index', table: 'orders', columns: 'email' },
    { now: new Date(0), newId: () => 'c1' },
  );
  assert.match(draft.kind === 'drafted' ? draft.notes.join('|') : '', /^9 parts of earlier revisions/);
});

test('a column whose revision names an enum without its values comes back with them', async () => {
  const created = `op.execute("CREATE TYPE state AS ENUM ('x')"); op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("state", sa.Enum(name="state")))`;
  const drafted = await draftOf(
    revision('a1', null, created),
    'class Order(Base):\n    __tablename__ = "orders"\n    id: Mapped[int] = mapped_column(primary_key=True)\n',
  );
  assert.match(drafted.text, /postgresql\.ENUM\("x", name="state", create_type=False\)/);
});

test('a type whose values are nowhere is left to the reader', async () => {
  const { text, notes } = await draftOf(
    revision('a1', null, 'pass'),
    'class Order(Base):\n    __tablename__ = "orders"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    state: Mapped[str] = mapped_column(sa.Enum(name="state"))\n',
  );
  assert.match(text, /sa\.types\.NullType\(\)/);
  assert.match(notes.join(), /No SQLAlchemy type is known for state/);
});

async function draftOf(first: string, models: string) {
  const base =
    'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\nclass Base(DeclarativeBase):\n    pass\n';
  const ground = await groundOf({
    'alembic.ini': project['alembic.ini'],
    'migrations/env.py':
      'from alembic import context\nfrom app import Base\ncontext.configure(target_metadata=Base.metadata)\n',
    'migrations/versions/a.py': first,
    'app.py': `import sqlalchemy as sa\n${base}${models}`,
  });
  const moment = { now: new Date(0), newId: () => 'c1' };
  const draft = draftMigration(ground, { message: 'm', content: 'models' }, moment);
  assert.ok(draft.kind === 'drafted', JSON.stringify(draft));
  return { text: draft.files[0]?.text ?? '', notes: draft.notes };
}
