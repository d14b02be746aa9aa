/** Where the column of an attribute stands among the tables of a class and its parents. */
import type { Model } from '../model.ts';
import { columnOf } from './columns.ts';
import type { Evaluation } from './evaluation.ts';
import type { ColumnElement, FromElement } from './ir.ts';

/** A class of a joined-table inheritance has its own column before its parent's. */
export function mappedColumn(from: FromElement, name: string): ColumnElement | null {
  if (from.kind !== 'join') return columnOf(from, name);
  return mappedColumn(from.right, name) ?? mappedColumn(from.left, name);
}

/** The parent's own, which a statement over the class alone does not read. */
export function inheritedColumn(evaluation: Evaluation, model: Model, name: string) {
  if (model.inherits === null) return null;
  const parent = evaluation.linked.models.get(model.inherits.parent);
  const table = parent === undefined ? null : evaluation.tables.of(parent);
  return table === null ? null : columnOf(table, name);
}
