/** Values for columns that the workspace does not declare. */
import type { SetValue, TableFrom } from '../statements/ir.ts';
import { give, type Rendering } from './rendering.ts';

/** What the table has no column for: SQLAlchemy refuses it, and PostgreSQL says best what was meant. */
export function strangers(table: TableFrom, row: readonly SetValue[]): readonly SetValue[] {
  return row.filter(
    each => each.target === undefined && table.columns.every(column => column.key !== each.key),
  );
}

/**
 * Of a table that is read from a database: SQLAlchemy writes them in the order of the table, and asks an INSERT for the key.
 * One alone has no order.
 */
export function giveUndeclared(
  rendering: Rendering,
  table: TableFrom,
  values: readonly SetValue[],
  how: 'insert' | 'update' | 'ordered',
): void {
  if (table.reflected !== true) return;
  const undeclared = strangers(table, values);
  if (undeclared.length > 0) rendering.unlikeDeclared ??= table.name;
  const isSure = how === 'ordered' || (how === 'update' && values.length === 1) || undeclared.length === 0;
  if (isSure && !(how === 'insert' && table.unlikeDeclared)) return;
  const detail = `The columns of ${table.name} are read from the database.`;
  give(rendering, { reason: 'unresolved-model', detail, location: undeclared[0]?.at ?? null });
}
