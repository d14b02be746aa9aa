/** A table and its rows are gone when the transaction commits. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const dropTable: Rule = {
  id: 'drop-table',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A table is dropped with all of its rows',
    why: 'DROP TABLE deletes every row, and a downgrade can only bring the empty table back. Code that is still running while the new version is rolled out fails with 42P01.',
    instead:
      'First let a version of the code go out that does not use the table, and make sure of a backup. Then drop it, in a revision of its own. Where it is meant, say so: `# dbpatterns: ignore[drop-table] reason`.',
    references: ['https://www.postgresql.org/docs/current/sql-droptable.html'],
  },
  examples: [
    {
      bad: 'op.drop_table("events")',
      good: 'op.create_table("scratch", sa.Column("id", sa.BigInteger(), primary_key=True))\nop.drop_table("scratch")',
    },
  ],
  check: { actions: { 'drop-table': checkDrop } },
};

function checkDrop({ action, step, revision }: ActionSubject<'drop-table'>, context: RevisionContext): void {
  // What no revision makes may well be a leftover that another tool made.
  if (!findTable(revision.before, action.table) || isNewTable(action.table, step, revision)) return;
  context.report({
    range: step.range,
    message: `All rows of ${shownTable(action.table)} are deleted, and a downgrade cannot bring them back`,
  });
}
