/** An UPDATE of all rows in the transaction of an ALTER TABLE: its lock is held until the last row is written. */

import type { TableName } from '../../alembic/directives/operation.ts';
import { type ActionKind, tableOfAction } from '../../alembic/simulation/action.ts';
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { batchFix, isBackfill } from '../shared/revisions/backfill.ts';
import { lockFacts } from '../shared/revisions/lock-facts.ts';
import { locksMatter, shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject, RevisionSubject } from '../shared/revisions/revision-subject.ts';
import { earlierInTransaction } from '../shared/revisions/transaction.ts';

export const backfillUnderLock: Rule = {
  id: 'backfill-under-lock',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'Rows are filled in the transaction that holds a table’s strongest lock',
    why: 'ALTER TABLE is done at once, but its ACCESS EXCLUSIVE lock is kept until the transaction ends. An UPDATE of all rows in the same revision keeps everybody waiting until its last row is written.',
    instead:
      'Fill the rows after the lock is given up: in batches inside of `with op.get_context().autocommit_block():`, or in a revision of their own.',
    references: [
      'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
    ],
  },
  examples: [
    {
      bad: 'op.add_column("posts", sa.Column("slug", sa.Text()))\nop.execute("UPDATE posts SET slug = title")',
      good: 'op.add_column("posts", sa.Column("slug", sa.Text()))\nwith op.get_context().autocommit_block():\n    connection = op.get_bind()\n    last = connection.scalar(sa.text("SELECT max(id) FROM posts")) or 0\n    for first in range(0, last + 1, 10000):\n        connection.execute(sa.text("UPDATE posts SET slug = title WHERE id >= :first AND id < :first + 10000"), {"first": first})',
    },
  ],
  check: { actions: { update: checkUpdate } },
};

function checkUpdate(subject: ActionSubject<'update'>, context: RevisionContext): void {
  const { step, revision } = subject;
  if (!locksMatter(revision) || !isBackfill(subject)) return;
  const locked = lockedTable(earlierInTransaction(step, revision), revision);
  if (locked === null) return;
  context.report({
    range: step.range,
    message: `${subject.action.filtered ? 'Rows' : 'All rows'} are written while the transaction holds ${lockFacts.addColumn.mode} on ${shownTable(locked)} from ALTER TABLE: reads and writes of it wait until the last row is written`,
    fixes: batchFix(subject, context),
  });
}

const strong: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'add-column',
  'drop-column',
  'rename-column',
  'rename-table',
  'set-type',
  'set-not-null',
  'drop-not-null',
  'set-default',
  'add-check',
  'add-unique',
  'add-primary-key',
  'drop-constraint',
]);

function lockedTable(earlier: readonly MigrationStep[], revision: RevisionSubject): TableName | null {
  for (const step of earlier) {
    for (const action of step.actions) {
      const table = strong.has(action.kind) ? tableOfAction(action) : null;
      if (table && findTable(step.before, table) && !isNewTable(table, step, revision)) return table;
    }
  }
  return null;
}
