import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findConnections } from '../../../src/workspace/find-connections.ts';
import { poolDeclarations } from '../../../src/workspace/pool-declarations.ts';
import { workspaceOf } from '../../workspace.ts';

const engine = (url: string) => `from sqlalchemy import create_engine\nengine = create_engine(${url})\n`;

/** Connections as `file:line text`. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const workspace = await workspaceOf(files);
  return findConnections(workspace).map(({ path, url }) => `${path.replace('/project/', '')} ${url}`);
}

test('environment files, but not their examples', async () => {
  assert.deepEqual(
    await found({
      '.env': 'DATABASE_URL=postgresql://h/d\nOTHER=1',
      '.env.example': 'DATABASE_URL=postgresql://x/y',
    }),
    ['.env postgresql://h/d'],
  );
});

test('a literal in the code', async () => {
  assert.deepEqual(await found({ 'db.py': engine('"postgresql://h/d"') }), ['db.py postgresql://h/d']);
});

test('a default in settings gives way to an environment file', async () => {
  const settings =
    'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    url: str = "postgresql://default/d"\nsettings = Settings()\n';
  const files = {
    'settings.py': settings,
    'db.py': `from settings import settings\n${engine('settings.url')}`,
  };
  assert.deepEqual(await found(files), ['db.py postgresql://default/d']);
  assert.deepEqual(await found({ ...files, '.env': 'URL=postgresql://real/d' }), [
    '.env postgresql://real/d',
  ]);
});

test('alembic.ini, and its placeholder', async () => {
  const ini = (url: string) => `[alembic]\nscript_location = migrations\nsqlalchemy.url = ${url}\n`;
  const env =
    'from alembic import context\ncontext.configure(url=context.config.get_main_option("sqlalchemy.url"))\n';
  assert.deepEqual(await found({ 'alembic.ini': ini('postgresql://h/d'), 'migrations/env.py': env }), [
    'alembic.ini postgresql://h/d',
  ]);
  assert.deepEqual(
    await found({ 'alembic.ini': ini('driver://user:pass@localhost/dbname'), 'migrations/env.py': env }),
    [],
  );
});

test('what tests connect to is no connection of the project, nor its pool', async () => {
  const files = { 'tests/conftest.py': engine('"postgresql://h/test", pool_size=3') };
  assert.deepEqual(await found(files), []);
  assert.deepEqual(poolDeclarations(await workspaceOf(files)), []);
});

test('a pool as the code declares it', async () => {
  const workspace = await workspaceOf({
    'db.py': engine(
      '"postgresql://ann@h/d", pool_size=3, max_overflow=1, connect_args={"application_name": "shop"}',
    ),
  });
  const [pool] = poolDeclarations(workspace);
  assert.deepEqual(
    [pool?.name, pool?.size, pool?.maxOverflow, pool?.applicationName, pool?.database, pool?.user],
    ['engine', 3, 1, 'shop', 'd', 'ann'],
  );
});
