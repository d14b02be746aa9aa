/** Columns that FROM elements and statements offer: SQLAlchemy's `.c` collections. */

import type { ColumnAttribute, Model } from '../model.ts';
import { identityOf } from './column-identity.ts';
import { type NamedColumn, namedColumns, unlabelledColumn } from './column-names.ts';
import { firstSelect, typeOf, unlabelled } from './elements.ts';
import { fromsOfFrom, tableBehind } from './from-elements.ts';
import type {
  ColumnElement,
  CteFrom,
  Element,
  FromElement,
  Identifier,
  JoinFrom,
  SelectItem,
  SelectNode,
  StatementNode,
  SubqueryFrom,
} from './ir.ts';
import { inheritedFirst, isShared, loadedNames, ownColumns, unextended } from './shared-columns.ts';

const columnsByFrom = new WeakMap<FromElement, readonly ColumnElement[]>();

/** One object for each column and FROM element, so that equal columns are the same object. */
export function columnsOf(from: FromElement): readonly ColumnElement[] {
  const known = columnsByFrom.get(from);
  if (known !== undefined) return known;
  const columns = readColumns(from);
  columnsByFrom.set(from, columns);
  return columns;
}

function readColumns(from: FromElement): readonly ColumnElement[] {
  switch (from.kind) {
    case 'table':
      return from.columns.map(({ name, key, type }) => column(from, name, key, type));
    case 'alias':
      return columnsOf(from.of).map(each => column(from, each.name, each.key, each.type));
    case 'subquery':
      return columnsOfStatement(from.statement, from);
    case 'cte':
      return columnsOfStatement(from.statement, from);
    case 'join':
      return [...columnsOf(from.left), ...columnsOf(from.right)];
    case 'function-from':
      return from.columns.map(({ name, type }) =>
        column(from, name, typeof name === 'string' ? name : '', type),
      );
    case 'values':
      return from.columns.map(({ name, type }) => column(from, name, name, type));
    case 'text-from':
      return [];
  }
}

function column(
  from: FromElement,
  name: Identifier,
  key: string,
  type: ColumnElement['type'],
): ColumnElement {
  return { kind: 'column', from, name, key, type, at: null };
}

function columnsOfStatement(statement: StatementNode, from: FromElement): readonly ColumnElement[] {
  switch (statement.kind) {
    case 'select':
      return selectedColumns(statement).map(each => {
        const made = column(from, each.proxyName, each.key ?? '', typeOf(each.element));
        return isLiteral(each.element) ? { ...made, literal: true } : made;
      });
    case 'compound': {
      const first = statement.selects[0];
      return first === undefined ? [] : columnsOfStatement(first, from);
    }
    case 'insert':
    case 'update':
    case 'delete':
      return namedColumns(statement.returning.flatMap(expandedItem), false).map(each =>
        column(from, each.proxyName, each.key ?? '', typeOf(each.element)),
      );
    case 'text-statement':
      return statement.columns.map(({ name, type }) => column(from, name, name, type));
    case 'values-statement':
      return statement.from.columns.map(({ name, type }) => column(from, name, name, type));
  }
}

/** The column of a FROM element by its key, as `.c` finds it; null where there is none. */
export function columnOf(from: FromElement, key: string): ColumnElement | null {
  return columnsOf(from).find(each => each.key === key) ?? null;
}

/** By its name in the database. */
export function columnNamed(from: FromElement, name: string): ColumnElement | null {
  return columnsOf(from).find(each => each.name === name) ?? null;
}

/** The columns that a mapped class or FROM element in a SELECT list stands for. */
export function expandedItem(item: SelectItem): readonly Element[] {
  if (item.kind === 'element') return [item.element];
  const columns = item.kind === 'entity' ? listedEntity(item) : listedColumns(item.from);
  return item.at === null ? columns : columns.map(each => ({ ...each, at: item.at }));
}

