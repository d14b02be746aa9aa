/** A CHECK constraint on a table with rows: nobody can use it while every row is checked. */

import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { notValidFix } from '../shared/revisions/not-valid-fix.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const checkWithoutNotValid: Rule = {
  id: 'check-without-not-valid',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A CHECK constraint is added and checked in one go, while reads and writes wait',
    why: 'ADD CHECK takes ACCESS EXCLUSIVE and then looks at every row: nobody reads or writes the table for that long.',
    instead:
      'Add it with `postgresql_not_valid=True`, which checks new rows alone and is done at once, then `ALTER TABLE … VALIDATE CONSTRAINT …` in a transaction of its own: that reads the table under SHARE UPDATE EXCLUSIVE, and reads and writes go on.',
    references: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  },
  examples: [
    {
      bad: 'op.create_check_constraint("amount", "events", "amount > 0")',
      good: 'op.create_check_constraint("amount", "events", "amount > 0", postgresql_not_valid=True)\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE events VALIDATE CONSTRAINT ck_events_amount")',
    },
  ],
  check: { actions: { 'add-check': checkConstraint } },
};

function checkConstraint(subject: ActionSubject<'add-check'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.notValid) return;
  const fixes = notValidFix(step, action, context);
  reportLock(subject, { fact: 'addCheck', table: action.table, what: 'ADD CHECK', fixes }, context);
}
