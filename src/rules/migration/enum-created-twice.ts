/** create_table() with an enum that an earlier revision has created: it is created once more, and refused. */
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { Call } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import type { EnumType } from '../../schema/schema.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { locksMatter } from '../shared/revisions/lock-report.ts';
import { pythonString } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const enumCreatedTwice: Rule = {
  id: 'enum-created-twice',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An enum type is created although an earlier revision has created it',
    why: '`op.create_table()` creates the enum types of its columns without looking whether they are there: where the earlier revision has run before, PostgreSQL stops the upgrade, since the type already exists (42710).',
    instead: 'Say that it is there: `postgresql.ENUM(name="state", create_type=False)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#sqlalchemy.dialects.postgresql.ENUM.params.create_type',
    ],
  },
  examples: [
    {
      bad: 'op.create_table("tasks", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("state", sa.Enum("draft", "published", name="state")))',
      good: 'op.create_table("tasks", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("state", postgresql.ENUM(name="state", create_type=False)))',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  if (!locksMatter(subject)) return;
  const known = new Set(subject.before.enums.map(tableKey));
  for (const step of subject.upgrade) {
    const { operation } = step;
    for (const action of step.actions) {
      if (action.kind === 'drop-type') known.delete(tableKey(action.type));
      if (action.kind === 'rename-type') known.delete(tableKey(action.type));
      if (action.kind === 'create-enum' && step.statement && known.has(tableKey(action.type)))
        context.report({ range: step.range, message: messageFor(action.type.name) });
    }
    if (operation.kind === 'create-table')
      for (const type of operation.enums) if (known.has(tableKey(type))) reportType(step, type, context);
  }
}

function messageFor(name: string): string {
  return `${name} is created once more: an earlier revision has it already, and PostgreSQL refuses the type (42710)`;
}

function reportType(step: MigrationStep, type: EnumType, context: RevisionContext): void {
  const { file } = context;
  if (/create_type\s*=\s*False|native_enum\s*=\s*False/.test(file.text)) return;
  const enums = enumCalls(step, type.name);
  const { expression, edits } = importName(file.module, 'sqlalchemy.dialects.postgresql', 'ENUM');
  const plain = /^from sqlalchemy\.dialects import (?:\w+, )*postgresql\b/m.test(file.text);
  const name = plain ? 'postgresql.ENUM' : expression;
  const replaced = enums.map(({ start, end }) => ({
    range: { start, end },
    newText: `${name}(name=${pythonString(type.name)}, create_type=False)`,
  }));
  context.report({
    range: step.range,
    message: messageFor(type.name),
    fixes:
      replaced.length > 0
        ? [{ title: 'Say that the type is there', edits: [...replaced, ...(plain ? [] : edits)] }]
        : [],
  });
}

/** `sa.Enum(…, name="state")` inside of the directive. */
function enumCalls(step: MigrationStep, name: string): readonly Call[] {
  const calls: Call[] = [];
  walkExpressions(step.operation.call, each => {
    if (
      each.kind !== 'call' ||
      each.function.kind !== 'attribute' ||
      !/^enum$/i.test(each.function.attribute.id)
    )
      return;
    const named = each.arguments.find(argument => argument.keyword?.id === 'name')?.value;
    if (named?.kind === 'string' && named.value === name) calls.push(each);
  });
  return calls;
}
