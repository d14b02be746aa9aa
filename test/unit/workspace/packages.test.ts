/** Packages reach the snapshot: from a virtual environment on disk, and anew when a lock file changes. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isAtLeast } from '../../../src/python/packages/version.ts';
import { createNodeFilePort } from '../../../src/workspace/files/node-file-port.ts';
import { storeOf } from '../../workspace.ts';

test('of a virtual environment only the marks of its packages are listed', async t => {
  const root = (await mkdtemp(join(tmpdir(), 'packages-'))).replaceAll('\\', '/');
  t.after(() => rm(root, { recursive: true }));
  const site = '.venv/lib/python3.12/site-packages';
  const files = [
    '.venv/pyvenv.cfg',
    `${site}/sqlalchemy-2.1.0.dist-info/WHEEL`,
    `${site}/sqlalchemy-2.1.0.dist-info/METADATA`,
    `${site}/sqlalchemy/engine.py`,
    'app/main.py',
    'uv.lock',
    'package-lock.json',
  ];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  const listed = await createNodeFilePort().list(root);
  assert.deepEqual(
    listed.map(entry => entry.path.replace(`${root}/`, '')),
    [
      '.venv/lib/python3.12/site-packages/sqlalchemy-2.1.0.dist-info/WHEEL',
      '.venv/pyvenv.cfg',
      'app/main.py',
      'uv.lock',
    ],
  );
});

test('a changed lock file changes the versions, another file keeps them', async () => {
  const lock = (version: string) => `[[package]]\nname = "sqlalchemy"\nversion = "${version}"\n`;
  const files: Record<string, string> = { 'uv.lock': lock('2.0.41'), 'app.py': 'import sqlalchemy\n' };
  const store = await storeOf(files);
  const packages = () => store.snapshot.project.packagesOf('/project/app.py');
  await store.open(['/project'], undefined, new AbortController().signal);
  const before = packages();
  assert.equal(isAtLeast(before.versionOf('sqlalchemy'), 2, 1), false);
  store.setOverlay('/project/app.py', 'import sqlalchemy as sa\n');
  assert.equal(packages(), before);
  files['uv.lock'] = lock('2.1.0');
  await store.refresh(['/project/uv.lock']);
  assert.equal(isAtLeast(packages().versionOf('sqlalchemy'), 2, 1), true);
});

test('setup.py names packages, as the Python file that it is', async () => {
  const setup = (version: string) =>
    `from setuptools import setup\nsetup(install_requires=["SQLAlchemy${version}"])\n`;
  const files: Record<string, string> = { 'setup.py': setup('<2'), 'app.py': 'import sqlalchemy\n' };
  const store = await storeOf(files);
  const version = () => store.snapshot.project.packagesOf('/project/app.py').versionOf('sqlalchemy');
  await store.open(['/project'], undefined, new AbortController().signal);
  assert.equal(isAtLeast(version(), 2), false);
  store.setOverlay('/project/setup.py', setup('>=2'));
  assert.equal(isAtLeast(version(), 2), true);
});
