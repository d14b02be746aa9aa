/** The three views against a real database and the user's own Alembic, as a user sees them. */
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, suiteSetup, test } from 'mocha';
import { type CodeAction, commands, env, languages, window } from 'vscode';
import { alembic, closeAll, folder, open, openSessions, uriOf } from '../shop.ts';
import {
  choosesFromMenu,
  click,
  press,
  row,
  screenshot,
  sees,
  seesNone,
  type,
  visibleText,
  waitFor,
} from '../window.ts';

/** Beside the newest revision of the shop. */
const secondHead = `revision = "5ec0d4ead000"
down_revision = "c46d02b9e7f3"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
`;

suite('Views', () => {
  suiteSetup(async () => {
    await commands.executeCommand('workbench.view.extension.databasePatterns');
    await sees('the connection of .env', row('Connection shop at'));
  });

  test('Connections: found in .env, tested because it is watched, without its password', async () => {
    await sees('the server’s version', row('reachable, PostgreSQL'));
    const text = await visibleText(row('Connection shop at'));
    const written = /:\/\/[^:]+:([^@]+)@/.exec(await readFile(join(folder(), '.env'), 'utf8'))?.[1];
    assert.ok(written);
    assert.match(text, /PostgreSQL \d+/);
    assert.ok(!text.includes(written));
  });

  test('Connections: Copy URL leaves the password out', async () => {
    await env.clipboard.writeText('');
    await choosesFromMenu(row('Connection shop at'), 'Copy URL');
    const copied = await waitFor('the clipboard', async () => (await env.clipboard.readText()) || undefined);
    assert.match(copied, /^postgresql(\+\w+)?:\/\/shop@/);
  });

  test('Connections: a click on an origin opens its line', async () => {
    await click(row('Connection shop at'));
    await click(row('Named in .env:'));
    await waitFor('the file', () => window.activeTextEditor?.document.fileName.endsWith('.env'));
  });

  test('Pools: the figures are those of the sessions that are open', async () => {
    await sees('the capacity', row('Server, sessions'));
    const text = await visibleText(row('Server, sessions'));
    assert.match(text, /sessions \d+ of \d+/);
    const sessions = await openSessions({ name: 'shop-api', idle: 2, inTransaction: 1 });
    try {
      await sees('one in use and two idle', row('Pool shop-api, in use 1 of 10, idle 2, waiting 0'));
      await screenshot('views-pools');
    } finally {
      sessions.stdin?.end();
    }
    await sees('that the sessions are gone', row('Pool shop-api, in use 0 of 10, idle 0, waiting 0'));
  });

  test('Migrations: newest first, one pending, as alembic says', async () => {
    await sees('the environment', row('Alembic environment'));
    await sees('its state', row('1 pending'));
    const current = (await alembic('current')).trim().split(/\s/)[0] ?? '';
    const head = (await alembic('heads')).trim().split(/\s/)[0] ?? '';
    await sees('the current revision', `${row(`Revision ${current}`)}[aria-label*="applied, current"]`);
    await sees('the head', `${row(`Revision ${head}`)}[aria-label*="pending, head"]`);
    await screenshot('views-one-pending');
  });

  test('Migrations: a second head shows while its file is there, open or not', async () => {
    const uri = uriOf('migrations/versions/second_head.py');
    await writeFile(uri.fsPath, secondHead);
    try {
      await sees('both heads', row('Problem: 2 heads'));
      await sees('the second', `${row('Revision 5ec0d4ead000')}[aria-label*="pending, head"]`);
      await screenshot('views-two-heads');
      await open('migrations/versions/second_head.py');
      await waitFor('the offer to merge', async () => {
        const [diagnostic] = languages.getDiagnostics(uri);
        if (diagnostic === undefined) return false;
        const actions = await commands.executeCommand<readonly CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          diagnostic.range,
        );
        return actions.some(({ title }) => title.startsWith('Merge Heads'));
      });
    } finally {
      await rm(uri.fsPath);
    }
    await seesNone('the second head', row('Revision 5ec0d4ead000'));
    await seesNone('the problem', row('Problem: 2 heads'));
    await closeAll();
    await sees('the state of before', row('1 pending'));
  });

  test('Migrations: an upgrade in a terminal shows within a second', async () => {
    await alembic('upgrade', 'head');
    // A second where nothing else runs; a loaded machine gets twice as long.
    await sees('the applied head', `${row('Revision')}[aria-label*="applied, current, head"]`, {
      timeoutMs: 2000,
    });
    await sees('the state', row('up to date'), { timeoutMs: 1000 });
    await screenshot('views-up-to-date');
  });

  test('Migrations: Downgrade to Here runs nothing without a confirmation', async () => {
    const before = await alembic('current');
    await choosesFromMenu(row('Revision 70a3c9e4d51b'), 'Downgrade to Here…');
    // VS Code opens no modal dialogue while it runs tests, and says so to whoever asks for one.
    await sees('the refused question', 'text=Downgrade to Here failed: DialogService: refused');
    assert.equal(await alembic('current'), before);
  });

  test('New Migration…: asks, runs Alembic, opens the file', async () => {
    void commands.executeCommand('databasePatterns.newMigration');
    await sees('the first question', '.quick-input-widget:visible >> text=New Migration: Message');
    await type('nothing to do');
    await press('Enter');
    await sees('the second question', '.quick-input-widget:visible >> text=New Migration: Content');
    await screenshot('new-migration');
    await type('Empty');
    await press('Enter');
    await waitFor('the file', () => window.activeTextEditor?.document.fileName.includes('nothing_to_do'));
    await sees('the new head', `${row('nothing to do')}[aria-label*="pending, head"]`);
  });
});
