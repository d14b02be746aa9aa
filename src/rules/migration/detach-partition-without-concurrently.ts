/** DETACH PARTITION: the whole partitioned table stands still until the transaction ends. */

import type { RevisionContext, Rule } from '../rule.ts';
import { concurrentlyFix } from '../shared/revisions/concurrently-fix.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const detachPartitionWithoutConcurrently: Rule = {
  id: 'detach-partition-without-concurrently',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A partition is detached under a lock on the whole table',
    why: 'DETACH PARTITION takes ACCESS EXCLUSIVE on the partition and on the partitioned table above it: every query of any partition waits until the transaction ends.',
    instead:
      '`ALTER TABLE … DETACH PARTITION … CONCURRENTLY` (PostgreSQL 14 and later), outside of the transaction.',
    references: [
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION',
    ],
  },
  examples: [
    {
      bad: 'op.execute("ALTER TABLE logs DETACH PARTITION logs_2024")',
      good: 'with op.get_context().autocommit_block():\n    op.execute("ALTER TABLE logs DETACH PARTITION logs_2024 CONCURRENTLY")',
    },
  ],
  check: { actions: { 'detach-partition': checkDetach } },
};

function checkDetach(subject: ActionSubject<'detach-partition'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.concurrently) return;
  const fixes = concurrentlyFix(step, context, { after: /[^;\s](?=[;\s]*$)/, words: ' CONCURRENTLY' });
  reportLock(
    subject,
    { fact: 'detachPartition', table: action.table, what: 'DETACH PARTITION', fixes },
    context,
  );
}