/** SQL expressions of the class stand before its columns, those that were assigned to it later behind them. */
function listedEntity(item: SelectItem & { readonly kind: 'entity' }): readonly Element[] {
  const columns = mappedColumns(item.from, item.model, item.rowsOf);
  const loaded = item.expressions?.filter(each => each.element !== null && each.deferred === null) ?? [];
  if (loaded.length === 0) return columns;
  const listed = (late: boolean) => loaded.flatMap(each => (each.late === late ? (each.element ?? []) : []));
  return [...listed(false), ...columns, ...listed(true)];
}

/** All but those that statements leave out. */
function listedColumns(from: FromElement): readonly ColumnElement[] {
  if (from.kind === 'alias') {
    const kept = listedColumns(from.of);
    if (kept.length === columnsOf(from).length) return columnsOf(from);
    const keys = new Set(kept.map(each => each.key));
    return columnsOf(from).filter(each => keys.has(each.key));
  }
  const omitted = from.kind === 'table' ? from.columns.filter(each => each.omitted === true) : [];
  if (omitted.length === 0) return columnsOf(from);
  return columnsOf(from).filter(each => omitted.every(({ key }) => key !== each.key));
}

/** The columns of a mapped class, as a SELECT of it lists them. */
export function mappedColumns(
  from: FromElement,
  model: Model,
  rowsOf?: FromElement,
): readonly ColumnElement[] {
  if (rowsOf !== undefined)
    return mappedColumns(rowsOf, model).flatMap(each => columnAmongRows(from, each) ?? []);
  if (from.kind === 'subquery' && from.of !== undefined) {
    const [rows, of] = [columnsOf(from), columnsOf(from.of)];
    return mappedColumns(from.of, model).flatMap(each => rows[of.indexOf(each)] ?? []);
  }
  if (from.kind === 'subquery' || from.kind === 'cte') return columnsOfRows(from, model);
  if (from.kind === 'join' && from.polymorphic !== undefined)
    return columnsTogether(from, model, from.polymorphic);
  const columns = columnsInOrder(from);
  const loaded = loadedNames(from, model);
  const isJoined = from.kind === 'join' && from.model !== undefined;
  if (loaded === null && !isJoined) return columns;
  // Classes without a table of their own may share that of a parent of this one.
  const own = ownColumns(model);
  const others = loaded?.filter(name => !own.has(name)) ?? [];
  return [
    ...columns.filter(({ name }) => typeof name !== 'string' || own.has(name)),
    ...others.flatMap(name => columns.find(each => each.name === name) ?? []),
  ];
}

/** Of classes read together: those of the class itself, then what each subclass adds. */
function columnsTogether(from: JoinFrom, model: Model, models: readonly Model[]): readonly ColumnElement[] {
  const base = unextended(from);
  const pieces = new Set<FromElement | null>(fromsOfFrom(base));
  const tables = columnsOf(from).filter(({ from: piece }) => !pieces.has(piece));
  const inherited = mappedColumns(base, model);
  const found = [...inherited];
  for (const each of models.filter(one => one !== model)) {
    const own = ownColumns(each);
    const isOwn = ({ from: piece, name }: ColumnElement) =>
      typeof name === 'string' && own.has(name) && tableBehind(piece)?.model === each;
    const single = each.inherits?.style === 'single';
    const added = single
      ? columnsOf(from).filter(({ from: piece, name }) => own.has(String(name)) && isShared(piece, each))
      : tables.filter(isOwn);
    found.push(...inheritedFirst(added, inherited).filter(column => !found.includes(column)));
  }
  return found;
}

/** Those of `aliased(User, subquery)`, where the subquery may list others too. */
function columnsOfRows(from: SubqueryFrom | CteFrom, model: Model): readonly ColumnElement[] {
  const columns = columnsOf(from);
  const mapped = model.attributes.filter(each => each.kind === 'column');
  const own = mapped.flatMap(attribute => columnOfRows(from, model, attribute) ?? []);
  return own.length > 0 ? columns.filter(each => own.includes(each)) : columns;
}

/** What lists a column of another FROM element; null where nothing does. */
export function columnAmongRows(from: FromElement, { from: of, key }: ColumnElement): ColumnElement | null {
  const statement = from.kind === 'subquery' || from.kind === 'cte' ? from.statement : null;
  if (statement?.kind !== 'select') return null;
  const index = selectedColumns(statement).findIndex(
    ({ element }) => element.kind === 'column' && element.from === of && element.key === key,
  );
  return columnsOf(from)[index] ?? null;
}

