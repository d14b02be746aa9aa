/** SQLite changes no column and no constraint: only a batch, which copies the table, can. */
import type { Operation } from '../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { sliceOf } from '../../base/range.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { indentAt, statementOf } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const sqliteAlterWithoutBatch: Rule = {
  id: 'sqlite-alter-without-batch',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A column or constraint is changed on SQLite without a batch',
    why: 'SQLite has no ALTER COLUMN and no ADD CONSTRAINT: Alembic raises NotImplementedError, or SQLite refuses the statement. The database that is configured here is SQLite.',
    instead:
      '`with op.batch_alter_table("users") as batch_op:` copies the table into one that has the change.',
    references: ['https://alembic.sqlalchemy.org/en/latest/batch.html'],
  },
  examples: [
    {
      bad: 'op.alter_column("users", "email", nullable=True)',
      good: 'with op.batch_alter_table("users") as batch_op:\n    batch_op.alter_column("email", nullable=True)',
      files: {
        'alembic.ini': '[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n',
      },
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  if (subject.dialect !== 'sqlite') return;
  for (const step of subject.upgrade) {
    const what = unsupported(step.operation);
    if (what === null || step.operation.batch || step.operation.dialectTested) continue;
    context.report({
      range: step.range,
      message: `SQLite has no way to ${what}: outside of batch_alter_table() the upgrade stops here`,
      fixes: batchFix(step, context),
    });
  }
}

function unsupported(operation: Operation): string | null {
  switch (operation.kind) {
    case 'alter-column': {
      const { name, ...rest } = operation.changes;
      return Object.keys(rest).length > 0 || name === undefined ? `change ${operation.column}` : null;
    }
    case 'create-constraint':
      return 'add a constraint';
    case 'drop-constraint':
      return 'drop a constraint';
    default:
      return null;
  }
}

/** Where the table stands among the arguments. */
function batchFix(step: MigrationStep, { file }: RevisionContext): readonly ReportedFix[] {
  const { operation } = step;
  const statement = statementOf(step, file.module);
  const position = operation.kind === 'alter-column' ? 0 : 1;
  const table = operation.call.arguments[position];
  const next = operation.call.arguments[position + 1];
  const called = operation.call.function;
  if (!statement || !table || table.keyword !== null || called.kind !== 'attribute') return [];
  const indent = `${indentAt(file.text, statement.start)}    `;
  const open = `with op.batch_alter_table(${sliceOf(file.text, table.value)}) as batch_op:\n${indent}`;
  const before = operation.call.arguments[position - 1];
  const gone = next
    ? { start: table.start, end: next.start }
    : { start: before?.end ?? table.start, end: table.end };
  const edits = [
    { range: { start: statement.start, end: called.value.end }, newText: `${open}batch_op` },
    { range: gone, newText: '' },
  ];
  return [{ title: 'Do it in a batch', edits }];
}
