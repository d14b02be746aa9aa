/** How much of the SQL was checked: in the status bar, with the reasons for the rest behind a click. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { checkByCli } from '../findings.ts';
import { closeAll, open } from '../shop.ts';
import { click, count, press, screenshot, waitFor } from '../window.ts';

suite('Coverage', () => {
  setup(closeAll);

  test('the status bar shows the command line’s figures, a click the reasons', async () => {
    await open('app/mistakes.py');
    const { statements, sql } = (await checkByCli()).coverage;
    const [checked, total] = [statements.checked + sql.checked, statements.total + sql.total];
    assert.ok(checked > 0);
    const item = `.statusbar-item >> text=SQL ${checked}/${total} checked`;
    await waitFor('the figures', async () => (await count(item)) > 0);
    await click(item);
    const list = '.quick-input-widget:visible';
    await waitFor('the list', async () => (await count(`${list} >> text=could not be read as SQL`)) > 0);
    assert.ok((await count(`${list} .monaco-list-row`)) > 0);
    await screenshot('coverage');
    await press('Escape');
  });
});
