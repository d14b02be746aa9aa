/** A table with an enum is dropped in the downgrade, and its type stays: the next upgrade fails on it. */

import { findFunction } from '../../alembic/revision/read-revision.ts';
import type { EnumType } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { locksMatter } from '../shared/revisions/lock-report.ts';
import { insertAfter, pythonString } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const enumNotDropped: Rule = {
  id: 'enum-not-dropped',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'The downgrade leaves an enum type behind',
    why: '`op.create_table()` creates the enum types of its columns; `op.drop_table()` and `op.drop_column()` do not drop them. After a downgrade the next upgrade stops: the type already exists (42710).',
    instead:
      'Drop the type at the end of the downgrade: `sa.Enum(name="state").drop(op.get_bind(), checkfirst=True)`.',
    references: [
      'https://github.com/sqlalchemy/alembic/issues/886',
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-enum-types',
    ],
  },
  examples: [
    {
      bad: 'def upgrade() -> None:\n    op.create_table("tasks", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("mood", sa.Enum("good", "bad", name="mood")))\n\n\ndef downgrade() -> None:\n    op.drop_table("tasks")',
      good: 'def upgrade() -> None:\n    op.create_table("tasks", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("mood", sa.Enum("good", "bad", name="mood")))\n\n\ndef downgrade() -> None:\n    op.drop_table("tasks")\n    sa.Enum(name="mood").drop(op.get_bind(), checkfirst=True)',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  const { downgrade } = subject.revision;
  if (!downgrade || downgrade.empty || subject.downgrade.length === 0 || !locksMatter(subject)) return;
  if (subject.downgrade.some(step => step.operation.kind === 'unknown')) return;
  // A type that the upgrade does not make is not this revision's to drop; a name that the text drops in its own way counts.
  const isIn = (types: readonly EnumType[], type: EnumType) => types.some(each => isSameName(each, type));
  const left = subject.restored.enums.filter(
    type =>
      isIn(subject.after.enums, type) &&
      !isIn(subject.before.enums, type) &&
      !isDroppedByHand(type.name, context),
  );
  if (left.length === 0) return;
  const names = left.map(type => type.name);
  context.report({
    range: downgrade.nameRange,
    message: `The enum type${names.length === 1 ? '' : 's'} ${names.join(', ')} stay${names.length === 1 ? 's' : ''} after the downgrade: the next upgrade stops, since it already exists (42710)`,
    fixes: dropFix(names, context),
  });
}

function isDroppedByHand(name: string, { file }: RevisionContext): boolean {
  return new RegExp(`drop\\s+type\\b[^;]*\\b${name}\\b`, 'i').test(file.text);
}

function dropFix(names: readonly string[], { file }: RevisionContext): readonly ReportedFix[] {
  const last = findFunction(file.module, 'downgrade')?.body.at(-1);
  if (!last || !/^import sqlalchemy as sa$/m.test(file.text)) return [];
  const lines = names.map(name => `sa.Enum(name=${pythonString(name)}).drop(op.get_bind(), checkfirst=True)`);
  return [{ title: 'Drop the type as well', edits: [insertAfter(last, lines, file.text)] }];
}
