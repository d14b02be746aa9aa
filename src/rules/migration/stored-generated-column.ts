/** A stored generated column on a table with rows: the whole table is written anew. */
import { lastName } from '../../python/last-name.ts';
import type { Call } from '../../python/syntax.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { setKeyword } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const storedGeneratedColumn: Rule = {
  id: 'stored-generated-column',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A stored generated column is added to an existing table, which is written anew',
    why: 'A stored generated column has a value in every row, so that ADD COLUMN writes the whole table anew under ACCESS EXCLUSIVE.',
    instead:
      'From PostgreSQL 18 on a virtual one (`sa.Computed(…, persisted=False)`) is worked out when it is read, and added at once. Before: a plain column that a trigger fills for new rows and batches for the old ones, or an index on the expression.',
    references: ['https://www.postgresql.org/docs/current/ddl-generated-columns.html'],
  },
  examples: [
    {
      bad: 'op.add_column("posts", sa.Column("short", sa.Text(), sa.Computed("left(title, 20)", persisted=True)))',
      good: 'op.add_column("posts", sa.Column("short", sa.Text(), sa.Computed("left(title, 20)", persisted=False)))',
    },
  ],
  check: { actions: { 'add-column': checkColumn } },
};

function checkColumn(subject: ActionSubject<'add-column'>, context: RevisionContext): void {
  const { action, step } = subject;
  if (action.column.computed?.stored !== true) return;
  const computed = step.operation.call.arguments
    .flatMap(({ value }) => (value.kind === 'call' ? value.arguments : []))
    .map(({ value }) => value)
    .find((value): value is Call => value.kind === 'call' && lastName(value.function) === 'Computed');
  const fixes = computed
    ? [
        {
          title: 'Make it virtual (PostgreSQL 18 and later)',
          edits: [setKeyword(computed, 'persisted', 'False')],
        },
      ]
    : [];
  const what = `ADD COLUMN ${action.column.name}, generated and stored,`;
  reportLock(subject, { fact: 'addStoredColumn', table: action.table, what, fixes }, context);
}
