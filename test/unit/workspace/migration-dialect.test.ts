/** Which database revisions are for: by URLs, engines, drivers among the requirements, and what the files speak of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workspaceOf } from '../../workspace.ts';

async function dialectOf(files: Readonly<Record<string, string>>, imports = '') {
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': 'from alembic import context\nfrom app import engine\ncontext.configure()\n',
    'migrations/versions/one.py': `from alembic import op\n${imports}\nrevision = "one"\ndown_revision = None\n`,
    ...files,
  });
  const [environment] = workspace.environments;
  return environment && workspace.dialectOf(environment);
}

const requiring = (...names: readonly string[]) => ({
  'pyproject.toml': `[project]\nname = "x"\ndependencies = ${JSON.stringify(names)}\n`,
});

test('a driver of another database alone', async () => {
  assert.equal(await dialectOf(requiring('alembic', 'pymysql')), 'other');
  assert.equal(await dialectOf(requiring('alembic', 'aiosqlite>=0.20')), 'other');
  assert.equal(await dialectOf({ 'requirements.txt': 'mysqlclient==2.2.4\n' }), 'other');
});

test('a driver of PostgreSQL beside it, or none at all, leaves it open', async () => {
  assert.equal(await dialectOf(requiring('alembic', 'pymysql', 'psycopg[binary]')), 'unknown');
  assert.equal(await dialectOf(requiring('alembic')), 'unknown');
  assert.equal(await dialectOf({}), 'unknown');
});

test('a project that names another database all over its code', async () => {
  assert.equal(
    await dialectOf({ 'app.py': 'import sqlalchemy\nurl = "mysql+pymysql://db/shop"\n' }),
    'other',
  );
  const both = 'import sqlalchemy, psycopg\nurl = "mysql+pymysql://db/shop"\n';
  assert.equal(await dialectOf({ 'app.py': both }), 'unknown');
});

test('a revision that speaks of PostgreSQL is for it as well', async () => {
  const imports = 'from sqlalchemy.dialects import postgresql';
  assert.equal(await dialectOf(requiring('alembic', 'pymysql'), imports), 'unknown');
});

test('a URL or an engine says more than requirements', async () => {
  const ini = '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://db/shop\n';
  assert.equal(await dialectOf({ ...requiring('pymysql'), 'alembic.ini': ini }), 'postgresql');
  const engine =
    'from sqlalchemy import create_engine\nengine = create_engine("postgresql+psycopg://db/shop")\n';
  assert.equal(await dialectOf({ ...requiring('pymysql'), 'app.py': engine }), 'postgresql');
});
