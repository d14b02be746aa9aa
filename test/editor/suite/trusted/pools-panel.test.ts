/** The panel of pools in a real webview, under the policy that the extension gives it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { closeAll, folder, openBlockedReport, openSessions, ownSessions } from '../shop.ts';
import {
  click,
  count,
  fill,
  press,
  screenshot,
  sees,
  seesNone,
  type,
  visibleText,
  waitFor,
} from '../window.ts';

const inPanel = { inside: 'webview' } as const;

const openPanel = () => commands.executeCommand('databasePatterns.openPoolsPanel');
const settings = () => workspace.getConfiguration('databasePatterns');

/** The row of the session that runs `SELECT pg_sleep(600)`. */
const sleeping = 'tr:has(td:has-text("pg_sleep"))';

suite('Pools panel', () => {
  suiteSetup(async () => {
    await closeAll();
    await openPanel();
  });

  suiteTeardown(closeAll);

  test('shows the figures of the sessions that are open, and their end', async () => {
    const pool = (inUse: number, idle: number) =>
      // Those in use are idle in a transaction.
      `tr:has(th:text-is("shop-api")):has(td:nth-child(2):has-text("${inUse} / 10")):has(td:nth-child(3):text-is("${inUse}")):has(td:nth-child(4):text-is("${idle}"))`;
    const sessions = await openSessions({ name: 'shop-api', idle: 2, inTransaction: 1 });
    try {
      await sees('one in use and two idle', pool(1, 2), inPanel);
      await screenshot('pools-panel');
    } finally {
      sessions.stdin?.end();
    }
    await sees('that the sessions are gone', pool(0, 0), inPanel);
  });

  test('leads to the line that makes the pool', async () => {
    const engine = 'tr:has(th:text-is("shop-api")) >> text=pool_size';
    await sees('the engine', engine, inPanel);
    await click(engine, 'webview');
    await waitFor('the file', () =>
      window.activeTextEditor?.document.getText().includes('create_async_engine'),
    );
  });

  test('a session that waits: who blocks it, and the code that it works for', async () => {
    await openPanel();
    const report = await openBlockedReport();
    try {
      const code = 'button:has-text("app/repositories/reports.py:")';
      await sees('the statement’s place', code, inPanel);
      await sees('the blocker with what it blocks', '[aria-label="Who blocks whom"] li li', inPanel);
      await screenshot('pools-panel-blocked');
      await click(code, 'webview');
      await waitFor('the file', () => window.activeTextEditor?.document.fileName.endsWith('reports.py'));
    } finally {
      report.stdin?.end();
    }
  });

  test('a statement is explained, and nothing is ended without a word', async () => {
    await openPanel();
    const name = `<img src=x>"'`;
    const sessions = await openSessions({ name, idle: 0, inTransaction: 0, active: 1 });
    try {
      await sees('the session', sleeping, inPanel);
      await sees('its name as text', `${sleeping}:has(td:has-text("<img src=x>"))`, inPanel);
      assert.equal(await count('img', 'webview'), 0);
      await click(`${sleeping} >> text=Cancel…`, 'webview');
      // VS Code opens no modal dialogue while it runs tests, and says so to whoever asks for one.
      await waitFor('the refused question', async () => (await count('text=DialogService: refused')) > 0);
      await commands.executeCommand('notifications.clearAll');
      await click(`${sleeping} >> text=Explain`, 'webview');
      await waitFor('the plan', () => window.activeTextEditor?.document.getText().includes('(cost='));
      await openPanel();
      await sees('the session, still at work', `${sleeping}:has(td:text-is("active"))`, inPanel);
    } finally {
      sessions.stdin?.end();
    }
    await seesNone('the session', sleeping, inPanel);
  });

  test('on a protected connection its name is typed to cancel, and to terminate', async () => {
    const env = await readFile(join(folder(), '.env'), 'utf8');
    const url = /postgres\S+/.exec(env)?.[0].replace(/:[^:@/]+@/, '@');
    await settings().update('connections', [{ url, protected: true }], false);
    const sessions = await openSessions({ name: 'shop-api', idle: 0, inTransaction: 0, active: 1 });
    const input = '.quick-input-widget:visible input';
    const ask = async (deed: string) => {
      await click(`${sleeping} >> text=${deed}`, 'webview');
      await waitFor(
        'the question',
        async () => (await count(`${input}[placeholder]`)) + (await count(input)) > 0,
      );
    };
    try {
      await sees('the mark', '.badge:text-is("protected, read-only")', inPanel);
      const label = await visibleText('h1', 'webview');
      await sees('the session', sleeping, inPanel);
      await ask('Terminate…');
      await type('another name');
      await press('Enter');
      await waitFor('the refusal', async () => (await count('text=/This is another name\\. Type/')) > 0);
      await screenshot('pools-panel-protected');
      await press('Escape');
      await sees('the session, still at work', `${sleeping}:has(td:text-is("active"))`, inPanel);
      await ask('Cancel…');
      await type(label);
      await press('Enter');
      await sees('a session whose statement was cancelled', `${sleeping}:has(td:text-is("idle"))`, inPanel);
      await ask('Terminate…');
      await type(label);
      await press('Enter');
      await seesNone('the session', sleeping, inPanel);
    } finally {
      sessions.stdin?.end();
      await settings().update('connections', undefined, false);
    }
    await seesNone('the mark', '.badge:text-is("protected, read-only")', inPanel);
  });

  test('keyboard and screen reader: columns are sorted by a key, and all has a name', async () => {
    const sessions = await openSessions({ name: 'shop-api', idle: 2, inTransaction: 1 });
    try {
      await sees('the sessions', 'role=button[name=/^Terminate… session \\d+$/]', inPanel);
      await click('role=searchbox[name="Filter sessions"]', 'webview');
      // Past the box for idle ones.
      await press('Tab');
      await press('Tab');
      await press('Enter');
      await sees('the order', 'th[aria-sort="descending"]:has-text("Session")', inPanel);
      await press('Space');
      await sees('the other order', 'th[aria-sort="ascending"]:has-text("Session")', inPanel);
      for (const chart of ['In use', 'Waiting', 'Longest transaction'])
        await sees(`what ${chart} says`, `role=img[name=/^${chart}/]`, inPanel);
      assert.equal(await count('button:not([aria-label]):text-is("")', 'webview'), 0);
    } finally {
      sessions.stdin?.end();
    }
  });

  test('what a user chose is kept while the page is hidden, and each theme is taken up', async () => {
    const sessions = await openSessions({ name: 'shop-api', idle: 1, inTransaction: 1, active: 1 });
    try {
      await fill('[aria-label="Filter sessions"]', 'pg_sleep', 'webview');
      await sees('one session of three', 'role=status >> text="1 of 3 sessions"', inPanel);
      await click('text=without idle ones', 'webview');
      await commands.executeCommand('workbench.action.files.newUntitledFile');
      await seesNone('the page', '[aria-label="Filter sessions"]', inPanel);
      await openPanel();
      await sees('the same session', 'role=status >> text="1 of 3 sessions"', inPanel);
      await fill('[aria-label="Filter sessions"]', '', 'webview');
      await sees('those that are not idle', 'role=status >> text="2 of 3 sessions"', inPanel);
      const theme = workspace.getConfiguration('workbench');
      const before = theme.get('colorTheme');
      for (const [name, mark] of [
        ['Default Dark Modern', 'vscode-dark'],
        ['Default High Contrast', 'vscode-high-contrast'],
        ['Default High Contrast Light', 'vscode-high-contrast-light'],
      ]) {
        await theme.update('colorTheme', name, true);
        await sees(`the theme ${name}`, `body.${mark}`, inPanel);
        await screenshot(`pools-panel-${mark}`);
      }
      await theme.update('colorTheme', before, true);
    } finally {
      sessions.stdin?.end();
    }
  });

  test('nothing is asked while nothing that shows pools is visible', async () => {
    await openPanel();
    const bar = '.statusbar-item:visible:has-text("shop-api")';
    await waitFor('the worst pool', async () => (await count(bar)) > 0);
    assert.ok((await ownSessions()) > 0);
    await commands.executeCommand('workbench.view.explorer');
    await closeAll();
    await waitFor('the end of the last session', async () => (await ownSessions()) === 0);
    assert.equal(await count(bar), 0);
  });
});
