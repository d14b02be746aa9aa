/** A column becomes NOT NULL while the model still says that it may be null. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { modelsOfTable } from '../shared/models/mapped-tables.ts';
import { hasDefault } from '../shared/revisions/column-default.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const notNullWhileModelNullable: Rule = {
  id: 'not-null-while-model-nullable',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A column becomes NOT NULL while a model still writes null to it',
    why: 'The model maps the column as nullable without a default: an object that leaves it out is inserted with NULL, and fails with 23502 after the upgrade.',
    instead:
      'Change the model first, and let that version go out: `Mapped[str]`, and a default where objects may leave it out.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#mapped-column-derives-the-datatype-and-nullability-from-the-mapped-annotation',
    ],
  },
  examples: [
    {
      bad: 'op.execute("ALTER TABLE users ADD CONSTRAINT filled CHECK (email IS NOT NULL) NOT VALID")\nwith op.get_context().autocommit_block():\n    op.execute("ALTER TABLE users VALIDATE CONSTRAINT filled")\nop.alter_column("users", "email", nullable=False)',
      good: 'op.alter_column("users", "name", nullable=False)',
    },
  ],
  check: { actions: { 'set-not-null': checkNotNull } },
};

function checkNotNull(
  { action, step, revision }: ActionSubject<'set-not-null'>,
  context: RevisionContext,
): void {
  const latest = findTable(revision.latest, action.table)?.columns.find(each => each.name === action.column);
  if (!latest || latest.nullable || hasDefault(latest)) return;
  const models = modelsOfTable(action.table, context);
  const [model] = models;
  // Several classes may map one table, some of them only to read it.
  if (!model || !models.every(each => writesNull(each, action.column))) return;
  context.report({
    range: step.range,
    message: `${model.name} maps ${action.column} as nullable: objects that leave it out are refused (23502) once it is NOT NULL`,
  });
}

function writesNull({ attributes }: Model, column: string): boolean {
  return attributes.some(
    each => each.kind === 'column' && each.column === column && each.nullable && each.default === null,
  );
}
