/** Heads that a merge would bring, seen in a real repository before the merge. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import { incomingFiles } from '../../../src/server/git/main-branch.ts';
import { headConflicts } from '../../../src/server/head-conflicts.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { createNodeFilePort } from '../../../src/workspace/files/node-file-port.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';

let folder: string;
let versions: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbpatterns-git-'));
  versions = join(folder, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = migrations\n');
  writeFileSync(join(folder, 'migrations', 'env.py'), 'from alembic import context\n');
  git('init', '--initial-branch=main');
  commit('a', null);
  git('checkout', '--quiet', '-b', 'work');
  commit('mine', 'a');
  commit('mine_too', 'mine');
});

after(() => rmSync(folder, { recursive: true, force: true }));

function git(...parameters: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...parameters], { cwd: folder, stdio: 'pipe' });
}

function commit(id: string, down: string | null): void {
  const text = `"""${id} step."""\nrevision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\n`;
  writeFileSync(join(versions, `${id}.py`), text);
  git('add', '.');
  git('commit', '--quiet', '-m', id);
}

async function conflicts() {
  const store = new WorkspaceStore({
    files: createNodeFilePort(),
    parser,
    sql: await loadSqlParser(),
    logger: silentLogger,
  });
  const workspace = await store.open([folder], undefined, new AbortController().signal);
  const environment = workspace.environments[0];
  assert.ok(environment);
  const incoming = await incomingFiles(environment.versionLocations);
  return incoming === null ? null : headConflicts(workspace, environment, incoming);
}

test('nothing new on the main branch', async () => {
  assert.equal(await conflicts(), null);
});

test('another revision there follows the same one: told at the first of this branch', async () => {
  git('checkout', '--quiet', 'main');
  commit('theirs', 'a');
  git('checkout', '--quiet', 'work');
  const found = await conflicts();
  assert.equal(found?.length, 1);
  assert.equal(
    found[0]?.message,
    'main has theirs (theirs step) beside mine_too (mine_too step): after a merge there are several heads. Let mine follow theirs before the merge, or merge the heads after it.',
  );
  assert.match(found[0]?.place?.uri ?? '', /\/mine\.py$/);
});

test('a branch whose first revision follows the newest there fits', async () => {
  writeFileSync(join(versions, 'mine.py'), '"""mine."""\nrevision = "mine"\ndown_revision = "theirs"\n');
  assert.deepEqual(await conflicts(), []);
});

test('no repository, no answer', async () => {
  assert.equal(await incomingFiles([tmpdir()]), null);
});
