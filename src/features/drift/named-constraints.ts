/** Constraints that a revision left unnamed, by the name that Alembic gave them: the naming convention of env.py's metadata. */
import type { Constraint, SchemaChange, TableName } from '../../schema/schema-change.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import { type ConstraintKind, conventionalName } from '../../sqlalchemy/models/naming-convention.ts';

/** A revision has to drop them by it. Without a convention they stay unnamed: PostgreSQL's own name is meant then. */
export function withConventionalNames(
  changes: readonly SchemaChange[],
  models: readonly Model[],
): readonly SchemaChange[] {
  const found = models.find(({ namingConvention }) => namingConvention !== undefined)?.namingConvention;
  if (found === undefined) return changes;
  const convention = new Map(Object.entries(found));
  return changes.map(change =>
    change.kind === 'drop-constraint'
      ? { ...change, constraint: named(change.constraint, change.table, convention) }
      : change,
  );
}

const kinds = { 'primary-key': 'pk', unique: 'uq', 'foreign-key': 'fk' } as const;

function named(
  constraint: Constraint,
  { schema, name: table }: TableName,
  convention: ReadonlyMap<string, string>,
): Constraint {
  if (constraint.kind === 'check' || constraint.key.name !== null) return constraint;
  const kind: ConstraintKind = kinds[constraint.kind];
  const { columns } = constraint.key;
  if (constraint.kind === 'foreign-key') {
    const { targetTable, targetColumns } = constraint.key;
    const parts = { table, schema, columns, referredTable: targetTable, referredColumns: targetColumns };
    return {
      ...constraint,
      key: { ...constraint.key, name: conventionalName(kind, null, parts, convention) },
    };
  }
  const name = conventionalName(kind, null, { table, schema, columns }, convention);
  return { ...constraint, key: { ...constraint.key, name } };
}
