/** Quick fixes as VS Code offers and applies them, and the text that they leave. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { type CodeAction, commands, Selection, type TextDocument, workspace } from 'vscode';
import { findingOf, waitForFinding } from '../findings.ts';
import { closeAll, open, rangeOf } from '../shop.ts';
import { count, press, screenshot, visibleText, waitFor } from '../window.ts';

async function fixesOf(document: TextDocument, rule: string): Promise<readonly CodeAction[]> {
  const { range } = await waitForFinding(document.uri, rule);
  return commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
}

async function apply(document: TextDocument, rule: string): Promise<void> {
  const action = (await fixesOf(document, rule)).find(({ edit }) => edit !== undefined);
  assert.ok(action?.edit, `${rule} has no quick fix`);
  assert.ok(await workspace.applyEdit(action.edit));
  await waitFor(`the end of ${rule}`, () => findingOf(document.uri, rule) === undefined);
}

suite('Quick fixes', () => {
  setup(closeAll);

  test('`is None` becomes is_(None)', async () => {
    const { document } = await open('app/mistakes.py');
    await apply(document, 'identity-test-on-column');
    rangeOf(document, 'select(Customer).where(Customer.deleted_at.is_(None))', 'customers_not_deleted');
  });

  test('a misspelt column becomes the one that PostgreSQL suggests', async () => {
    const { document } = await open('app/mistakes.py');
    await apply(document, 'unknown-column');
    rangeOf(document, 'select(Customer.email).where(', 'customer_emails');
  });

  test('only what is safe is preferred, and each finding can be explained', async () => {
    const { document } = await open('app/mistakes.py');
    const safe = await fixesOf(document, 'identity-test-on-column');
    const review = await fixesOf(document, 'unknown-column');
    assert.deepEqual(
      [...safe, ...review].map(({ isPreferred }) => isPreferred ?? false),
      [true, false, false, false],
    );
    assert.equal(safe.at(-1)?.command?.command, 'databasePatterns.explainRule');
  });

  test('from the keyboard: the menu of fixes, and the first one taken', async () => {
    const editor = await open('app/mistakes.py');
    const { range } = await waitForFinding(editor.document.uri, 'unknown-column');
    editor.selection = new Selection(range.start, range.start);
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await press('Control+.');
    const menu = '.action-widget:visible';
    await waitFor('the menu', async () => (await count(menu)) > 0);
    assert.match(await visibleText(menu), /email/);
    await screenshot('quick-fixes');
    await press('Enter');
    await waitFor('the fix', () => editor.document.getText().includes('select(Customer.email)'));
  });
});
