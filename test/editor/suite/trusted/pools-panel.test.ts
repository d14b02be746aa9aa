/** The panel of pools in a real webview, under the policy that the extension gives it. */
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, window } from 'vscode';
import { closeAll, openSessions } from '../shop.ts';
import { click, count, screenshot, waitFor } from '../window.ts';

async function sees(what: string, selector: string): Promise<void> {
  await waitFor(what, async () => (await count(selector, 'webview')) > 0);
}

suite('Pools panel', () => {
  suiteSetup(async () => {
    await closeAll();
    await commands.executeCommand('databasePatterns.openPoolsPanel');
  });

  suiteTeardown(closeAll);

  test('shows the figures of the sessions that are open, and their end', async () => {
    const pool = (inUse: number, idle: number) =>
      `tr:has(th:text-is("shop-api")):has(td:nth-child(2):has-text("${inUse} / 10")):has(td:nth-child(3):text-is("${idle}"))`;
    const sessions = await openSessions({ name: 'shop-api', idle: 2, inTransaction: 1 });
    try {
      await sees('one in use and two idle', pool(1, 2));
      await screenshot('pools-panel');
    } finally {
      sessions.stdin?.end();
    }
    await sees('that the sessions are gone', pool(0, 0));
  });

  test('leads to the line that makes the pool', async () => {
    await click('tr:has(th:text-is("shop-api")) >> text=pool_size', 'webview');
    await waitFor('the file', () =>
      window.activeTextEditor?.document.getText().includes('create_async_engine'),
    );
  });
});
