/** `drop_constraint(None, …)`, and constraints without a name, which nobody can drop again. */
import type { CreateConstraint, TableConstraint } from '../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { Expression } from '../../python/syntax.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { hasNamingConvention } from '../shared/revisions/naming-convention.ts';
import { pythonString } from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const unnamedConstraint: Rule = {
  id: 'unnamed-constraint',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A constraint has no name, or is to be dropped without one',
    why: '`op.drop_constraint(None, …)` raises CompileError: there is nothing to drop. Autogenerate writes it where the upgrade creates a constraint without a name, which PostgreSQL then names by itself.',
    instead:
      'Name constraints: by hand, or all of them by `MetaData(naming_convention=…)`. One that PostgreSQL has named is dropped by that name, such as `posts_title_key` or `posts_author_id_fkey`.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/naming.html',
      'https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions',
    ],
  },
  examples: [
    {
      bad: 'def upgrade() -> None:\n    op.execute("ALTER TABLE events ADD UNIQUE USING INDEX ux")\n\n\ndef downgrade() -> None:\n    op.drop_constraint(None, "events", type_="unique")',
      good: 'def upgrade() -> None:\n    op.execute("ALTER TABLE events ADD CONSTRAINT ux UNIQUE USING INDEX ux")\n\n\ndef downgrade() -> None:\n    op.drop_constraint("ux", "events", type_="unique")',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  for (const step of [...subject.upgrade, ...subject.downgrade]) {
    if (step.operation.kind === 'drop-constraint' && step.operation.name === null)
      reportDrop(step, subject, context);
  }
  // A convention of the models' metadata gives the names.
  if (hasNamingConvention(context.project)) return;
  for (const step of subject.upgrade) {
    if (step.operation.kind === 'create-constraint' && nameOf(step.operation.constraint) === null)
      reportCreate(step, step.operation, context);
  }
}

function reportDrop(step: MigrationStep, subject: RevisionSubject, context: RevisionContext): void {
  const written = nameArgument(step);
  const name = nameInDatabase(step, subject);
  const edits = written && name !== null ? [{ range: written, newText: pythonString(name) }] : [];
  context.report({
    range: written ?? step.range,
    message: 'A constraint without a name cannot be dropped: Alembic raises CompileError',
    fixes: edits.length > 0 ? [{ title: `Use the name that PostgreSQL gave it: ${name}`, edits }] : [],
  });
}

function reportCreate(step: MigrationStep, operation: CreateConstraint, context: RevisionContext): void {
  const written = nameArgument(step);
  if (written?.kind !== 'constant') return;
  const columns = 'key' in operation.constraint ? operation.constraint.key.columns : [];
  const prefix = { unique: 'uq', 'foreign-key': 'fk', 'primary-key': 'pk', check: 'ck', exclude: 'ex' };
  const name = [prefix[operation.constraint.kind], operation.table.name, ...columns].join('_').slice(0, 63);
  context.report({
    range: written,
    message: 'Without a name the constraint gets one from PostgreSQL, and a downgrade cannot name it',
    severity: 'warning',
    fixes: [{ title: `Name it ${name}`, edits: [{ range: written, newText: pythonString(name) }] }],
  });
}

function nameArgument({ operation: { call } }: MigrationStep): Expression | null {
  const first = call.arguments[0];
  const given = call.arguments.find(each => /^(?:constraint_)?name$/.test(each.keyword?.id ?? '')) ?? first;
  return given?.value ?? null;
}

/** What PostgreSQL called the one constraint of that kind that the upgrade adds to the table. */
function nameInDatabase({ operation }: MigrationStep, { upgrade }: RevisionSubject): string | null {
  if (operation.kind !== 'drop-constraint') return null;
  const added = upgrade
    .flatMap(({ actions }) => actions)
    .filter(action => 'table' in action && action.table?.name === operation.table.name)
    .flatMap(action => {
      if (action.kind === 'add-unique')
        return [
          { type: 'unique', name: defaultName(action.name, action.key.columns, operation.table.name, 'key') },
        ];
      if (action.kind === 'add-foreign-key')
        return [
          {
            type: 'foreignkey',
            name: defaultName(action.name, action.key.columns, operation.table.name, 'fkey'),
          },
        ];
      return [];
    })
    .filter(({ type }) => operation.type === null || type === operation.type);
  return added.length === 1 ? (added[0]?.name ?? null) : null;
}

function defaultName(
  name: string | null,
  columns: readonly string[],
  table: string,
  suffix: string,
): string | null {
  if (name !== null) return name;
  const made = [table, ...columns, suffix].join('_');
  return columns.length > 0 && made.length <= 63 ? made : null;
}

function nameOf(constraint: TableConstraint): string | null {
  return 'key' in constraint ? constraint.key.name : constraint.name;
}
