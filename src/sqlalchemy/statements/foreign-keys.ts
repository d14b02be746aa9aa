/** Joins that follow from a foreign key between two FROM elements. */
import { originOf } from './column-origins.ts';
import { columnsOf } from './columns.ts';
import { conjunction, equals } from './elements.ts';
import { fromsOfFrom } from './from-elements.ts';
import type { ColumnElement, Element, FromElement, TableForeignKey, TableFrom } from './ir.ts';

/** `Join._join_condition`: the one foreign key between two sides; null for none or several. */
export function foreignKeyCondition(left: FromElement, right: FromElement): Element | null {
  let keys = foreignKeyPairs(left, right);
  if (keys.length === 0) return null;
  if (left.kind === 'join' && keys.length > 1) {
    const nearest = foreignKeyPairs(left.right, right);
    if (nearest.length === 1) keys = nearest;
  }
  const pairs = keys.length === 1 ? keys[0] : undefined;
  return pairs === undefined
    ? null
    : conjunction(
        'and',
        pairs.map(([one, two]) => equals(one, two, null)),
        null,
      );
}

/**
 * The keys of a subclass's table that are its primary key, where others lead to the parent's table too: SQLAlchemy wants
 * `inherit_condition` written then, as `id == Parent.id`.
 */
export function inheritCondition(parent: FromElement, own: TableFrom): Element | null {
  const keys = new Set(own.columns.filter(each => each.primaryKey).map(each => each.name));
  const isKey = ([, column]: Pair) => typeof column.name === 'string' && keys.has(column.name);
  const found = fromsOfFrom(parent)
    .flatMap(each => keysFrom(own, each))
    .filter(pairs => pairs.every(isKey));
  const pairs = found.length === 1 ? found[0] : undefined;
  return pairs === undefined
    ? null
    : conjunction(
        'and',
        pairs.map(([referenced, column]) => equals(column, referenced, null)),
        null,
      );
}

type Pair = readonly [ColumnElement, ColumnElement];

export function foreignKeyPairs(left: FromElement, right: FromElement): readonly (readonly Pair[])[] {
  const found: (readonly Pair[])[] = [];
  for (const one of fromsOfFrom(left)) {
    for (const two of fromsOfFrom(right)) {
      found.push(...keysFrom(two, one));
      if (one !== two) found.push(...keysFrom(one, two));
    }
  }
  return found;
}

/**
 * Foreign keys of `child` that point at `parent`, as pairs of referenced column and key column. Columns of aliases,
 * subqueries and CTEs keep the keys of the columns that they are made of.
 */
function keysFrom(child: FromElement, parent: FromElement): readonly (readonly Pair[])[] {
  // What stands inside a join is asked by itself.
  if (child.kind === 'join' || parent.kind === 'join') return [];
  const pairs = new Map<TableForeignKey, Pair[]>();
  for (const own of columnsOf(child)) {
    const origin = originOf(own);
    for (const key of origin?.table.foreignKeys ?? []) {
      const index = key.columns.indexOf(origin?.column ?? '');
      const referenced = index < 0 ? undefined : columnsOf(parent).find(each => isTarget(each, key, index));
      if (referenced !== undefined) pairs.set(key, [...(pairs.get(key) ?? []), [referenced, own]]);
    }
  }
  return [...pairs.values()];
}

function isTarget(column: ColumnElement, key: TableForeignKey, index: number): boolean {
  const origin = originOf(column);
  return (
    origin !== null &&
    origin.column === key.targetColumns[index] &&
    origin.table.name === key.targetTable &&
    origin.table.schema === key.targetSchema
  );
}
