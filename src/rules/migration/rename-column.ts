/** Renaming a column while code is running that knows the old name. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { pythonString, replaceStatement, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const renameColumn: Rule = {
  id: 'rename-column',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'A column is renamed while the code before still uses the old name',
    why: 'RENAME is done at once, and from then on every query of the version before fails with 42703, until its last instance is replaced. A rollback of the code does not help either.',
    instead:
      'Keep the column’s name and rename the attribute alone: `new_name: Mapped[str] = mapped_column("old_name")`. Or in several revisions: add the new column, write to both, fill it, read the new one, drop the old one.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#naming-declarative-mapped-columns-explicitly',
    ],
  },
  examples: [
    {
      bad: 'op.alter_column("events", "kind", new_column_name="category")',
      good: 'op.add_column("events", sa.Column("category", sa.String(20)))',
    },
  ],
  check: { actions: { 'rename-column': checkRename } },
};

function checkRename(subject: ActionSubject<'rename-column'>, context: RevisionContext): void {
  const { action, step, revision } = subject;
  const column = findTable(revision.before, action.table)?.columns.some(each => each.name === action.column);
  // One that was added a moment ago takes its place: nobody knows it yet.
  if (column === false) return;
  const statement = statementOf(step, context.file.module);
  const added = newColumn(subject);
  const edits =
    statement && added && step.actions.length === 1
      ? [replaceStatement(statement, [added], context.file.text)]
      : [];
  const fixes =
    edits.length > 0 ? [{ title: 'Begin with a new column beside it', kind: 'review' as const, edits }] : [];
  const more = `code that still says ${action.column} then fails with 42703`;
  reportLock(
    subject,
    { fact: 'renameColumn', table: action.table, what: `RENAME of ${action.column}`, more, fixes },
    context,
  );
}

function newColumn({ action, step }: ActionSubject<'rename-column'>): string | null {
  const column = findTable(step.before, action.table)?.columns.find(each => each.name === action.column);
  if (!column) return null;
  const sql = `ALTER TABLE ${quoteQualified(action.table.schema, action.table.name)} ADD COLUMN ${quoteIdentifier(action.newName)} ${column.type}`;
  return `op.execute(${pythonString(sql)})`;
}
