/** The foreign keys of a table with their targets found and their names by convention. */
import type { ForeignKey } from '../../schema/schema.ts';
import type { ColumnDraft, ConstraintDraft } from './drafts.ts';
import { conventionalName } from './naming-convention.ts';
import { type Build, namesOf, partsOf } from './table-build.ts';

export function columnForeignKeys(column: ColumnDraft, build: Build): readonly ForeignKey[] {
  return column.foreignKeys.flatMap(key => {
    const target = build.registry.resolve(key.target, column.column, build.entry);
    if (!target) return [];
    return [
      {
        name: foreignKeyName(key.name, [column.column], target.table, [target.column], build),
        columns: [column.column],
        targetSchema: target.schema,
        targetTable: target.table,
        targetColumns: [target.column],
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
      },
    ];
  });
}

export function declaredForeignKeys(build: Build): readonly ForeignKey[] {
  return build.entry.draft.constraints.flatMap(constraint =>
    constraint.kind === 'foreign-key' ? (foreignKeyOf(constraint, build) ?? []) : [],
  );
}

/** Null where a target is not known. */
export function foreignKeyOf(
  constraint: ConstraintDraft & { kind: 'foreign-key' },
  build: Build,
): ForeignKey | null {
  const columns = namesOf(constraint.columns, build.entry);
  const targets = constraint.targets.map((target, index) =>
    build.registry.resolve(target, columns[index] ?? '', build.entry),
  );
  const first = targets[0];
  if (!first || targets.some(target => target === null) || columns.length !== targets.length) return null;
  const targetColumns = targets.map(target => target?.column ?? '');
  return {
    name: foreignKeyName(constraint.name, columns, first.table, targetColumns, build),
    columns,
    targetSchema: first.schema,
    targetTable: first.table,
    targetColumns,
    onDelete: constraint.onDelete,
    onUpdate: constraint.onUpdate,
  };
}

function foreignKeyName(
  given: string | null,
  columns: readonly string[],
  referredTable: string,
  referredColumns: readonly string[],
  build: Build,
): string | null {
  return conventionalName(
    'fk',
    given,
    { ...partsOf(columns, build), referredTable, referredColumns },
    build.entry.draft.metadata.namingConvention,
  );
}
