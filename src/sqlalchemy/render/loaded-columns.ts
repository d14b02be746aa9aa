/** The columns that a SELECT loads with each mapped class, after `deferred=True`, `load_only()` and their kin. */
import type { ColumnAttribute } from '../model.ts';
import { mappedColumns } from '../statements/columns.ts';
import type { ColumnLoading, SelectItem, SelectNode } from '../statements/ir.ts';

/** A column, or an SQL expression of the class. */
type Loadable = Pick<ColumnAttribute, 'name' | 'primaryKey' | 'deferred'>;

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
  const { expressions = [] } = item;
  const columns: readonly Loadable[] = [
    ...item.model.attributes.filter(attribute => attribute.kind === 'column'),
    ...expressions.map(({ name, deferred }) => ({
      ...{ name, primaryKey: false },
      ...(deferred === null ? {} : { deferred }),
    })),
  ];
  const deferred = new Set(columns.filter(each => each.deferred !== undefined).map(each => each.name));
  const own = loading.filter(each => each.from === null || each.from === item.from);
  for (const option of own) apply(option, columns, deferred);
  const given = own.filter(each => each.kind === 'expression');
  const isPlain = given.length === 0 && expressions.every(each => each.deferred === null);
  if (deferred.size === 0 && isPlain) return [item];
  const needed = new Set(
    loading.flatMap(each => (each.kind === 'joined-by' && each.from === item.from ? each.names : [])),
  );
  const mapped = mappedColumns(item.from, item.model, item.rowsOf);
  // Among other rows a column may have another name than the attribute.
  const attributes = item.rowsOf === undefined ? mapped : mappedColumns(item.rowsOf, item.model);
  const isDeferred = (_: unknown, index: number) => deferred.has(attributes[index]?.key ?? '');
  const isNeeded = (_: unknown, index: number) => needed.has(attributes[index]?.key ?? '');
  const listed = (late: boolean) =>
    expressions.flatMap(each => {
      const element = given.find(({ names }) => names.includes(each.name))?.element ?? each.element;
      return each.late === late && !deferred.has(each.name) && element !== null ? [element] : [];
    });
  return [
    ...listed(false),
    ...mapped.filter((column, index) => !isDeferred(column, index)),
    ...mapped.filter((column, index) => isDeferred(column, index) && isNeeded(column, index)),
    ...listed(true),
  ].map(element => ({ kind: 'element', element: { ...element, at: item.at }, at: item.at }));
}

function apply(option: ColumnLoading, columns: readonly Loadable[], deferred: Set<string>): void {
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
