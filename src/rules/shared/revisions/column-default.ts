/** Whether rows that name no value for a column get one. */
import type { Column } from '../../../schema/schema.ts';

/** A default that is there and could not be read counts: only a column without any is known to have none. */
export function hasDefault(column: Column): boolean {
  return column.default !== null || (column.unread?.includes('default') ?? false);
}
