/** ADD EXCLUDE builds an index while nobody can use the table, and there is no way around it. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const exclusionConstraintOnExistingTable: Rule = {
  id: 'exclusion-constraint-on-existing-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An exclusion constraint is added to an existing table while reads and writes wait',
    why: 'ADD EXCLUDE takes ACCESS EXCLUSIVE, builds an index over every row and compares the rows with each other. It knows neither CONCURRENTLY nor NOT VALID nor USING INDEX.',
    instead:
      'Add it to a table while it is new. On one with rows: make a new table with the constraint, copy the rows in batches, and switch the names; or add it while the service is stopped, with a lock_timeout.',
    references: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE'],
  },
  examples: [
    {
      bad: 'op.create_exclude_constraint("one_at_a_time", "events", ("post_id", "="), using="gist")',
      good: 'op.create_table("bookings", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("room", sa.Integer()))\nop.create_exclude_constraint("one_at_a_time", "bookings", ("room", "="), using="gist")',
    },
  ],
  check: { actions: { 'add-exclusion': checkExclusion } },
};

function checkExclusion(subject: ActionSubject<'add-exclusion'>, context: RevisionContext): void {
  const more = 'neither CONCURRENTLY nor NOT VALID is there for it';
  reportLock(
    subject,
    { fact: 'addExclusion', table: subject.action.table, what: 'ADD EXCLUDE', more },
    context,
  );
}
