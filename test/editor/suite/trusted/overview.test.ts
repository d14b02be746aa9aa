/** The picture that people see first, in a light and a dark theme: everything at once, with live figures. */
import { setup, suite, suiteTeardown, test } from 'mocha';
import { ConfigurationTarget, commands, Selection, TextEditorRevealType, workspace } from 'vscode';
import { waitForFinding } from '../findings.ts';
import { closeAll, open, openSessions, rangeOf } from '../shop.ts';
import { count, row, screenshot, waitFor } from '../window.ts';

const LOOK = {
  // Without these two the window has no title bar, and so no word of an extension under development.
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'workbench.colorTheme': 'Default Light Modern',
};

async function look(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
}

/** As Ctrl+K Ctrl+I does: what is wrong, the SQL, and the bulb of the quick fix. */
async function showHover(): Promise<void> {
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  // The bulb first: the hover takes the focus, and without it the editor shows no new bulb.
  await waitFor('the bulb', async () => (await count('.codicon-light-bulb:visible')) > 0);
  await waitFor('the hover', async () => {
    await commands.executeCommand('editor.action.showHover');
    return (await count('.monaco-hover:visible >> text=SELECT')) > 0;
  });
}

suite('Overview', () => {
  setup(closeAll);
  suiteTeardown(async () => {
    await closeAll();
    await look(Object.fromEntries(Object.keys(LOOK).map(name => [name, undefined])));
  });

  test('mistakes with their SQL, the connection, a pool half full, the migrations', async () => {
    await commands.executeCommand('workbench.view.extension.databasePatterns');
    await look(LOOK);
    const shop = await openSessions({ name: 'shop-api', active: 5, inTransaction: 0, idle: 2 });
    const reports = await openSessions({ name: 'shop-reports', active: 1, inTransaction: 0, idle: 1 });
    try {
      await waitFor('the pool', async () => (await count(row('Pool shop-api, in use 5 of 10, idle 2'))) > 0);
      await commands.executeCommand('workbench.action.decreaseViewWidth');
      const editor = await open('app/mistakes.py');
      const { range } = await waitForFinding(editor.document.uri, 'unknown-column');
      editor.selection = new Selection(range.end, range.end);
      editor.revealRange(rangeOf(editor.document, 'def customers_not_deleted'), TextEditorRevealType.AtTop);
      await commands.executeCommand('notifications.clearAll');
      await showHover();
      await screenshot('overview');
      await look({ 'workbench.colorTheme': 'Default Dark Modern' });
      await showHover();
      await screenshot('overview-dark');
    } finally {
      for (const { stdin } of [shop, reports]) stdin?.end();
    }
  });
});
