/**
 * What a declaration means by the versions of packages that its project has: SQLModel keeps a `datetime` with its time
 * zone from 0.0.45 on, and without one before.
 */
import type { PackageFacts } from '../../python/packages/packages.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import { type SqlType, sqlType } from '../types/sql-type.ts';
import type { ColumnDraft, ModelDraft } from './drafts.ts';

/** As the newest SQLModel has it, which counts where the project does not say its version. */
export const zonedFieldType: SqlType = sqlType('UTCDateTime', 'TIMESTAMP WITH TIME ZONE');
const naiveFieldType = sqlType('DateTime', 'TIMESTAMP WITHOUT TIME ZONE');

const fitted = new WeakMap<ModelDraft, ModelDraft>();

/** The same draft where nothing in it depends on a version. */
export function fitPackages(draft: ModelDraft, packages: PackageFacts): ModelDraft {
  if (!hasZonedFields(draft) || isAtLeast(packages.versionOf('sqlmodel'), 0, 0, 45) !== false) return draft;
  const known = fitted.get(draft) ?? withNaiveFields(draft);
  fitted.set(draft, known);
  return known;
}

function hasZonedFields({ attributes, columns, table }: ModelDraft): boolean {
  return [...attributes, ...columns, ...(table?.columns ?? [])].some(
    attribute => attribute.kind === 'column' && attribute.type === zonedFieldType,
  );
}

function withNaiveFields(draft: ModelDraft): ModelDraft {
  return {
    ...draft,
    attributes: draft.attributes.map(attribute =>
      attribute.kind === 'column' ? withNaiveType(attribute) : attribute,
    ),
    columns: draft.columns.map(withNaiveType),
    table: draft.table && { ...draft.table, columns: draft.table.columns.map(withNaiveType) },
  };
}

function withNaiveType(column: ColumnDraft): ColumnDraft {
  return column.type === zonedFieldType ? { ...column, type: naiveFieldType } : column;
}
