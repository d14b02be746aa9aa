/** Names that Python does not know, in VS Code: where they lead, and what is offered while they are typed. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  commands,
  type Location,
  type LocationLink,
  type Position,
  Selection,
  type TextDocument,
  type TextEditor,
  type WorkspaceEdit,
  workspace,
} from 'vscode';
import { closeAll, open, rangeOf } from '../shop.ts';
import { count, press, screenshot, type, visibleText, waitFor } from '../window.ts';

async function definitionsAt(document: TextDocument, position: Position): Promise<readonly LocationLink[]> {
  return commands.executeCommand<LocationLink[]>('vscode.executeDefinitionProvider', document.uri, position);
}

/** Puts one text in place of another; gives the place of `¦`. `closeAll` takes it back. */
async function typed(
  editor: TextEditor,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<Position> {
  const { document } = editor;
  const range = rangeOf(document, before);
  assert.ok(await editor.edit(edit => edit.replace(range, after.replace('¦', ''))));
  return document.positionAt(document.offsetAt(range.start) + after.indexOf('¦'));
}

/** Without the words of open files, which VS Code offers by itself. */
async function offeredAt({ uri }: TextDocument, place: Position): Promise<readonly string[]> {
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    place,
  );
  return labelsOf(items.filter(({ kind }) => kind !== CompletionItemKind.Text));
}

function labelsOf(items: readonly CompletionItem[]): readonly string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

suite('Names in SQL and strings', () => {
  setup(closeAll);

  test('a table in SQL text leads to its model', async () => {
    const { document } = await open('app/mistakes.py');
    const place = rangeOf(document, 'products', 'SELECT id').start;
    await waitFor('the definition', async () => (await definitionsAt(document, place)).length > 0);
    const [link] = await definitionsAt(document, place);
    assert.match(link?.targetUri.path ?? '', /app\/models\/product\.py$/);
  });

  test('the uses of a table are found from SQL: its class, foreign keys, revisions', async () => {
    const { document } = await open('app/mistakes.py');
    const place = rangeOf(document, 'products', 'SELECT id').start;
    const found = () =>
      commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, place);
    await waitFor('the definition', async () => (await definitionsAt(document, place)).length > 0);
    const paths = new Set((await found()).map(({ uri: { path } }) => path));
    for (const path of [/app\/models\/product\.py$/, /app\/mistakes\.py$/, /versions\/.*\.py$/])
      assert.ok(
        [...paths].some(each => path.test(each)),
        `${path} of ${[...paths].join(' ')}`,
      );
  });

  test('an alias is renamed where the statement says it', async () => {
    const editor = await open('app/mistakes.py');
    const { document } = editor;
    const before = 'SELECT id FROM products';
    const place = await typed(editor, { before, after: 'SELECT ¦p.id FROM products p' });
    const renamed = () =>
      commands.executeCommand<WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        place,
        'x',
      );
    await waitFor('the alias', async () => (await definitionsAt(document, place)).length > 0);
    assert.ok(await workspace.applyEdit(await renamed()));
    assert.ok(document.getText().includes('SELECT x.id FROM products x'));
  });

  test('SQL in a string is laid out anew', async () => {
    const editor = await open('app/mistakes.py');
    const { document } = editor;
    const place = rangeOf(document, 'products', 'SELECT id').start;
    await waitFor('the definition', async () => (await definitionsAt(document, place)).length > 0);
    editor.selection = new Selection(place, place);
    await commands.executeCommand('databasePatterns.formatSql');
    assert.match(document.getText(), /"""\n +SELECT\n +id\n +FROM\n +products\n/);
  });

  const halfTyped = { before: 'SELECT id FROM products', after: 'SELECT p.¦ FROM products p' };

  test('columns of the table in scope are offered in half-typed SQL', async () => {
    const editor = await open('app/mistakes.py');
    const labels = await offeredAt(editor.document, await typed(editor, halfTyped));
    for (const column of ['id', 'sku', 'stock'])
      assert.ok(labels.includes(column), `${column} of ${labels.join(' ')}`);
  });

  test('keywords of filter_by() are offered', async () => {
    const editor = await open('app/mistakes.py');
    const place = await typed(editor, { before: 'filter_by(nmae=name)', after: 'filter_by(¦)' });
    const labels = await offeredAt(editor.document, place);
    assert.ok(labels.includes('email='), labels.join(' '));
  });

  test('nothing is offered where the setting says so', async () => {
    const configuration = workspace.getConfiguration('databasePatterns');
    const editor = await open('app/mistakes.py');
    const place = await typed(editor, halfTyped);
    const isOffered = async () => (await offeredAt(editor.document, place)).includes('stock');
    await waitFor('the columns', isOffered);
    await configuration.update('completion', false);
    try {
      await waitFor('the end of them', async () => !(await isOffered()));
    } finally {
      await configuration.update('completion', undefined);
    }
  });

  test('with the keyboard: the list opens behind a dot, and its first column is put in', async () => {
    const editor = await open('app/mistakes.py');
    const place = await typed(editor, {
      before: 'SELECT id FROM products',
      after: 'SELECT p¦ FROM products p',
    });
    editor.selection = new Selection(place, place);
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await type('.');
    const list = '.suggest-widget:visible .monaco-list-row';
    await waitFor('the list', async () => (await count(list)) > 1);
    await screenshot('completion-sql');
    await type('sk');
    await waitFor('the column', async () => /sku/.test(await visibleText(list)));
    await press('Tab');
    await waitFor('the text', () => editor.document.getText().includes('SELECT p.sku FROM products p'));
  });
});
