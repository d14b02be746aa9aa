/** In Restricted Mode the extension is there, and the workspace really is not trusted. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { workspace } from 'vscode';
import { installedExtension } from '../extension.ts';
import { screenshot, waitFor } from '../window.ts';

suite('Restricted Mode', () => {
  test('the extension activates without the workspace being trusted', async () => {
    assert.equal(workspace.isTrusted, false);
    const extension = installedExtension();
    await waitFor('the extension to be active', () => extension.isActive);
    await screenshot('restricted');
  });
});
