/** Joined loading of relationships: by options, and by their mapping itself (`lazy="joined"`). */
import type { Model, RelationshipAttribute, SourceLocation } from '../model.ts';
import { overSecondary, withFrom } from './adapt.ts';
import { mappedExpressions } from './column-properties.ts';
import { conjunction } from './elements.ts';
import type { Evaluation } from './evaluation.ts';
import { aliasOrSubquery, flatAliasOf, pairsOfFrom } from './from-values.ts';
import type { EagerJoin, FromElement, SelectItem } from './ir.ts';
import { polymorphicJoin } from './polymorphic.ts';
import { associationAlias, joinConditions } from './relationship-joins.ts';
import { relationshipOrder } from './relationship-order.ts';
import { ofTarget } from './single-table.ts';
import type { EntityValue, LoaderValue, RelationshipValue } from './value.ts';

type InnerJoin = NonNullable<RelationshipAttribute['innerJoin']> | null;

/** The join of a relationship to an alias of its own; null where it cannot be worked out. */
export function eagerJoin(
  evaluation: Evaluation,
  relationship: RelationshipValue,
  parent: FromElement,
  innerJoin: InnerJoin,
  at: SourceLocation | null,
): EagerJoin | null {
  if (relationship.target === null) return null;
  const { model, attribute } = relationship;
  const secondary = associationAlias(evaluation, relationship);
  const read = targetOf(evaluation, relationship);
  if (read === null) return null;
  const { from: target, model: targetModel } = read;
  const { on, secondary: through } = joinConditions(
    evaluation,
    model,
    attribute.name,
    parent,
    target,
    secondary,
  );
  const orderBy = relationshipOrder(evaluation, model, attribute, relationship.target.from, target);
  if (on === null || orderBy === null || (secondary !== null && through === null)) return null;
  const own = ofTarget(on, { model: targetModel, from: target });
  const expressions = mappedExpressions(evaluation, targetModel, target);
  const pairs = pairsOfFrom(relationship.target.from, target);
  if (pairs === null && relationship.criteria.length > 0) return null;
  const criteria = relationship.criteria.map(each =>
    (pairs ?? []).reduce((made, [one, two]) => withFrom(made, one, two), overSecondary(each, secondary)),
  );
  return {
    parent,
    parentModel: model,
    orderBy,
    relationship: attribute.name,
    target,
    of: relationship.target.from,
    model: targetModel,
    ...(expressions === undefined ? {} : { expressions }),
    on: criteria.length === 0 ? own : conjunction('and', [own, ...criteria], at),
    secondary: secondary === null || through === null ? null : { from: secondary, on: through },
    innerJoin,
    collection: attribute.collection,
    at,
  };
}

/** An alias that `of_type()` names is joined itself; a subclass comes with the class that the relationship leads to. */
function targetOf(
  evaluation: Evaluation,
  { attribute, target }: RelationshipValue,
): Pick<EntityValue, 'model' | 'from'> | null {
  if (target === null || target.alias) return target;
  if (target.model.qualifiedName === attribute.target) {
    const from = flatAliasOf(target.from);
    return from && { model: target.model, from };
  }
  const base = attribute.target === null ? undefined : evaluation.linked.models.get(attribute.target);
  // What the mapping reads together already is joined in another way.
  const isPlain = base !== undefined && (base.polymorphic?.loadedWith ?? []).length === 0;
  if (base === undefined || !isPlain || target.from.kind !== 'join') return null;
  const together = polymorphicJoin(evaluation, base, [target.model], 'left');
  return together && { model: base, from: aliasOrSubquery(together, null, null) };
}

/** More than anybody writes: mappings that load each other without end. */
const MAPPED_LIMIT = 60;

/** Joins that the mappings of the classes in a SELECT list make by themselves; null where one is not understood. */
export function mappedEagerJoins(
  evaluation: Evaluation,
  items: readonly SelectItem[],
): readonly EagerJoin[] | null {
  return joinsOf(evaluation, items, isJoinedByMapping);
}

/** Those of `joinedload("*")`: of every relationship of the classes, and of the classes that these lead to. */
export function allEagerJoins(
  evaluation: Evaluation,
  items: readonly SelectItem[],
): readonly EagerJoin[] | null {
  return joinsOf(evaluation, items, ({ lazy }) => lazy !== 'dynamic' && lazy !== 'write_only');
}

type Choice = (attribute: RelationshipAttribute) => boolean;

const isJoinedByMapping: Choice = ({ lazy }) => lazy === 'joined';

