/** All tables of the workspace by name, and the column that a foreign key refers to. */
import type { SqlType } from '../types/sql-type.ts';
import type { ColumnDraft, ForeignTarget, Metadata, TableDraft } from './drafts.ts';

/** One table with all its columns, those of single-table subclasses included. */
export interface TableEntry {
  /** Qualified name of the class or variable that declares it. */
  readonly owner: string;
  readonly draft: TableDraft;
  readonly columns: readonly ColumnDraft[];
}

export interface ResolvedTarget {
  readonly schema: string | null;
  readonly table: string;
  readonly column: string;
  /** Null where the table is not in the workspace, or more than one bears its name. */
  readonly entry: TableEntry | null;
}

export interface TableRegistry {
  readonly entries: readonly TableEntry[];
  entryOf(owner: string): TableEntry | null;
  find(name: string, schema: string | null, metadata: Metadata | null): TableEntry | null;
  resolve(target: ForeignTarget, column: string, from: TableEntry): ResolvedTarget | null;
  /** The column's own type, or that of the column its foreign key leads to. */
  typeOf(column: ColumnDraft, entry: TableEntry): SqlType | null;
}

/** `attributeOf` finds the column behind `User.id`: a mapped attribute, inherited ones included. */
export function createTableRegistry(
  entries: readonly TableEntry[],
  attributeOf: (
    owner: string,
    attribute: string,
  ) => { readonly entry: TableEntry; readonly column: string } | null,
): TableRegistry {
  const byName = new Map<string, TableEntry[]>();
  const byOwner = new Map<string, TableEntry>();
  for (const entry of entries) {
    const key = tableKey(entry.draft.name, entry.draft.schema);
    byName.set(key, [...(byName.get(key) ?? []), entry]);
    byOwner.set(entry.owner, entry);
  }
  const registry: TableRegistry = {
    entries,
    entryOf: owner => byOwner.get(owner) ?? null,
    find(name, schema, metadata) {
      const found = byName.get(tableKey(name, schema)) ?? [];
      const own = found.filter(entry => metadata !== null && entry.draft.metadata.owner === metadata.owner);
      const candidates = own.length > 0 ? own : found;
      return candidates.length === 1 ? (candidates[0] ?? null) : null;
    },
    resolve: (target, column, from) => resolveTarget(target, column, from, registry, attributeOf),
    typeOf: (column, entry) => typeThrough(column, entry, registry, 0),
  };
  return registry;
}

export function tableKey(name: string, schema: string | null): string {
  return schema === null ? name : `${schema}.${name}`;
}

function resolveTarget(
  target: ForeignTarget,
  column: string,
  from: TableEntry,
  registry: TableRegistry,
  attributeOf: (
    owner: string,
    attribute: string,
  ) => { readonly entry: TableEntry; readonly column: string } | null,
): ResolvedTarget | null {
  if (target.kind === 'unknown') return null;
  if (target.kind === 'attribute') {
    const found = attributeOf(target.owner, target.attribute);
    return (
      found && {
        schema: found.entry.draft.schema,
        table: found.entry.draft.name,
        column: found.column,
        entry: found.entry,
      }
    );
  }
  const parts = target.text.split('.');
  // A table alone means its column of the same name.
  const name = parts.length === 1 ? column : (parts.pop() ?? column);
  const table = parts.pop() ?? '';
  const schema = parts.length > 0 ? parts.join('.') : from.draft.metadata.schema;
  const entry = registry.find(table, schema, from.draft.metadata);
  return {
    schema,
    table,
    column: entry?.columns.find(({ name: key }) => key === name)?.column ?? name,
    entry,
  };
}

function typeThrough(
  column: ColumnDraft,
  entry: TableEntry,
  registry: TableRegistry,
  depth: number,
): SqlType | null {
  if (column.type || depth > 10) return column.type;
  const targets = [...column.foreignKeys.map(key => key.target), ...constraintTargets(column, entry)];
  for (const target of targets) {
    const found = registry.resolve(target, column.column, entry);
    const referred = found?.entry?.columns.find(candidate => candidate.column === found.column);
    if (found?.entry && referred) return typeThrough(referred, found.entry, registry, depth + 1);
  }
  return null;
}

/** Targets of the table's ForeignKeyConstraints that hold the column. */
function constraintTargets(column: ColumnDraft, entry: TableEntry): readonly ForeignTarget[] {
  return entry.draft.constraints.flatMap(constraint => {
    if (constraint.kind !== 'foreign-key') return [];
    const position = constraint.columns.findIndex(name =>
      name.by === 'key' ? name.name === column.column : name.name === column.name,
    );
    const target = constraint.targets[position];
    return target ? [target] : [];
  });
}
