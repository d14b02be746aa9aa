/** In Restricted Mode the views show what files say, and nothing has been run or connected to. */
import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import { commands, workspace } from 'vscode';
import { count, row, screenshot, visibleText, waitFor } from '../window.ts';

suite('Views in Restricted Mode', () => {
  suiteSetup(async () => {
    assert.equal(workspace.isTrusted, false);
    await commands.executeCommand('workbench.view.extension.databasePatterns');
  });

  test('connections are listed and not tested', async () => {
    await waitFor('the connection', async () => (await count(row('Connection shop at'))) > 0);
    assert.match(await visibleText(row('Connection shop at')), /not tested/);
  });

  test('migrations are listed without marks', async () => {
    await waitFor(
      'the reason',
      async () => (await count(row('In Restricted Mode no database is asked'))) > 0,
    );
    assert.ok((await count(row('Revision'))) > 0);
    assert.equal(await count(`${row('Revision')}[aria-label*="applied"]`), 0);
  });

  test('pools say why there are none, and how to allow it', async () => {
    await waitFor('the way out', async () => (await count('text=Manage Workspace Trust')) > 0);
    await screenshot('views-restricted');
  });
});
