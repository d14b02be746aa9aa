import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';
import { portOf } from '../../workspace.ts';

const path = '/project/app.py';

/** Whether a file is still known after it was opened with some text and then deleted on disk. */
async function knownAfter(opened: string): Promise<boolean> {
  const files: Record<string, string> = { 'app.py': 'import sqlalchemy\n' };
  const store = new WorkspaceStore({
    files: portOf(files),
    parser,
    sql: await loadSqlParser(),
    logger: silentLogger,
  });
  await store.open(['/project'], undefined, new AbortController().signal);
  store.setOverlay(path, opened);
  delete files['app.py'];
  return (await store.refresh([path])).pythonFiles.includes(path);
}

test('a deleted file is gone, though its document is still open', async () => {
  assert.equal(await knownAfter('import sqlalchemy\n'), false);
});

test('changes that were not saved stay', async () => {
  assert.equal(await knownAfter('import sqlalchemy\nx = 1\n'), true);
});
