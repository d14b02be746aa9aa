/** An UPDATE of all rows in one statement: each stays locked until the last one is written. */

import type { RevisionContext, Rule } from '../rule.ts';
import { batchFix, isBackfill } from '../shared/revisions/backfill.ts';
import { lockFacts } from '../shared/revisions/lock-facts.ts';
import { isSmall, locksMatter, sizeNote } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const unbatchedBackfill: Rule = {
  id: 'unbatched-backfill',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'All rows of a table are updated in one statement',
    why: 'Each row that the UPDATE has written stays locked until the last one is, so that other writers of those rows wait; dead rows pile up that VACUUM cannot take away meanwhile, and replicas fall behind.',
    instead:
      'Update in batches that are committed one by one, inside of `with op.get_context().autocommit_block():`.',
    references: [
      'https://www.postgresql.org/docs/current/sql-update.html',
      'https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block',
    ],
  },
  examples: [
    {
      bad: 'op.execute("UPDATE posts SET title = upper(title)")',
      good: 'with op.get_context().autocommit_block():\n    connection = op.get_bind()\n    last = connection.scalar(sa.text("SELECT max(id) FROM posts")) or 0\n    for first in range(0, last + 1, 10000):\n        connection.execute(sa.text("UPDATE posts SET title = upper(title) WHERE id >= :first AND id < :first + 10000"), {"first": first})',
    },
  ],
  check: { actions: { update: checkUpdate } },
};

function checkUpdate(subject: ActionSubject<'update'>, context: RevisionContext): void {
  if (!locksMatter(subject.revision) || !isBackfill(subject)) return;
  const { table } = subject.action;
  context.report({
    range: subject.step.range,
    message: `${subject.action.filtered ? 'Rows' : 'All rows'} are updated in one transaction: each stays locked under ${lockFacts.update.mode} until the last one is written (${sizeNote(table, subject.revision)})`,
    ...(isSmall(table, subject.revision) ? { severity: 'hint' as const } : {}),
    fixes: batchFix(subject, context),
  });
}
