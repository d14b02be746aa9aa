/**
 * Joined eager loading as SQLAlchemy adds it to a SELECT: outer joins to aliases, their columns after all others; and
 * what `contains_eager()` takes from joins that are there, before the columns of its owner.
 */

import type { Model } from '../model.ts';
import type { Unknown } from '../statement.ts';
import { columnsIn, fromsOfFrom, normalizedFroms } from '../statements/from-elements.ts';
import type {
  ColumnLoading,
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
    item.kind === 'entity' ? [...itemsBelow(item, contained), item] : [item],
  );
  const entities = items.filter(item => item.kind === 'entity');
  const steps = entities.flatMap(item => stepsBelow(item, eager, false));
  const joins = steps.map(each => each.join);
  const behind = entities.flatMap(item => itemsBelow(item, joins));
  const loading = [...select.loading, ...entities.flatMap(item => columnsJoinedBy(item, joins))];
  const plain = { ...select, items, loading, eager: [], contained: [] };
  if (joins.length > 0 && isWrapped(select, joins))
    return select.adapts !== undefined
      ? { ...plain, unknown: select.unknown ?? twiceWrapped(select) }
      : wrappedSelect(plain, joins, behind, steps.map(stepOf));
  return {
    ...plain,
    froms: joins.length === 0 ? select.froms : fromsBeside(select, joins),
    items: [...items, ...behind],
    // What is loaded along is nothing that a join may start from.
    joins: [
      ...select.joins.map(step => ({ ...step, items: step.items ?? select.items })),
      ...steps.map(stepOf),
    ],
    orderBy: [...select.orderBy, ...joins.flatMap(join => join.orderBy)],
  };
}

function twiceWrapped({ at }: SelectNode): Unknown {
  const detail = 'A collection loaded by a join beside the limited rows of a UNION is not rendered yet.';
  return { reason: 'unsupported-construct', detail, location: at };
}

/** `_should_nest_selectable`: rows are counted, told apart or grouped before anything is joined to them. */
function isWrapped(select: SelectNode, joins: readonly EagerJoin[]): boolean {
  const limited = select.limit !== null || select.offset !== null || select.fetch !== null;
  const many = [...joins, ...select.contained].some(each => each.collection);
  return (limited && many) || select.distinct || select.distinctOn.length > 0 || select.groupBy.length > 0;
}

/** Without FROM elements of its own, those that it lists in their order, and then those that are joined to. */
function fromsBeside(
  { froms, joins, items }: SelectNode,
  eager: readonly EagerJoin[],
): readonly FromElement[] {
  if (froms.length > 0 || joins.length > 0 || items.length < 2) return froms;
  const listed = items.flatMap(item =>
    item.kind === 'element'
      ? columnsIn(item.element).flatMap(each => each.entity ?? each.from ?? [])
      : [item.from],
  );
  const isJoined = (from: FromElement) =>
    eager.some(({ parent }) => fromsOfFrom(from).includes(parent) || from === parent);
  const all = normalizedFroms(listed);
  return [...all.filter(from => !isJoined(from)), ...all.filter(isJoined)];
}

/** The columns of a class that its eager joins compare. */
function columnsJoinedBy({ from }: Loaded, joins: readonly EagerJoin[]): readonly ColumnLoading[] {
  const own = fromsOfFrom(from);
  return joins.flatMap((join): readonly ColumnLoading[] => {
    if (!own.includes(join.parent)) return [];
    const columns = columnsIn(join.secondary?.on ?? join.on);
    const names = columns.flatMap(each => (each.from !== null && own.includes(each.from) ? [each.key] : []));
    return [{ from, kind: 'joined-by', names }];
  });
}

interface Loaded {
  readonly model: Model;
  readonly from: FromElement;
}

interface EagerStep {
  readonly join: EagerJoin;
  readonly style: 'left' | 'inner' | 'nested';
}

/** Each followed by what is joined to it, relationships in the order of their class. */
function stepsBelow(parent: Loaded, joins: readonly EagerJoin[], belowOuter: boolean): readonly EagerStep[] {
  return childrenOf(parent, joins).flatMap(join => {
    const below = belowOuter || join.innerJoin === null;
    const others = joins.filter(other => other !== join);
    return [
      { join, style: styleOf(join, below) },
      ...stepsBelow({ model: join.model, from: join.target }, others, below),
    ];
  });
}

function styleOf({ innerJoin }: EagerJoin, belowOuter: boolean): EagerStep['style'] {
  if (innerJoin === null) return 'left';
  if (!belowOuter) return 'inner';
  return innerJoin === 'unnested' ? 'left' : 'nested';
}

function childrenOf<Join extends EagerJoin | ContainedRelationship>(
  { model, from }: Loaded,
  joins: readonly Join[],
): readonly Join[] {
  const place = ({ relationship }: Join) => model.attributes.findIndex(each => each.name === relationship);
  const own = fromsOfFrom(from);
  return joins.filter(join => own.includes(join.parent)).toSorted((one, two) => place(one) - place(two));
}

/** Relationships come before columns in a mapper and backrefs behind them, and what is joined deeper is listed on its way. */
function itemsBelow(
  parent: Loaded,
  joins: readonly (EagerJoin | ContainedRelationship)[],
): readonly SelectItem[] {
  return childrenOf(parent, joins).flatMap(join => itemsOf(join, joins));
}

function itemsOf(
  { model, target, expressions, at }: EagerJoin | ContainedRelationship,
  joins: readonly (EagerJoin | ContainedRelationship)[],
): readonly SelectItem[] {
  // Each once: what is contained may lead back to where it began.
  const others = joins.filter(other => other.target !== target);
  const backrefs = new Set(
    model.attributes.flatMap(each => (each.kind === 'relationship' && each.fromBackref ? [each.name] : [])),
  );
  const below = { model, from: target };
  return [
    ...itemsBelow(
      below,
      others.filter(each => each.parent !== target || !backrefs.has(each.relationship)),
    ),
    { kind: 'entity', model, from: target, at, ...(expressions === undefined ? {} : { expressions }) },
    ...itemsBelow(
      below,
      others.filter(each => each.parent !== target || backrefs.has(each.relationship)),
    ),
  ];
}

function stepOf({ join, style }: EagerStep): JoinStep {
  const { parent, target: right, model, on, secondary, collection, at } = join;
  return {
    items: null,
    left: parent,
    right,
    model,
    on,
    secondary,
    style: style === 'left' ? 'left' : 'inner',
    ...(style === 'nested' ? { nested: true } : {}),
    target: null,
    collection,
    at,
  };
}
