/** A subquery that stands for joined tables, as `aliased(…)` makes it: which of its columns is which. */
import { columnsOf } from './columns.ts';
import type { ColumnElement, SubqueryFrom } from './ir.ts';

/** The subquery's column for one of the joined tables; null where it is not of them. */
export function columnThrough(rows: SubqueryFrom, column: ColumnElement): ColumnElement | null {
  if (rows.of === undefined) return null;
  const index = columnsOf(rows.of).findIndex(each => each.from === column.from && each.key === column.key);
  return columnsOf(rows)[index] ?? null;
}
