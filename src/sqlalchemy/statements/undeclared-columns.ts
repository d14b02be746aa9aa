/** Columns that the workspace does not declare, of tables that are read from a database as the program runs. */
import { tableBehind } from './from-elements.ts';
import type { ColumnElement, FromElement } from './ir.ts';
import { UNTOLD_TYPE } from './sql-type.ts';

/** One object for each, so that equal columns are the same object. */
const known = new WeakMap<FromElement, Map<string, ColumnElement>>();

/** Null for a column of other tables, which have those alone that are declared. */
export function undeclaredColumn(from: FromElement, name: string): ColumnElement | null {
  if (tableBehind(from)?.reflected !== true || isOfCollection(name)) return null;
  const columns = known.get(from) ?? new Map<string, ColumnElement>();
  known.set(from, columns);
  const column = columns.get(name) ?? columnNamed(from, name);
  columns.set(name, column);
  return column;
}

function columnNamed(from: FromElement, name: string): ColumnElement {
  return { kind: 'column', from, name, key: name, type: UNTOLD_TYPE, undeclared: true, at: null };
}

/** What `.c` has besides columns. */
export function isOfCollection(name: string): boolean {
  return ofCollection.has(name) || name.startsWith('_');
}

const ofCollection: ReadonlySet<string> = new Set(
  `keys values items get contains_column corresponding_column as_readonly compare add remove update extend clear`.split(
    /\s+/,
  ),
);
