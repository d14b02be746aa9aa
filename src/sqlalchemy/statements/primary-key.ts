/** The columns in `table.primary_key`. */
import { columnsOf } from './columns.ts';
import { element, type ListValue, type Located, type PrimaryKeyValue } from './value.ts';

/** Each stands where they are asked for. */
export function keyColumns({ table }: PrimaryKeyValue, { at, node }: Omit<Located, 'value'>): ListValue {
  const keys = new Set(table.columns.flatMap(each => (each.primaryKey ? [each.key] : [])));
  const columns = columnsOf(table).filter(each => keys.has(each.key));
  return { kind: 'list', elements: columns.map(each => ({ value: element(each), at, node })) };
}
