/** Hovers: a statement shows its SQL, a model its table. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import {
  commands,
  type Hover,
  type MarkdownString,
  type Position,
  type TextDocument,
  TextEditorRevealType,
} from 'vscode';
import { closeAll, open, rangeOf } from '../shop.ts';
import { count, hover, screenshot, visibleText, waitFor } from '../window.ts';

async function hoverText(document: TextDocument, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(part => (typeof part === 'string' ? part : (part as MarkdownString).value))
    .join('\n');
}

suite('Hover', () => {
  setup(closeAll);

  test('a statement shows the SQL that SQLAlchemy would send', async () => {
    const { document } = await open('app/mistakes.py');
    const text = await hoverText(document, rangeOf(document, 'select(Order)', 'paid_orders_of').start);
    assert.match(text, /^```sql\nSELECT\n {2}orders\.id,\n/);
    assert.match(text, /\nFROM\n {2}orders\nWHERE\n/);
  });

  test('a model’s name shows its table', async () => {
    const { document } = await open('app/mistakes.py');
    const text = await hoverText(document, rangeOf(document, 'Customer', 'select(').start);
    assert.match(text, /CREATE TABLE customers \(/);
    assert.match(text, /email .*NOT NULL/);
  });

  test('with the mouse', async () => {
    const editor = await open('app/mistakes.py');
    editor.revealRange(rangeOf(editor.document, 'customer_emails'), TextEditorRevealType.InCenter);
    const shown = '.monaco-hover:visible >> text=SELECT';
    await waitFor('the hover', async () => {
      await hover('.view-line:has-text("Customer.emial") >> text="select"');
      return (await count(shown)) > 0;
    });
    assert.match(await visibleText('.monaco-hover:visible'), /customers\.deleted_at IS NULL/);
    await screenshot('hover-sql');
  });
});
