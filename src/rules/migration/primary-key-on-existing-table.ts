/** ADD PRIMARY KEY builds an index and looks for nulls while nobody can use the table. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { usingIndexFix } from '../shared/revisions/using-index-fix.ts';

export const primaryKeyOnExistingTable: Rule = {
  id: 'primary-key-on-existing-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A primary key is added to an existing table while reads and writes wait',
    why: 'ADD PRIMARY KEY takes ACCESS EXCLUSIVE, makes the columns NOT NULL, which reads every row, and builds an index over them: nobody reads or writes the table for that long.',
    instead:
      'Let the columns be NOT NULL first, build a unique index with CONCURRENTLY, outside of the transaction, then `ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY USING INDEX …`, which is done at once.',
    references: [
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
    ],
  },
  examples: [
    {
      bad: 'op.create_primary_key("pk_events", "events", ["id"])',
      good: 'with op.get_context().autocommit_block():\n    op.create_index("pk_events", "events", ["id"], unique=True, postgresql_concurrently=True, if_not_exists=True)\nop.execute("ALTER TABLE events ADD CONSTRAINT pk_events PRIMARY KEY USING INDEX pk_events")',
    },
  ],
  check: { actions: { 'add-primary-key': checkKey } },
};

function checkKey(subject: ActionSubject<'add-primary-key'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.usingIndex) return;
  const key = {
    kind: 'PRIMARY KEY',
    table: action.table,
    name: action.name,
    columns: action.key.columns,
  } as const;
  const fixes = usingIndexFix(step, key, context);
  reportLock(
    subject,
    { fact: 'addPrimaryKey', table: action.table, what: 'ADD PRIMARY KEY', fixes },
    context,
  );
}
