/** Snippets: offered by their prefix, and filled in by the order of their places. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { type CompletionList, commands, type TextEditor, window, workspace } from 'vscode';
import { closeAll } from '../shop.ts';
import { screenshot, waitFor } from '../window.ts';

async function empty(language: string, content = ''): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument({ language, content }));
}

/** By the command that a key binding would call: the list of suggestions has its own time. */
async function insert(language: string, name: string): Promise<TextEditor> {
  const editor = await empty(language);
  await commands.executeCommand('editor.action.insertSnippet', { langId: language, name });
  return editor;
}

async function reaches(editor: TextEditor, text: string): Promise<void> {
  await waitFor(`the place ${text}`, () => editor.document.getText(editor.selection) === text);
}

const next = () => commands.executeCommand('jumpToNextSnippetPlaceholder');
const fill = (text: string) => commands.executeCommand('type', { text });

suite('Snippets', () => {
  setup(closeAll);

  test('a prefix offers its snippet', async () => {
    const { document } = await empty('python', 'sa-model');
    const at = document.positionAt(8);
    await waitFor('the snippet among the completions', async () => {
      const found = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return found.items.some(
        ({ label }) => (typeof label === 'string' ? label : label.label) === 'sa-model',
      );
    });
  });

  test('sa-model: the name of the class gives the table, then come the base and the column', async () => {
    const editor = await insert('python', 'Mapped class');
    await reaches(editor, 'Supplier');
    await fill('OrderItem');
    await next();
    await reaches(editor, 'Base');
    await next();
    await next();
    await reaches(editor, 'order_items');
    await next();
    await reaches(editor, 'email');
    await fill('sku');
    await next();
    await reaches(editor, '255');
    await screenshot('snippet-model');
    await next();
    assert.match(
      editor.document.getText(),
      /class OrderItem\(Base\):[\s\S]*"order_items"[\s\S]*sku: Mapped\[str\] = mapped_column\(String\(255\), unique=True\)/,
    );
  });

  test('sa-select: each mention of the model follows the first', async () => {
    const editor = await insert('python', 'Select rows');
    await reaches(editor, 'Customer');
    await fill('Order');
    await waitFor('the other mentions', () =>
      /select\(Order\)\.where\(Order\.is_active\)\.order_by\(Order\.id\)/.test(editor.document.getText()),
    );
  });
});
