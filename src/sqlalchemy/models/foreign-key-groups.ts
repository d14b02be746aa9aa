/** Foreign keys that lead from some tables to others, as pairs of columns. */
import type { ColumnPair, ColumnReference } from '../linked-project.ts';
import type { TableEntry, TableRegistry } from './table-registry.ts';

/** One foreign key; `local` is the referring column. */
export interface ForeignKeyGroup {
  readonly from: TableEntry;
  readonly to: TableEntry;
  readonly pairs: readonly ColumnPair[];
}

/** A key that is declared twice, on the column and as a constraint, counts once. */
export function foreignKeysBetween(
  from: readonly TableEntry[],
  to: readonly TableEntry[],
  registry: TableRegistry,
): readonly ForeignKeyGroup[] {
  const groups = from.flatMap(entry => allGroups(entry, registry).filter(group => to.includes(group.to)));
  const distinct = new Map(groups.map(group => [JSON.stringify(group.pairs), group]));
  return [...distinct.values()];
}

function allGroups(entry: TableEntry, registry: TableRegistry): readonly ForeignKeyGroup[] {
  const groups: ForeignKeyGroup[] = [];
  for (const column of entry.columns) {
    for (const key of column.foreignKeys) {
      const target = registry.resolve(key.target, column.column, entry);
      if (target?.entry)
        groups.push({
          from: entry,
          to: target.entry,
          pairs: [{ local: reference(entry, column.column), remote: reference(target.entry, target.column) }],
        });
    }
  }
  for (const constraint of entry.draft.constraints) {
    if (constraint.kind !== 'foreign-key') continue;
    const columns = constraint.columns.map(
      name =>
        entry.columns.find(({ name: key, column }) => (name.by === 'attribute' ? key : column) === name.name)
          ?.column ?? name.name,
    );
    const targets = constraint.targets.map((target, index) =>
      registry.resolve(target, columns[index] ?? '', entry),
    );
    const to = targets[0]?.entry;
    if (!to || targets.some(target => target?.entry !== to)) continue;
    const pairs = targets.map((target, index) => ({
      local: reference(entry, columns[index] ?? ''),
      remote: reference(to, target?.column ?? ''),
    }));
    groups.push({ from: entry, to, pairs });
  }
  return groups;
}

function reference({ draft }: TableEntry, column: string): ColumnReference {
  return { table: draft.name, schema: draft.schema, column };
}
