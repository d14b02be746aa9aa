/**
 * Dropped and made in one go: what may have been renamed instead. Guesses that a person has to confirm, since the data
 * of what is dropped is lost.
 */
import type { Column, Table } from './schema.ts';
import { isSameName, type SchemaChange, type TableName } from './schema-change.ts';
import { typeKey } from './type-key.ts';

export type Rename =
  | { readonly kind: 'table'; readonly table: TableName; readonly newName: string }
  | { readonly kind: 'column'; readonly table: TableName; readonly column: string; readonly newName: string };

/** Each thing is in at most one guess; the likeliest pairs come first. */
export function findRenames(changes: readonly SchemaChange[]): readonly Rename[] {
  return [...tableRenames(changes), ...columnRenames(changes)];
}

/** `orders.note=remark` for a column of `orders`, `orders=purchases` for the table. */
export function renameText(rename: Rename): string {
  const owner =
    rename.table.schema === null ? rename.table.name : `${rename.table.schema}.${rename.table.name}`;
  return rename.kind === 'table'
    ? `${owner}=${rename.newName}`
    : `${owner}.${rename.column}=${rename.newName}`;
}

/** At least this share of the columns of both is the same. */
const alikeTables = 0.6;

function tableRenames(changes: readonly SchemaChange[]): readonly Rename[] {
  const dropped = changes.flatMap(each => (each.kind === 'drop-table' ? [each.table] : []));
  const created = changes.flatMap(each => (each.kind === 'create-table' ? [each.table] : []));
  const likeness = (a: Table, b: Table) =>
    (a.schema ?? 'public') === (b.schema ?? 'public') ? sharedColumns(a, b) : 0;
  return pair(dropped, created, likeness, alikeTables).map(([from, to]) => ({
    kind: 'table',
    table: { schema: from.schema, name: from.name },
    newName: to.name,
  }));
}

function sharedColumns(a: Table, b: Table): number {
  const has = (column: Column) =>
    b.columns.some(each => each.name === column.name && typeKey(each.type) === typeKey(column.type));
  return a.columns.filter(has).length / Math.max(a.columns.length, b.columns.length, 1);
}

function columnRenames(changes: readonly SchemaChange[]): readonly Rename[] {
  const dropped = changes.flatMap(each => (each.kind === 'drop-column' ? [each] : []));
  const added = changes.flatMap(each => (each.kind === 'add-column' ? [each] : []));
  const likeness = (a: (typeof dropped)[number], b: (typeof added)[number]) =>
    isSameName(a.table, b.table) && typeKey(a.column.type) === typeKey(b.column.type)
      ? 0.5 + nameLikeness(a.column.name, b.column.name) / 2
      : 0;
  return pair(dropped, added, likeness, 0.5).map(([from, to]) => ({
    kind: 'column',
    table: from.table,
    column: from.column.name,
    newName: to.column.name,
  }));
}

/** Share of the letters that two names begin and end with alike. */
function nameLikeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  let begin = 0;
  while (begin < Math.min(a.length, b.length) && a[begin] === b[begin]) begin++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - begin && a.at(-1 - end) === b.at(-1 - end)) end++;
  return (begin + end) / longest;
}

/** The best pairs first, each thing once. */
function pair<From, To>(
  from: readonly From[],
  to: readonly To[],
  likeness: (a: From, b: To) => number,
  least: number,
): readonly (readonly [From, To])[] {
  const candidates = from
    .flatMap(a => to.map(b => ({ a, b, score: likeness(a, b) })))
    .filter(({ score }) => score >= least)
    .sort((x, y) => y.score - x.score);
  const used = new Set<From | To>();
  return candidates.flatMap(({ a, b }) => {
    if (used.has(a) || used.has(b)) return [];
    used.add(a);
    used.add(b);
    return [[a, b] as const];
  });
}
