/** A foreign key on a table with rows: both tables' writes wait while every row is checked. */

import type { RevisionContext, Rule } from '../rule.ts';
import { hasDefault } from '../shared/revisions/column-default.ts';
import { reportLock, shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import { notValidFix } from '../shared/revisions/not-valid-fix.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const foreignKeyWithoutNotValid: Rule = {
  id: 'foreign-key-without-not-valid',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A foreign key is added and checked in one go, while writes to both tables wait',
    why: 'ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on the table and on the one that it refers to, and then looks at every row. Both tables take no writes for that long.',
    instead:
      'Add it with `postgresql_not_valid=True`, which checks new rows alone and is done at once, then `ALTER TABLE … VALIDATE CONSTRAINT …` in a transaction of its own: that reads the table under SHARE UPDATE EXCLUSIVE, and writes go on.',
    references: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  },
  examples: [
    {
      bad: 'op.create_foreign_key("fk_events_post_id", "events", "posts", ["post_id"], ["id"])',
      good: 'op.create_foreign_key("fk_events_post_id", "events", "posts", ["post_id"], ["id"], postgresql_not_valid=True)\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE events VALIDATE CONSTRAINT fk_events_post_id")',
    },
  ],
  check: { actions: { 'add-foreign-key': checkForeignKey } },
};

function checkForeignKey(subject: ActionSubject<'add-foreign-key'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  if (action.notValid || fillsNothing(subject)) return;
  const target = { schema: action.key.targetSchema, name: action.key.targetTable };
  const fixes = notValidFix(step, action, context);
  const more = isNewTable(target, step, revision) ? undefined : `so do writes to ${shownTable(target)}`;
  const report = { fact: 'addForeignKey', table: action.table, what: 'ADD FOREIGN KEY', fixes } as const;
  reportLock(subject, more === undefined ? report : { ...report, more }, context);
}

/** A column that is added with it and is null in every row has nothing to be checked. */
function fillsNothing({ action, step }: ActionSubject<'add-foreign-key'>): boolean {
  return step.actions.some(
    other =>
      other.kind === 'add-column' &&
      !hasDefault(other.column) &&
      action.key.columns.includes(other.column.name),
  );
}
