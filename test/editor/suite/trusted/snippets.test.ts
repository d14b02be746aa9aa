/** Snippets as they are typed: found by their prefix, filled in by the order of their places. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { commands, type TextEditor, window, workspace } from 'vscode';
import { closeAll } from '../shop.ts';
import { press, screenshot, sees, type, waitFor } from '../window.ts';

async function empty(language: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument({ language, content: '' }));
}

/** Types a prefix and takes what is suggested for it. */
async function expand(prefix: string): Promise<void> {
  await type(prefix);
  await commands.executeCommand('editor.action.triggerSuggest');
  await sees('the suggestion', `.suggest-widget.visible .monaco-list-row.focused[aria-label^="${prefix}"]`);
  await press('Enter');
}

function selected({ document, selection }: TextEditor): string {
  return document.getText(selection);
}

async function reaches(editor: TextEditor, text: string): Promise<void> {
  await waitFor(`the place ${text}`, () => selected(editor) === text);
}

suite('Snippets', () => {
  setup(closeAll);

  test('sa-model: the name of the class gives the table, then come the base and the column', async () => {
    const editor = await empty('python');
    await type('sa-mo');
    await commands.executeCommand('editor.action.triggerSuggest');
    await sees('the suggestions', '.suggest-widget.visible .monaco-list-row[aria-label^="sa-model"]');
    await screenshot('snippet-suggestions');
    await press('Enter');
    await reaches(editor, 'Supplier');
    await type('OrderItem');
    await press('Tab');
    await reaches(editor, 'Base');
    await press('Tab');
    await press('Tab');
    await reaches(editor, 'order_items');
    await press('Tab');
    await reaches(editor, 'email');
    await type('sku');
    await press('Tab');
    await reaches(editor, '255');
    await screenshot('snippet-model');
    await press('Tab');
    await press('Tab');
    assert.match(
      editor.document.getText(),
      /class OrderItem\(Base\):[\s\S]*"order_items"[\s\S]*sku: Mapped\[str\] = mapped_column\(String\(255\), unique=True\)/,
    );
  });

  test('sa-select: each mention of the model follows the first', async () => {
    const editor = await empty('python');
    await expand('sa-select');
    await reaches(editor, 'Customer');
    await type('Order');
    await waitFor('the other mentions', () =>
      /select\(Order\)\.where\(Order\.is_active\)\.order_by\(Order\.id\)/.test(editor.document.getText()),
    );
    await screenshot('snippet-select');
  });

  test('sql-upsert in a file of SQL', async () => {
    const editor = await empty('sql');
    await expand('sql-upsert');
    await waitFor('the statement', () => /INSERT INTO[\s\S]*ON CONFLICT/.test(editor.document.getText()));
  });
});
