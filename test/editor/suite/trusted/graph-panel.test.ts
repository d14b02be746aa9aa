/** The panel of the revision graph in a real webview: lanes, search, what touched a table, and what a revision does. */
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { closeAll } from '../shop.ts';
import { click, count, press, screenshot, sees, waitFor } from '../window.ts';

const inPanel = { inside: 'webview' } as const;

async function showTheme(name: string | undefined): Promise<void> {
  await workspace.getConfiguration('workbench').update('colorTheme', name, true);
}

const revision = (text: string) => `[role=option]:has-text("${text}")`;

suite('Migration graph', () => {
  suiteSetup(async () => {
    await closeAll();
    await commands.executeCommand('databasePatterns.openMigrationGraph');
    await sees('the newest revision', revision('Gift cards'), inPanel);
  });

  suiteTeardown(async () => {
    await showTheme(undefined);
    await closeAll();
  });

  test('shows what a revision does to the schema', async () => {
    await click(revision('Reviews'), 'webview');
    await sees('the change', 'aside >> text=creates table reviews', inPanel);
    await sees('the SQL', 'aside >> text=CREATE TABLE reviews', inPanel);
    await screenshot('graph');
  });

  test('is walked by keys', async () => {
    await press('ArrowDown');
    await sees('the next one', '[role=option][aria-selected=true]:has-text("An email is unique")', inPanel);
    await press('Home');
    await sees('the newest one', '[role=option][aria-selected=true]:has-text("Gift cards")', inPanel);
    await press('End');
    await sees(
      'the oldest one',
      '[role=option][aria-selected=true]:has-text("Customers and addresses")',
      inPanel,
    );
  });

  test('is drawn in light and in high contrast', async () => {
    await showTheme('Default Light Modern');
    await waitFor('the theme', async () => (await count('body.vscode-light', 'webview')) > 0);
    await screenshot('graph-light');
    await showTheme('Default High Contrast');
    await waitFor('the theme', async () => (await count('body.vscode-high-contrast', 'webview')) > 0);
    await screenshot('graph-high-contrast');
  });

  test('finds revisions by what they say', async () => {
    await click('input[type=search]', 'webview');
    await press('g');
    await press('i');
    await press('f');
    await press('t');
    await sees('one of them', 'text=/^1 of \\d+ revisions/', inPanel);
    await press('Control+a');
    await press('Delete');
    await sees('all of them', 'text=/^\\d+ revisions/', inPanel);
  });

  test('opens the file', async () => {
    await click(revision('Gift cards'), 'webview');
    await click('aside >> text=Open File', 'webview');
    await waitFor('the file', () => window.activeTextEditor?.document.fileName.includes('gift_cards'));
  });
});
