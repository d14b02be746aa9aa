/** What the parts of one table are built from, and the database names of its columns. */
import type { ColumnName } from './drafts.ts';
import type { NamedParts } from './naming-convention.ts';
import type { TableEntry, TableRegistry } from './table-registry.ts';

export interface Build {
  readonly entry: TableEntry;
  readonly registry: TableRegistry;
  /** Database names of the primary key's columns. */
  readonly primaryKey: readonly string[];
}

export function partsOf(columns: readonly string[], { entry }: Build): NamedParts {
  return { table: entry.draft.name, schema: entry.draft.schema, columns };
}

export function namesOf(columns: readonly ColumnName[], entry: TableEntry): readonly string[] {
  return columns.map(column => nameIn(column, entry));
}

/** Strings name columns by key; names of the class body name attributes. */
export function nameIn(name: ColumnName, entry: TableEntry): string {
  const byAttribute = entry.columns.find(column => column.name === name.name)?.column;
  const byColumn = entry.columns.find(column => column.column === name.name)?.column;
  return (name.by === 'attribute' ? (byAttribute ?? byColumn) : (byColumn ?? byAttribute)) ?? name.name;
}
