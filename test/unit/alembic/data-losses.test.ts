// What an upgrade is said to delete before it runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOperations } from '../../../src/alembic/directives/read-operations.ts';
import { revisionSite } from '../../../src/alembic/revision/revision-site.ts';
import { dataLosses } from '../../../src/alembic/simulation/data-losses.ts';
import { loadTestPythonParser } from '../../python-parser.ts';

const parser = await loadTestPythonParser();

function losses(...lines: readonly string[]): readonly string[] {
  const text = `from alembic import op\n\n\ndef upgrade():\n${lines.map(line => `    ${line}\n`).join('')}`;
  const module = parser.parse(text);
  return dataLosses(readOperations(module, revisionSite('a.py', text, module)).upgrade);
}

test('tables, columns and rows, by directive and by SQL', () => {
  assert.deepEqual(losses('op.drop_table("carts")', 'op.drop_column("orders", "note", schema="ops")'), [
    'table carts',
    'ops.orders.note',
  ]);
  assert.deepEqual(
    losses('op.execute("""-- old\nDROP TABLE IF EXISTS carts; ALTER TABLE ONLY orders DROP COLUMN note""")'),
    ['table carts', 'orders.note'],
  );
  assert.deepEqual(losses('op.execute("TRUNCATE carts")', 'op.execute("delete from orders")'), [
    'all rows of carts',
    'all rows of orders',
  ]);
});

test('what deletes nothing, or some rows on purpose', () => {
  assert.deepEqual(
    losses(
      'op.execute("DELETE FROM orders WHERE id = 1")',
      'op.execute("ALTER TABLE orders DROP CONSTRAINT x")',
      'op.drop_index("ix")',
    ),
    [],
  );
});
