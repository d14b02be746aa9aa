import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeOf } from '../../workspace.ts';

const path = '/project/app.py';

/** Whether a file is still known after it was opened with some text and then deleted on disk. */
async function knownAfter(opened: string): Promise<boolean> {
  const files: Record<string, string> = { 'app.py': 'import sqlalchemy\n' };
  const store = await storeOf(files);
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
