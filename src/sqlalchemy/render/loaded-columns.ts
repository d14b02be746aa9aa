/** The columns that a SELECT loads with each mapped class, after `deferred=True`, `load_only()` and their kin. */
import type { ColumnAttribute } from '../model.ts';
import { mappedColumns } from '../statements/columns.ts';
import type { ColumnLoading, SelectItem, SelectNode } from '../statements/ir.ts';

type EntityItem = SelectItem & { readonly kind: 'entity' };

/** The same SELECT with the columns listed one by one where not all of a class are loaded. */
export function withLoadedColumns(select: SelectNode): SelectNode {
  return {
    ...select,
    loading: [],
    items: select.items.flatMap(item => (item.kind === 'entity' ? loadedOf(item, select.loading) : [item])),
  };
}

function loadedOf(item: EntityItem, loading: readonly ColumnLoading[]): readonly SelectItem[] {
  const columns = item.model.attributes.filter(attribute => attribute.kind === 'column');
  const deferred = new Set(columns.filter(each => each.deferred !== undefined).map(each => each.name));
  for (const option of loading) {
    if (option.from === null || option.from === item.from) apply(option, columns, deferred);
  }
  if (deferred.size === 0) return [item];
  const needed = new Set(
    loading.flatMap(each => (each.kind === 'joined-by' && each.from === item.from ? each.names : [])),
  );
  const mapped = mappedColumns(item.from, item.model);
  return [
    ...mapped.filter(column => !deferred.has(column.key)),
    ...mapped.filter(column => deferred.has(column.key) && needed.has(column.key)),
  ].map(element => ({ kind: 'element', element: { ...element, at: item.at }, at: item.at }));
}

function apply(option: ColumnLoading, columns: readonly ColumnAttribute[], deferred: Set<string>): void {
  const named = new Set(option.names);
  for (const column of columns) {
    const isNamed = named.has(column.name) || named.has('*');
    switch (option.kind) {
      case 'only':
        // The key of a row is always loaded.
        if (isNamed || column.primaryKey) deferred.delete(column.name);
        else deferred.add(column.name);
        break;
      case 'defer':
        if (isNamed && !(named.has('*') && column.primaryKey)) deferred.add(column.name);
        break;
      case 'undefer':
        if (isNamed) deferred.delete(column.name);
        break;
      case 'undefer-group':
        if (column.deferred?.group != null && named.has(column.deferred.group)) deferred.delete(column.name);
        break;
    }
  }
}
