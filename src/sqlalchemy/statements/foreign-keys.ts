/** Joins that follow from a foreign key between two FROM elements. */
import { columnsOf } from './columns.ts';
import { conjunction, equals } from './elements.ts';
import { fromsOfFrom } from './from-elements.ts';
import type { ColumnElement, Element, FromElement, TableFrom } from './ir.ts';

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

/** Foreign keys of `child` that point at `parent`, as pairs of referenced column and key column. */
function keysFrom(child: FromElement, parent: FromElement): readonly (readonly Pair[])[] {
  const childTable = tableOf(child);
  const parentTable = tableOf(parent);
  if (childTable === null || parentTable === null) return [];
  return childTable.foreignKeys
    .filter(key => key.targetTable === parentTable.name && key.targetSchema === parentTable.schema)
    .map(key =>
      key.columns.flatMap((name, index) => {
        const referenced = columnsOf(parent).find(each => each.name === key.targetColumns[index]);
        const own = columnsOf(child).find(each => each.name === name);
        return referenced === undefined || own === undefined ? [] : [[referenced, own] as const];
      }),
    )
    .filter(pairs => pairs.length > 0);
}

function tableOf(from: FromElement): TableFrom | null {
  if (from.kind === 'table') return from;
  return from.kind === 'alias' ? tableOf(from.of) : null;
}
