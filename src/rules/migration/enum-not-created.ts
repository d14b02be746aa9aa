/** A column of an enum type that nothing has created: add_column does not create types. */
import type { Operation } from '../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { EnumType } from '../../schema/schema.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { locksMatter } from '../shared/revisions/lock-report.ts';
import { insertBefore, pythonString, statementOf } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const enumNotCreated: Rule = {
  id: 'enum-not-created',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A column is added or changed to an enum type that is not created',
    why: '`op.create_table()` creates the enum types of its columns; `op.add_column()` and `op.alter_column()` do not. PostgreSQL refuses: the type does not exist (42704).',
    instead:
      'Create the type first: `sa.Enum("a", "b", name="state").create(op.get_bind(), checkfirst=True)`.',
    references: [
      'https://github.com/sqlalchemy/alembic/issues/1347',
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-enum-types',
    ],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("mood", sa.Enum("good", "bad", name="mood")))',
      good: 'mood = sa.Enum("good", "bad", name="mood")\nmood.create(op.get_bind(), checkfirst=True)\nop.add_column("events", sa.Column("mood", mood))',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  if (!locksMatter(subject)) return;
  const known = new Set(subject.before.enums.map(tableKey));
  for (const step of subject.upgrade) {
    const { operation } = step;
    // Something that is not followed may have created it.
    if (step.opaque !== null) return;
    if (operation.kind === 'create-table') for (const type of operation.enums) known.add(tableKey(type));
    for (const action of step.actions) {
      if (action.kind === 'create-enum') known.add(tableKey(action.type));
      if (action.kind === 'rename-type') known.add(tableKey({ ...action.type, name: action.newName }));
    }
    for (const type of neededBy(operation))
      if (!known.has(tableKey(type))) reportType(step, type, operation.kind, context);
  }
}

function neededBy(operation: Operation): readonly EnumType[] {
  if (operation.kind === 'add-column') return operation.enums;
  return operation.kind === 'alter-column' && operation.changes.enum ? [operation.changes.enum] : [];
}

function reportType(
  step: MigrationStep,
  type: EnumType,
  kind: Operation['kind'],
  context: RevisionContext,
): void {
  const { file } = context;
  // An enum that is kept as text, or a type that another tool makes.
  if (/native_enum\s*=\s*False|create_type\s*=\s*False/.test(file.text)) return;
  const statement = statementOf(step, file.module);
  const values = type.values.map(pythonString).join(', ');
  const schema = type.schema === null ? '' : `, schema=${pythonString(type.schema)}`;
  const line = `sa.Enum(${values}, name=${pythonString(type.name)}${schema}).create(op.get_bind(), checkfirst=True)`;
  const usable = statement && type.values.length > 0 && /^import sqlalchemy as sa$/m.test(file.text);
  context.report({
    range: step.range,
    message: `${kind === 'add-column' ? 'add_column' : 'alter_column'}() does not create the type ${type.name}: PostgreSQL refuses ${kind === 'add-column' ? 'the column' : 'the change'}, since it does not exist (42704)`,
    fixes: usable
      ? [{ title: 'Create the type first', edits: [insertBefore(statement, [line], file.text)] }]
      : [],
  });
}
