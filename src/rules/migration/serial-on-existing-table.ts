/** A serial or identity column on a table with rows: each row gets a number, the table is written anew. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const serialOnExistingTable: Rule = {
  id: 'serial-on-existing-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A serial or identity column is added to an existing table, which is written anew',
    why: 'Each row of the table gets a number of its own, so that ADD COLUMN writes the whole table anew under ACCESS EXCLUSIVE.',
    instead:
      'Add a plain bigint column without a default; make a sequence and let it be the default for new rows; fill the old rows in batches in the next revision; then NOT NULL, by a validated CHECK constraint, and a unique index built concurrently.',
    references: ['https://www.postgresql.org/docs/current/ddl-identity-columns.html'],
  },
  examples: [
    {
      bad: 'op.add_column("posts", sa.Column("number", sa.BigInteger(), sa.Identity()))',
      good: 'op.add_column("posts", sa.Column("number", sa.BigInteger()))',
    },
  ],
  check: { actions: { 'add-column': checkColumn } },
};

function checkColumn(subject: ActionSubject<'add-column'>, context: RevisionContext): void {
  const { column, table } = subject.action;
  const serial = /serial/i.test(column.type);
  if (!serial && column.identity === null) return;
  const fact = serial ? 'addSerialColumn' : 'addIdentityColumn';
  const what = `ADD COLUMN ${column.name}, ${serial ? 'a serial' : 'an identity'},`;
  reportLock(subject, { fact, table, what }, context);
}
