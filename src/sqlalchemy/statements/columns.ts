/**
 * Columns that FROM elements and statements offer, and the names under which a SELECT lists them: SQLAlchemy's
 * `_generate_columns_plus_names` and `.c` collections.
 */

import type { Model } from '../model.ts';
import { typeOf } from './elements.ts';
import { anonymous, extended, nameKey, numbered } from './identifiers.ts';
import type {
  ColumnElement,
  Element,
  FromElement,
  Identifier,
  SelectItem,
  SelectNode,
  StatementNode,
} from './ir.ts';
import { keyOf, nonAnonymousLabel, tableLabelOf } from './natural-labels.ts';
import { NULL_TYPE } from './sql-type.ts';

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
  const columns = item.kind === 'entity' ? mappedColumns(item.from, item.model) : listedColumns(item.from);
  return item.at === null ? columns : columns.map(each => ({ ...each, at: item.at }));
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
export function mappedColumns(from: FromElement, model: Model): readonly ColumnElement[] {
  const columns = columnsInOrder(from);
  const loaded = loadedNames(from, model);
  if (loaded === null) return columns;
  const own = new Set(model.attributes.flatMap(each => (each.kind === 'column' ? [each.column] : [])));
  const others = loaded.filter(name => !own.has(name));
  return [
    ...columns.filter(({ name }) => typeof name !== 'string' || own.has(name)),
    ...others.flatMap(name => columns.find(each => each.name === name) ?? []),
  ];
}

/** Null where no other class has columns in the table. */
function loadedNames(from: FromElement, model: Model): readonly string[] | null {
  switch (from.kind) {
    case 'table':
      return from.shared?.loaded.get(model.qualifiedName) ?? null;
    case 'alias':
      return loadedNames(from.of, model);
    case 'join':
      return from.model === undefined
        ? null
        : (loadedNames(from.right, model) ?? loadedNames(from.left, model));
    default:
      return null;
  }
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

export interface NamedColumn {
  readonly element: Element;
  /** A label that must be printed. */
  readonly required: Identifier | null;
  /** The label to print where the expression has no name of its own. */
  readonly fallback: Identifier | null;
  /** Its name seen from outside, as a column of a subquery. */
  readonly proxyName: Identifier;
  /** Its key in `.c`; null for an expression without a name. */
  readonly key: string | null;
  readonly repeated: boolean;
}

/** What a SELECT lists, named in its style. */
export function selectedColumns(select: SelectNode): readonly NamedColumn[] {
  const elements = select.items.flatMap(expandedItem);
  return select.unlabelled ? elements.map(unlabelledColumn) : namedColumns(elements, select.tableLabels);
}

function unlabelledColumn(element: Element): NamedColumn {
  const fallback = nonAnonymousLabel(element) ?? anonymousLabel(element);
  return { element, required: null, fallback, proxyName: fallback, key: keyOf(element), repeated: false };
}

function isLiteral(element: Element): boolean {
  return element.kind === 'literal-column' || (element.kind === 'column' && element.literal === true);
}

export function namedColumns(elements: readonly Element[], tableLabels: boolean): readonly NamedColumn[] {
  const names = new Map<string | object, object>();
  const keys = new Set<string>();
  let dedupe = 1;
  return elements.map(element => {
    const identity = identityOf(element);
    let required: Identifier | null = null;
    let repeated = false;
    let natural: Identifier | null = null;
    let effective = tableLabels ? tableLabelOf(element) : nonAnonymousLabel(element);
    let fallback: Identifier | null = effective;
    if (tableLabels) required = effective;
    if (effective === null) {
      fallback = anonymousLabel(element);
      repeated = names.has(nameKey(fallback));
      names.set(nameKey(fallback), identity);
      if (repeated) fallback = repeatedLabel(element, tableLabels, dedupe++);
    } else if (!names.has(nameKey(effective))) {
      names.set(nameKey(effective), identity);
    } else if (names.get(nameKey(effective)) !== identity) {
      effective = numbered(identity, effective);
      if (names.has(nameKey(effective))) {
        natural = effective;
        effective = repeatedLabel(element, tableLabels, dedupe++);
        repeated = true;
      } else {
        names.set(nameKey(effective), identity);
      }
      required = effective;
      fallback = effective;
    } else {
      natural = effective;
      required = repeatedLabel(element, tableLabels, dedupe++);
      fallback = required;
      repeated = true;
    }
    const own = element.kind === 'column' ? element.name : (fallback ?? anonymousLabel(element));
    return {
      element,
      required,
      fallback,
      // Seen from outside, a column that is listed twice is the same one twice.
      proxyName: natural ?? required ?? own,
      key: uniqueKey(keys, keyOf(element)),
      repeated,
    };
  });
}

function uniqueKey(keys: Set<string>, key: string | null): string | null {
  if (key === null) return null;
  let unique = key;
  for (let number = 1; keys.has(unique); number += 1) unique = `${key}_${number}`;
  keys.add(unique);
  return unique;
}

/** Columns are equal by FROM element and name, all else by reference. */
export function identityOf(element: Element): object {
  if (element.kind !== 'column' || element.from === null) return element;
  return (
    columnsOf(element.from).find(each => each.key === element.key && each.name === element.name) ?? element
  );
}

/** What a label is made from where an expression needs one: a function's name, a cast column's, or `anon`. */
export function anonymousLabel(element: Element): Identifier {
  switch (element.kind) {
    case 'column':
      return numbered(identityOf(element), element.name);
    case 'label':
      return element.name;
    case 'function':
      return anonymous(element, element.name);
    case 'next-value':
      return anonymous(element, 'next_value');
    case 'within-group':
      return anonymous(element, element.element.kind === 'function' ? element.element.name : 'anon');
    case 'cast':
    case 'type-coerce':
    case 'as-boolean': {
      const inner = element.element;
      return nonAnonymousLabel(inner) ?? anonymousLabel(inner);
    }
    default:
      return anonymous(element, 'anon');
  }
}

const repeatIdentities = new WeakMap<object, Map<number, object>>();

function repeatedLabel(element: Element, tableLabels: boolean, index: number): Identifier {
  const natural = element.kind === 'function' ? element.name : nonAnonymousLabel(element);
  const seed = tableLabels || natural === null ? (tableLabelOf(element) ?? 'anon') : natural;
  const identity = identityOf(element);
  const byIndex = repeatIdentities.get(identity) ?? new Map<number, object>();
  repeatIdentities.set(identity, byIndex);
  const own = byIndex.get(index) ?? {};
  byIndex.set(index, own);
  return numbered(own, extended(seed, '_'));
}

/** The type of a scalar subquery: that of its only column. */
export function scalarType(statement: StatementNode): ColumnElement['type'] {
  if (statement.kind !== 'select') return NULL_TYPE;
  const first = statement.items.flatMap(expandedItem)[0];
  return first === undefined ? NULL_TYPE : typeOf(first);
}
