/** The columns in the primary key of a table, and `table.primary_key`. */
import { columnsOf } from './columns.ts';
import type { ColumnElement, TableFrom } from './ir.ts';
import { element, type ListValue, type Located, type PrimaryKeyValue } from './value.ts';

export function keysOf(table: TableFrom): readonly ColumnElement[] {
  return columnsOf(table).filter(each => isKeyOf(table, each));
}

export function isKeyOf({ columns }: TableFrom, { key }: ColumnElement): boolean {
  return columns.some(each => each.key === key && each.primaryKey);
}

/** Each stands where they are asked for. */
export function keyColumns({ table }: PrimaryKeyValue, { at, node }: Omit<Located, 'value'>): ListValue {
  return { kind: 'list', elements: keysOf(table).map(each => ({ value: element(each), at, node })) };
}