/** By what the subquery lists; where that is no column of the class's table, by name. */
export function columnOfRows(
  from: SubqueryFrom | CteFrom,
  { tableName }: Model,
  { name, column }: ColumnAttribute,
): ColumnElement | null {
  const columns = columnsOf(from);
  const isSame = ({ key, name: own }: ColumnElement) => key === name || own === column;
  return (
    (tableName === null ? null : columnOfTable(from, tableName, column)) ??
    columns.find(isSame) ??
    columns.find(each => each.name === `${tableName}_${column}`) ??
    null
  );
}

/** What lists the column of the table itself; null where nothing does. */
export function columnOfTable(
  from: SubqueryFrom | CteFrom,
  table: string,
  column: string,
): ColumnElement | null {
  const index = listedBy(from.statement).findIndex(
    each =>
      each.kind === 'column' &&
      each.from?.kind === 'table' &&
      each.from.name === table &&
      each.name === column,
  );
  return columnsOf(from)[index] ?? null;
}

/** What it lists, whatever labels call it. */
function listedBy(statement: StatementNode): readonly Element[] {
  return firstSelect(statement)?.items.flatMap(expandedItem).map(unlabelled) ?? [];
}

/** In the mapper's order: the parents' columns first, each behind the column of the same attribute in the class's own table. */
function columnsInOrder(from: FromElement): readonly ColumnElement[] {
  if (from.kind !== 'join' || from.model === undefined) return listedColumns(from);
  const own = columnsOf(from.right);
  const inherited = columnsInOrder(from.left);
  const left = new Map(own.map(column => [column.key, column]));
  const merged = inherited.flatMap(column => {
    const shared = left.get(column.key);
    left.delete(column.key);
    return shared === undefined ? [column] : [shared, column];
  });
  return [...merged, ...left.values()];
}

/** What a SELECT lists, named in its style. */
export function selectedColumns(select: SelectNode): readonly NamedColumn[] {
  const inside = select.adapts && insideOfUnion(select.adapts);
  const listed = select.items.flatMap(item => (inside && itemInside(item, inside)) ?? expandedItem(item));
  const elements = select.listsOnce
    ? [...new Map(listed.map(each => [identityOf(each), each])).values()]
    : listed;
  return select.unlabelled ? elements.map(unlabelledColumn) : namedColumns(elements, select.tableLabels);
}

/** The subquery's column for what it lists; null for anything else. */
export type Inside = (element: Element) => ColumnElement | null;

export function insideOf(statement: SelectNode, subquery: FromElement): Inside {
  const columns = columnsOf(subquery);
  const places = new Map<object, ColumnElement>();
  for (const [index, { element }] of selectedColumns(statement).entries()) {
    const column = columns[index];
    const identity = identityOf(unlabelled(element));
    if (column !== undefined && !places.has(identity)) places.set(identity, column);
    // What is listed twice is told apart by its labels.
    if (column !== undefined && element.kind === 'label') places.set(element, column);
  }
  return element => places.get(identityOf(element)) ?? null;
}

/** Of what `Query.union(…)` selects from, which may be made of a UNION in its turn; null where no SELECT is known in it. */
export function insideOfUnion(union: SubqueryFrom): Inside | null {
  const first = firstSelect(union.statement);
  if (first === null) return null;
  const inside = insideOf(first, union);
  const below = first.adapts && insideOfUnion(first.adapts);
  return element => inside(below?.(element) ?? element);
}

/** The subquery's columns for what an item lists; null where it lists anything else. */
export function itemInside(item: SelectItem, inside: Inside): readonly ColumnElement[] | null {
  const listed = expandedItem(item);
  const known = listed.flatMap(each => inside(each) ?? inside(unlabelled(each)) ?? []);
  return known.length === listed.length ? known : null;
}

function isLiteral(element: Element): boolean {
  return element.kind === 'literal-column' || (element.kind === 'column' && element.literal === true);
}
