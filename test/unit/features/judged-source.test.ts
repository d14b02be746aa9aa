/** Which schema `auto` means: the migrations only where nothing of them is missing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedSource } from '../../../src/features/judging/judged-schema.ts';
import { workspaceOf } from '../../workspace.ts';

const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`;
const alembic = { 'alembic.ini': '[alembic]\nscript_location = migrations\n', 'migrations/env.py': '' };

function revision(body: string): Readonly<Record<string, string>> {
  const code = `import sqlalchemy as sa\nfrom alembic import op\nrevision = "a"\ndown_revision = None\ndef upgrade():\n${body}`;
  return { 'migrations/versions/a.py': code };
}

const users =
  '    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))\n';

async function sourceOf(files: Readonly<Record<string, string>>, settings?: unknown): Promise<string> {
  return judgedSource(await workspaceOf({ 'models.py': models, ...files }, settings));
}

test('the migrations where they build all that the models have', async () => {
  assert.equal(await sourceOf({ ...alembic, ...revision(users) }), 'migrations');
});

test('the models where there is no Alembic, or none of its revisions', async () => {
  assert.equal(await sourceOf({}), 'models');
  assert.equal(await sourceOf(alembic), 'models');
});

test('the models where they are ahead of the migrations', async () => {
  const older = users.replace(', sa.Column("name", sa.String)', '');
  assert.equal(await sourceOf({ ...alembic, ...revision(older) }), 'models');
});

test('the models where a revision could not be understood', async () => {
  const opaque = `${users}    op.execute(open("change.sql").read())\n`;
  assert.equal(await sourceOf({ ...alembic, ...revision(opaque) }), 'models');
});

test('what the settings name is taken', async () => {
  assert.equal(await sourceOf({ ...alembic, ...revision(users) }, { schema: 'models' }), 'models');
});
