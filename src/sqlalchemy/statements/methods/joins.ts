/** `join(…)` in its forms: along a relationship, to a class with or without ON, to tables, subqueries and CTEs. */
import type { Model } from '../../model.ts';
import { overSecondary, withFrom } from '../adapt.ts';
import { conditionOf, unknownOf } from '../coercion.ts';
import { conjunction } from '../elements.ts';
import { type Call, unknownAt } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { FromElement, JoinStep, JoinStyle, SelectNode } from '../ir.ts';
import { associationAlias, joinConditions } from '../relationship-joins.ts';
import { ofTarget } from '../single-table.ts';
import { isPlain, type Located, type RelationshipValue } from '../value.ts';

export interface JoinArguments {
  readonly left: Located | null | undefined;
  readonly target: Located | undefined;
  readonly on: Located | undefined;
  readonly style: JoinStyle;
}

export function addedJoin(select: SelectNode, call: Call, given: JoinArguments): SelectNode {
  const step = stepOf(call, given);
  if (step !== null && select.joins.some(each => isSamePath(each, step))) return select;
  if (step !== null) return { ...select, joins: [...select.joins, step] };
  const { target } = given;
  const unknown =
    target !== undefined && (target.value.kind === 'unknown' || isPlain(target.value))
      ? unknownOf(target.value, target.at, 'What is joined')
      : unknownAt('unsupported-construct', 'What is joined here is not understood.', target?.at ?? call.at);
  return { ...select, unknown: select.unknown ?? unknown };
}

/** A relationship is followed once between the same two (`_already_joined_edges`). */
function isSamePath(one: JoinStep, two: JoinStep): boolean {
  return (
    two.relationship !== undefined &&
    one.relationship === two.relationship &&
    one.left === two.left &&
    one.right === two.right
  );
}

function stepOf(call: Call, { left, target, on, style }: JoinArguments): JoinStep | null {
  if (target === undefined) return null;
  const leftFrom = left === null || left === undefined ? null : fromOf(left.value);
  if (target.value.kind === 'relationship') {
    const step = relationshipStep(call, target.value, target.value.target, style, on);
    return step && { ...step, target: target.at };
  }
  const right = fromOf(target.value);
  if (right === null) return null;
  const model = target.value.kind === 'entity' ? target.value.model : null;
  if (on?.value.kind === 'relationship') {
    const step = relationshipStep(
      call,
      on.value,
      { model: model ?? on.value.target?.model ?? null, from: right },
      style,
      undefined,
    );
    return step && { ...step, target: target.at };
  }
  const condition = on === undefined ? null : conditionOf(call.evaluation, on);
  const leftModel = left?.value.kind === 'entity' ? left.value.model : null;
  const joined = {
    items: null,
    left: leftFrom,
    leftModel,
    right,
    model,
    on: condition,
    style,
    secondary: null,
  };
  return { ...joined, target: target.at, collection: null, at: call.at };
}

function relationshipStep(
  call: Call,
  relationship: RelationshipValue,
  target: { readonly model: Model | null; readonly from: FromElement } | null,
  style: JoinStyle,
  on: Located | undefined,
): JoinStep | null {
  if (target === null || on !== undefined) return null;
  const { model, attribute, from, criteria } = relationship;
  const secondary = associationAlias(call.evaluation, relationship);
  // A class joined to itself without an alias would be one FROM element twice; SQLAlchemy refuses that later.
  const joined = joinConditions(call.evaluation, model, attribute.name, from, target.from, secondary);
  if (joined.on === null) return null;
  const own = target.model === null ? joined.on : ofTarget(joined.on, { ...target, model: target.model });
  const written = relationship.target?.from ?? target.from;
  const added = criteria.map(each => withFrom(overSecondary(each, secondary), written, target.from));
  const condition = added.length === 0 ? own : conjunction('and', [own, ...added], call.at);
  return {
    items: null,
    left: from,
    relationship: attribute.name,
    leftModel: model,
    right: target.from,
    model: target.model,
    on: condition,
    style,
    secondary:
      secondary === null || joined.secondary === null ? null : { from: secondary, on: joined.secondary },
    target: null,
    collection: attribute.collection,
    at: call.at,
  };
}
