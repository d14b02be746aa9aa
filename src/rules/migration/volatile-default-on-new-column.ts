/** A new column whose default differs from row to row: the whole table is written anew. */
import { sliceOf } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { insertAfter, pythonString, removeKeyword, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { volatileFunction } from '../shared/revisions/volatile-default.ts';

export const volatileDefaultOnNewColumn: Rule = {
  id: 'volatile-default-on-new-column',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A new column’s default is volatile, so that PostgreSQL writes the whole table anew',
    why: 'From PostgreSQL 11 on, a default that is one value for all rows (`0`, `now()`) is kept beside the table, and ADD COLUMN is done at once. A volatile one, such as `gen_random_uuid()` or `random()`, has to be worked out for each row: the table is written anew under ACCESS EXCLUSIVE.',
    instead:
      'Add the column without a default, then `op.alter_column(…, server_default=…)`, which is for new rows alone. Fill the old rows in batches in the next revision, and let the column be NOT NULL after that.',
    references: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN'],
  },
  examples: [
    {
      bad: 'op.add_column("posts", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))',
      good: 'op.add_column("posts", sa.Column("token", sa.Uuid()))\nop.alter_column("posts", "token", server_default=sa.text("gen_random_uuid()"))',
    },
  ],
  check: { actions: { 'add-column': checkColumn } },
};

function checkColumn(subject: ActionSubject<'add-column'>, context: RevisionContext): void {
  const { column, table } = subject.action;
  const name = volatileFunction(column.default);
  if (name === null) return;
  const what = `ADD COLUMN ${column.name} with the volatile default ${name}`;
  const fact = 'addColumnWithVolatileDefault';
  reportLock(subject, { fact, table, what, fixes: laterDefaultFix(subject, context) }, context);
}

function laterDefaultFix(
  { action, step }: ActionSubject<'add-column'>,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const column = step.operation.call.arguments.map(each => each.value).find(isCallWithDefault);
  const value = column?.arguments.find(each => each.keyword?.id === 'server_default')?.value;
  if (!statement || !column || !value || step.operation.kind !== 'add-column') return [];
  const { name, schema } = action.table;
  const arguments_ = [
    pythonString(name),
    pythonString(action.column.name),
    `server_default=${sliceOf(file.text, value)}`,
  ];
  if (schema !== null) arguments_.push(`schema=${pythonString(schema)}`);
  const edits = [
    ...removeKeyword(column, 'server_default'),
    ...removeKeyword(column, 'nullable'),
    insertAfter(statement, [`op.alter_column(${arguments_.join(', ')})`], file.text),
  ];
  return [{ title: 'Give new rows the default, and fill the old ones later', edits }];
}

function isCallWithDefault(value: Expression): value is Call {
  return value.kind === 'call' && value.arguments.some(each => each.keyword?.id === 'server_default');
}
