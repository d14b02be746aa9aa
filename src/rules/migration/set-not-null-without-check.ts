/** SET NOT NULL: every row is looked at while nobody can use the table. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { validateLines } from '../shared/revisions/not-valid-fix.ts';
import { isProvenNotNull } from '../shared/revisions/proven-not-null.ts';
import { insertAfter, insertBefore, pythonString, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const setNotNullWithoutCheck: Rule = {
  id: 'set-not-null-without-check',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A column becomes NOT NULL without a validated CHECK constraint that proves it',
    why: 'SET NOT NULL takes ACCESS EXCLUSIVE and looks at every row: nobody reads or writes the table for that long. PostgreSQL 12 and later skip the scan, but only where a validated CHECK (column IS NOT NULL) is there.',
    instead:
      'Add `CHECK (column IS NOT NULL)` as NOT VALID, validate it in a transaction of its own, then SET NOT NULL, and drop the constraint.',
    references: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  },
  examples: [
    {
      bad: 'op.alter_column("events", "payload", nullable=False)',
      good: 'op.execute("ALTER TABLE events ADD CONSTRAINT filled CHECK (payload IS NOT NULL) NOT VALID")\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE events VALIDATE CONSTRAINT filled")\nop.alter_column("events", "payload", nullable=False)\nop.execute("ALTER TABLE events DROP CONSTRAINT filled")',
    },
  ],
  check: { actions: { 'set-not-null': checkNotNull } },
};

function checkNotNull(subject: ActionSubject<'set-not-null'>, context: RevisionContext): void {
  const { action, step } = subject;
  const table = findTable(step.before, action.table);
  const column = table?.columns.find(each => each.name === action.column);
  if (column?.nullable === false || (table && isProvenNotNull(table, subject))) return;
  const more = 'with a validated CHECK constraint PostgreSQL 12 and later skip the scan';
  const what = `SET NOT NULL on ${action.column}`;
  reportLock(
    subject,
    { fact: 'setNotNull', table: action.table, what, more, fixes: checkFixes(subject, context) },
    context,
  );
}

function checkFixes(
  { action, step }: ActionSubject<'set-not-null'>,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  if (!statement || step.statement?.alone === false) return [];
  const table = quoteQualified(action.table.schema, action.table.name);
  const name = `${action.table.name}_${action.column}_filled`.slice(0, 63);
  const constraint = quoteIdentifier(name);
  const alter = (rest: string) => `op.execute(${pythonString(`ALTER TABLE ${table} ${rest}`)})`;
  const add = alter(
    `ADD CONSTRAINT ${constraint} CHECK (${quoteIdentifier(action.column)} IS NOT NULL) NOT VALID`,
  );
  const before = insertBefore(statement, [add, ...validateLines(action.table, name)], file.text);
  const after = insertAfter(statement, [alter(`DROP CONSTRAINT ${constraint}`)], file.text);
  return [{ title: 'Prove it by a validated CHECK constraint first', edits: [before, after] }];
}
