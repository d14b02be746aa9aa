/**
 * Joined eager loading as SQLAlchemy adds it to a SELECT: outer joins to aliases, their columns after all others; and
 * what `contains_eager()` takes from joins that are there, before the columns of its owner.
 */

import { fromsOfItem } from '../statements/from-elements.ts';
import type {
  ContainedRelationship,
  EagerJoin,
  FromElement,
  JoinStep,
  SelectItem,
  SelectNode,
} from '../statements/ir.ts';
import { wrappedSelect } from './wrapped-select.ts';

/** The same SELECT with its eager joins written out. Those of classes that it does not list are left out. */
export function withEagerJoins(select: SelectNode): SelectNode {
  const { eager, contained } = select;
  if (eager.length === 0 && contained.length === 0) return select;
  const items = select.items.flatMap(item =>
    item.kind === 'entity' ? [...itemsBelow(item.from, contained), item] : [item],
  );
  const listed = new Set<FromElement>(
    items.flatMap(item => (item.kind === 'entity' ? fromsOfItem(item) : [])),
  );
  const joins: EagerJoin[] = [];
  for (const join of eager) {
    if (!listed.has(join.parent)) continue;
    listed.add(join.target);
    joins.push(join);
  }
  const limited = select.limit !== null || select.offset !== null || select.distinct || select.fetch !== null;
  const behind = items.flatMap(item => (item.kind === 'entity' ? itemsBelow(item.from, joins) : []));
  if (limited && joins.some(join => join.collection))
    return wrappedSelect({ ...select, items, eager: [], contained: [] }, joins, behind, joins.map(stepOf));
  return {
    ...select,
    eager: [],
    items: [...items, ...behind],
    // What is loaded along is nothing that a join may start from.
    joins: [
      ...select.joins.map(step => ({ ...step, items: step.items ?? select.items })),
      ...joins.map(stepOf),
    ],
    orderBy: [...select.orderBy, ...joins.flatMap(join => join.orderBy)],
  };
}

/** Relationships come before columns in a mapper, so what is joined deeper is listed first. */
function itemsBelow(
  parent: FromElement,
  joins: readonly (EagerJoin | ContainedRelationship)[],
): readonly SelectItem[] {
  return joins
    .filter(join => join.parent === parent)
    .flatMap(join => [
      // Each once: what is contained may lead back to where it began.
      ...itemsBelow(
        join.target,
        joins.filter(other => other !== join),
      ),
      { kind: 'entity', model: join.model, from: join.target, at: join.at } as const,
    ]);
}

function stepOf(join: EagerJoin): JoinStep {
  const { parent, target: right, model, on, secondary, inner, collection, at } = join;
  return {
    items: null,
    left: parent,
    right,
    model,
    on,
    secondary,
    style: inner ? 'inner' : 'left',
    target: null,
    collection,
    at,
  };
}
