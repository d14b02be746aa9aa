/** A downgrade that does nothing: Alembic records the step back, and the schema stays. */
import { findFunction } from '../../alembic/revision/read-revision.ts';
import { renderSchema } from '../../schema/ddl.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { nameOf } from '../shared/models/mapped-annotation.ts';
import { inverseLines } from '../shared/revisions/inverse-operations.ts';
import { insertAfter, replaceStatement } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const emptyDowngrade: Rule = {
  id: 'empty-downgrade',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'The downgrade is empty although the upgrade changes the schema',
    why: '`alembic downgrade` runs it without an error and writes the revision before into the version table, while tables and columns stay as they are. The next upgrade fails on what is there already.',
    instead:
      'Write the way back. Where there is none, say so: `raise NotImplementedError("…")` stops the downgrade before it does harm.',
    references: ['https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading'],
  },
  examples: [
    {
      bad: 'def upgrade() -> None:\n    op.add_column("events", sa.Column("note", sa.Text()))\n\n\ndef downgrade() -> None:\n    pass',
      good: 'def upgrade() -> None:\n    op.add_column("events", sa.Column("note", sa.Text()))\n\n\ndef downgrade() -> None:\n    op.drop_column("events", "note")',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  const { downgrade } = subject.revision;
  if (
    !downgrade ||
    !(downgrade.empty || onlyTells(context)) ||
    textOf(subject.before) === textOf(subject.after)
  )
    return;
  context.report({
    range: downgrade.nameRange,
    message: `The downgrade does nothing: Alembic records the step back, and what the upgrade did stays in the database`,
    fixes: inverseFix(subject, context),
  });
}

/** `print("cannot be undone")`, also by a logger. */
function onlyTells({ file }: RevisionContext): boolean {
  const body = findFunction(file.module, 'downgrade')?.body ?? [];
  return body.every(statement => {
    if (statement.kind !== 'expression') return statement.kind === 'pass';
    const { expression } = statement;
    if (expression.kind !== 'call') return expression.kind === 'string';
    const { function: called } = expression;
    if (called.kind === 'name') return called.id === 'print';
    return called.kind === 'attribute' && /^(log|logger|logging|LOG|LOGGER)$/.test(nameOf(called.value));
  });
}

/** An extension that stays does no harm, and may be another's as well. */
function textOf(schema: DatabaseSchema): string {
  return renderSchema({ ...schema, extensions: [] }).join();
}

function inverseFix({ upgrade }: RevisionSubject, { file }: RevisionContext): readonly ReportedFix[] {
  const lines = inverseLines(upgrade);
  const last = findFunction(file.module, 'downgrade')?.body.at(-1);
  if (lines === null || !last) return [];
  const edits =
    last.kind === 'pass' ? [replaceStatement(last, lines, file.text)] : [insertAfter(last, lines, file.text)];
  return [{ title: 'Write the way back', edits }];
}
