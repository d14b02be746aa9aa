/** What the views say when a database cannot be reached, and that they recover by themselves. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { setup, suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import { commands } from 'vscode';
import { closeAll, uriOf } from '../shop.ts';
import { count, row, screenshot, waitFor } from '../window.ts';

suite('Trouble', () => {
  const path = uriOf('.env').fsPath;
  let good: string;

  const sees = (what: string, selector: string) => waitFor(what, async () => (await count(selector)) > 0);

  suiteSetup(async () => {
    good = await readFile(path, 'utf8');
    await commands.executeCommand('workbench.view.extension.databasePatterns');
  });
  setup(closeAll);
  teardown(async () => {
    await writeFile(path, good);
    await sees('that all is well again', row('reachable, PostgreSQL'));
    await sees('the figures', row('Server, sessions'));
    await sees('the marks', `${row('Revision')}[aria-label*="applied"]`);
  });
  suiteTeardown(() => writeFile(path, good));

  test('a wrong password, and then the right one', async () => {
    // By another name the server is another connection, with no session that was opened with the right password.
    const elsewhere = good.replace('@127.0.0.1:', '@localhost:');
    await writeFile(path, elsewhere.replace(/:[^:@]+@/, ':wrong@'));
    await sees('the reason', row('password'));
    await sees('it in the pools', row('No figures: '));
    await sees('it in the migrations', row('Problem: '));
    await screenshot('trouble-wrong-password');
    assert.equal(await count('text=wrong@'), 0);
    await writeFile(path, elsewhere);
    await sees('the connection', row('localhost:'));
    await sees('that it is reached', row('reachable, PostgreSQL'));
  });

  test('nobody listens', async () => {
    await writeFile(path, good.replace(/@127\.0\.0\.1:\d+/, '@127.0.0.1:1'));
    await sees('the reason', row('unreachable since'));
    await sees('it in the pools', row('No figures: '));
    await sees('it in the migrations', row('Problem: '));
    await screenshot('trouble-nobody-listens');
  });
});
