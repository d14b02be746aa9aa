/** What a SELECT is worth as one value. */
import { expandedItem } from './columns.ts';
import { typeOf } from './elements.ts';
import type { ColumnElement, StatementNode } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';

/** The type of a scalar subquery: that of its only column. */
export function scalarType(statement: StatementNode): ColumnElement['type'] {
  if (statement.kind !== 'select') return NULL_TYPE;
  const first = statement.items.flatMap(expandedItem)[0];
  return first === undefined ? NULL_TYPE : typeOf(first);
}
