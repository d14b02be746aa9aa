/** A column and its values are gone when the transaction commits. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const dropColumn: Rule = {
  id: 'drop-column',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A column is dropped with all of its values',
    why: 'DROP COLUMN deletes the value in every row, and a downgrade can only bring an empty column back. SQLAlchemy names all mapped columns in each SELECT, so that code of the version before fails with 42703 until the last instance of it is replaced.',
    instead:
      'First let a version of the code go out whose model does not have the column (`deferred()` is not enough for inserts). Then drop it, in a later revision. Where it is meant, say so: `# dbpatterns: ignore[drop-column] reason`.',
    references: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN'],
  },
  examples: [
    {
      bad: 'op.drop_column("events", "payload")',
      good: 'op.add_column("events", sa.Column("scratch", sa.Text()))\nop.drop_column("events", "scratch")',
    },
  ],
  check: { actions: { 'drop-column': checkDrop } },
};

function checkDrop({ action, step, revision }: ActionSubject<'drop-column'>, context: RevisionContext): void {
  const table = findTable(revision.before, action.table);
  const known = table?.columns.some(column => column.name === action.column);
  if (!known || isNewTable(action.table, step, revision)) return;
  context.report({
    range: step.range,
    message: `The values of ${shownTable(action.table)}.${action.column} are deleted, and a downgrade cannot bring them back`,
  });
}
