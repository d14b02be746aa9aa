/** ATTACH PARTITION of a table with rows: it is read whole, unless a constraint proves what it holds. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const attachPartitionWithoutCheck: Rule = {
  id: 'attach-partition-without-check',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A table is attached as a partition without a constraint that proves its rows fit',
    why: 'ATTACH PARTITION has to know that every row fits the bounds. Without a CHECK constraint that says so, it reads the whole table under ACCESS EXCLUSIVE on it.',
    instead:
      'In a revision before: add a CHECK constraint with the bounds as NOT VALID, then validate it: `CHECK (at IS NOT NULL AND at >= … AND at < …)`. ATTACH PARTITION then needs no scan, and the constraint can be dropped.',
    references: [
      'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
    ],
  },
  examples: [
    {
      bad: `op.execute("ALTER TABLE logs ATTACH PARTITION events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")`,
      good: `op.execute("ALTER TABLE events ADD CONSTRAINT fits CHECK (made_at IS NOT NULL AND made_at >= '2024-01-01' AND made_at < '2025-01-01') NOT VALID")\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE events VALIDATE CONSTRAINT fits")\nop.execute("ALTER TABLE logs ATTACH PARTITION events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")`,
    },
  ],
  check: { actions: { 'attach-partition': checkAttach } },
};

function checkAttach(subject: ActionSubject<'attach-partition'>, context: RevisionContext): void {
  const { action, step } = subject;
  // Whether a constraint implies the bounds is PostgreSQL's to prove: that there is one is enough here.
  const partition = findTable(step.before, action.partition);
  if (!partition || partition.checks.length > 0) return;
  reportLock(
    subject,
    { fact: 'attachPartition', table: action.partition, what: 'ATTACH PARTITION' },
    context,
  );
}
