/** All columns that a subquery has, where they are known: it lacks every other. */
import { columnsOf } from './columns.ts';
import type { FromElement, SelectItem } from './ir.ts';

/** The names of a subquery's columns; null where not each of them has one that is known. */
export function allColumnNames(from: FromElement): readonly string[] | null {
  if (from.kind === 'alias') return allColumnNames(from.of);
  if ((from.kind !== 'subquery' && from.kind !== 'cte') || from.statement.kind !== 'select') return null;
  const { items, unknown } = from.statement;
  if (unknown !== null || !items.every(isFullyKnown)) return null;
  const names = columnsOf(from).map(each => (typeof each.name === 'string' ? each.key : ''));
  return names.length === 0 || names.includes('') ? null : names;
}

function isFullyKnown(item: SelectItem): boolean {
  if (item.kind === 'element') return item.element.kind !== 'unknown';
  return item.kind === 'entity' && !item.model.incomplete;
}
