/** SQL in Python strings has the colours of SQL, in a dark and a light theme. */
import assert from 'node:assert/strict';
import { setup, suite, suiteTeardown, test } from 'mocha';
import { ConfigurationTarget, commands, languages, workspace } from 'vscode';
import { closeAll, open } from '../shop.ts';
import { count, screenshot, waitFor } from '../window.ts';

const sample = `"""SELECT is a word of this docstring."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import text


async def totals(session, connection, cursor, table, customer_id):
    statement = text(
        "SELECT o.id, sum(i.quantity * i.unit_price_cents)::numeric AS total "
        "FROM orders AS o JOIN order_items AS i ON i.order_id = o.id "
        "WHERE o.customer_id = :customer_id AND o.note IS NOT NULL GROUP BY o.id -- each"
    )
    op.execute("""
        CREATE INDEX CONCURRENTLY ix_orders_note ON orders (lower(note))
        WHERE status = 'paid' AND placed_at > now() - interval '30 days'
    """)
    rows = await connection.fetch(f"SELECT count(*) FROM {table.name} WHERE id = $1", customer_id)
    cursor.execute("UPDATE orders SET note = %s WHERE id = %(id)s", ("from here", 1))
    # language=sql
    query = "INSERT INTO notes (body) VALUES (:body) RETURNING id"
    print("SELECT nothing FROM here", statement, rows, query)
`;

async function theme(name: string | undefined): Promise<void> {
  await workspace.getConfiguration().update('workbench.colorTheme', name, ConfigurationTarget.Global);
}

suite('Colours', () => {
  setup(closeAll);
  suiteTeardown(async () => {
    await closeAll();
    await theme(undefined);
  });

  test('SQL in strings, parameters and interpolations', async () => {
    const document = await workspace.openTextDocument({ language: 'python', content: sample });
    await commands.executeCommand('vscode.open', document.uri);
    // A word that is coloured by itself is an element by itself.
    const word = (text: string, line: string) => `.view-line:has-text("${line}") span:text-is("${text}")`;
    await waitFor('SQL’s colours', async () => (await count(word('SELECT', 'sum(i.quantity'))) > 0);
    for (const [text, line] of [
      [':customer_id', 'o.customer_id'],
      ['CREATE', 'ix_orders_note'],
      ['$1', 'connection.fetch'],
      ['%(id)s', 'cursor.execute'],
      ['RETURNING', 'INSERT INTO notes'],
    ] as const)
      assert.ok((await count(word(text, line))) > 0, text);
    assert.equal(await count(word('SELECT', 'a word of this docstring')), 0);
    assert.equal(await count(word('SELECT', 'print(')), 0);
    for (const name of ['Default Dark Modern', 'Default Light Modern']) {
      await theme(name);
      await waitFor(
        name,
        async () => (await count(`.monaco-workbench.${name.includes('Dark') ? 'vs-dark' : 'vs'}`)) > 0,
      );
      await screenshot(`colours-${name.includes('Dark') ? 'dark' : 'light'}`);
    }
  });

  test('alembic.ini is a language of its own', async () => {
    const { document } = await open('alembic.ini');
    assert.equal(document.languageId, 'alembic-ini');
    assert.ok((await languages.getLanguages()).includes('alembic-ini'));
    await waitFor('its colours', async () => (await count('.view-line span:text-is("script_location")')) > 0);
    await screenshot('colours-alembic-ini');
  });
});
