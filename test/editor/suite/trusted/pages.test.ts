/** What opens beside the code: a statement's SQL and a rule's page. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { commands, Selection, ViewColumn, window } from 'vscode';
import { closeAll, open, rangeOf } from '../shop.ts';
import { count, press, screenshot, type, waitFor } from '../window.ts';

suite('Pages', () => {
  setup(closeAll);

  test('Show SQL opens the statement at the cursor as SQL, beside', async () => {
    const editor = await open('app/mistakes.py');
    const { start } = rangeOf(editor.document, 'Customer.emial');
    editor.selection = new Selection(start, start);
    await commands.executeCommand('databasePatterns.showSql');
    const shown = window.visibleTextEditors.find(({ document }) => document.languageId === 'sql');
    assert.equal(shown?.viewColumn, ViewColumn.Two);
    assert.equal(
      shown.document.getText(),
      [
        `-- app/mistakes.py:${start.line + 1}`,
        '',
        'SELECT',
        '  customers.emial',
        'FROM',
        '  customers',
        'WHERE',
        '  customers.deleted_at IS NULL;',
        '',
      ].join('\n'),
    );
    await screenshot('show-sql');
  });

  test('Show SQL says so where no statement stands', async () => {
    const editor = await open('app/mistakes.py');
    editor.selection = new Selection(0, 0, 0, 0);
    void commands.executeCommand('databasePatterns.showSql');
    await waitFor(
      'the notice',
      async () => (await count('text=No SQLAlchemy statement stands at the cursor.')) > 0,
    );
    await commands.executeCommand('notifications.clearAll');
  });

  test('Explain Rule… asks for the rule and shows its page', async () => {
    void commands.executeCommand('databasePatterns.explainRule');
    await waitFor(
      'the list',
      async () => (await count('.quick-input-widget:visible >> text=bitwise-precedence')) > 0,
    );
    await screenshot('explain-rule-list');
    await type('unknown-column');
    await press('Enter');
    await waitFor('the page', async () => (await count('h2:has-text("What to do")', 'webview')) > 0);
    assert.equal(await count('h1:has-text("unknown-column")', 'webview'), 1);
    await screenshot('explain-rule');
  });
});