function joinsOf(
  evaluation: Evaluation,
  items: readonly SelectItem[],
  isJoined: Choice,
): readonly EagerJoin[] | null {
  const joins: EagerJoin[] = [];
  for (const item of items) {
    if (item.kind !== 'entity') continue;
    const mapped = { evaluation, joins, isJoined, skipped: new Set<string>() };
    if (!joinsBelow(mapped, item.from, [item.model])) return null;
  }
  return joins;
}

interface Mapped {
  readonly evaluation: Evaluation;
  readonly joins: EagerJoin[];
  readonly isJoined: Choice;
  /** Relationships of the first class that options load in another way. */
  readonly skipped: ReadonlySet<string>;
}

/** False where a mapping is not understood. `way` is the class itself and those that led to it, nearest first. */
function joinsBelow(
  { evaluation, joins, isJoined, skipped }: Mapped,
  parent: FromElement,
  way: readonly [Model, ...Model[]],
): boolean {
  const [model] = way;
  for (const attribute of model.attributes) {
    if (attribute.kind !== 'relationship' || !isJoined(attribute) || skipped.has(attribute.name)) continue;
    if (isEnd(evaluation, attribute, way)) continue;
    const entity = { kind: 'entity', model, from: parent, alias: true } as const;
    const value = evaluation.attribute(evaluation, entity, attribute.name, attribute.nameRange);
    if (value.kind !== 'relationship') return false;
    const join = eagerJoin(evaluation, value, parent, attribute.innerJoin ?? null, null);
    if (join === null || joins.length >= MAPPED_LIMIT) return false;
    joins.push(join);
    const below = { evaluation, joins, isJoined, skipped: new Set<string>() };
    if (!joinsBelow(below, join.target, [join.model, ...way])) return false;
  }
  return true;
}

/** No class twice on the way, or as many steps as `join_depth` says. */
function isEnd(evaluation: Evaluation, attribute: RelationshipAttribute, way: readonly Model[]): boolean {
  if (attribute.joinDepth !== undefined) return way.length > attribute.joinDepth;
  const target = attribute.target === null ? undefined : evaluation.linked.models.get(attribute.target);
  return target !== undefined && way.includes(target);
}

/** What an option makes of the joins that are there. */
export interface OptionJoins {
  readonly joins: readonly EagerJoin[];
  /** What stands for an alias of the option, where that continues a join that is there. */
  readonly place: (from: FromElement) => FromElement;
}

/** The joins with those of an option, which continues what others have begun; null where a mapping is not understood. */
export function withOption(
  evaluation: Evaluation,
  before: readonly EagerJoin[],
  option: LoaderValue,
): OptionJoins | null {
  const placed = new Map<FromElement, FromElement>();
  const place = (from: FromElement) => placed.get(from) ?? from;
  let joins = before;
  for (const [index, step] of option.path.entries()) {
    const moved = movedJoin(step, place(step.parent));
    const known = joins.find(each => isSame(each, moved));
    if (moved.continues && known === undefined) return { joins, place };
    const isContinued =
      moved.continues || (known !== undefined && known.at !== null && index < option.path.length - 1);
    if (isContinued && known !== undefined) {
      placed.set(step.target, known.target);
      continue;
    }
    // Several subclasses of one relationship are read together, by one join that is not worked out here.
    if (known !== undefined && known.at !== null && isTogether(known) && isTogether(moved)) return null;
    const skipped = new Set(option.loads.flatMap(path => path[index + 1]?.relationship ?? []));
    const added: EagerJoin[] = [];
    const before = option.path.slice(0, index + 1).map(each => each.parentModel);
    const below = { evaluation, joins: added, isJoined: isJoinedByMapping, skipped };
    if (!joinsBelow(below, moved.target, [step.model, ...before])) return null;
    joins = [...joins.filter(each => !isSame(each, moved)), moved, ...added];
  }
  const { replaced } = option;
  if (replaced === null) return { joins, place };
  const gone = { parent: place(replaced.parent), relationship: replaced.relationship };
  return { joins: joins.filter(each => !isSame(each, gone)), place };
}

function isTogether({ target }: EagerJoin): boolean {
  return target.kind === 'subquery' && target.of?.kind === 'join' && target.of.polymorphic !== undefined;
}

type Loaded = Pick<EagerJoin, 'parent' | 'relationship'>;

function isSame(one: Loaded, two: Loaded): boolean {
  return one.parent === two.parent && one.relationship === two.relationship;
}

export function movedJoin(join: EagerJoin, parent: FromElement): EagerJoin {
  const { secondary } = join;
  return {
    ...join,
    parent,
    on: withFrom(join.on, join.parent, parent),
    secondary: secondary && { ...secondary, on: withFrom(secondary.on, join.parent, parent) },
  };
}
