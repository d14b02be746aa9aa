/** The FROM list of a SELECT: explicit elements, joins in order, then whatever its columns and conditions read from. */

import type { Unknown } from '../statement.ts';
import { conjunction } from '../statements/elements.ts';
import { foreignKeyCondition, foreignKeyPairs } from '../statements/foreign-keys.ts';
import {
  columnsIn,
  fromsOf,
  fromsOfFrom,
  fromsOfItem,
  hiddenBy,
  normalizedFroms,
} from '../statements/from-elements.ts';
import type {
  ColumnElement,
  Element,
  FromElement,
  JoinFrom,
  JoinStep,
  SelectNode,
} from '../statements/ir.ts';

export type Froms = { readonly froms: readonly FromElement[] } | { readonly unknown: Unknown };

export function fromsOfSelect(select: SelectNode): Froms {
  let explicit: readonly FromElement[] = select.froms;
  for (const step of select.joins) {
    const next = joinedFroms(select, explicit, step);
    if ('unknown' in next) return next;
    explicit = next.froms;
  }
  const froms = normalizedFroms([
    ...explicit,
    ...select.items.flatMap(fromsOfItem),
    ...select.where.flatMap(fromsOf),
  ]);
  return { froms };
}

export interface StepOfSelect {
  readonly step: JoinStep;
  /** What it may join from: the FROM elements so far, or those that the columns come from. */
  readonly candidates: readonly FromElement[];
  /** What it does join from; null where that cannot be told. */
  readonly start: FromElement | null;
}

/** The joins one after the other, up to the first that cannot be followed. */
export function stepsOfSelect(select: SelectNode): readonly StepOfSelect[] {
  const steps: StepOfSelect[] = [];
  let explicit: readonly FromElement[] = select.froms;
  for (const step of select.joins) {
    const candidates = explicit.length > 0 ? explicit : [...new Set(select.items.flatMap(fromsOfItem))];
    const left = leftOf(select, explicit, step);
    steps.push({ step, candidates, start: left && startOf(explicit, left) });
    const next = joinedFroms(select, explicit, step);
    if ('unknown' in next) break;
    explicit = next.froms;
  }
  return steps;
}

function leftOf(select: SelectNode, explicit: readonly FromElement[], step: JoinStep): Left | null {
  return step.left === null ? implicitLeft(select, explicit, step) : explicitLeft(explicit, step.left);
}

function startOf(explicit: readonly FromElement[], left: Left): FromElement {
  return explicit[left.index] ?? left.from;
}

/** Where what the SELECT lists is not known, neither is what it joins from. */
function unknownItem({ items }: SelectNode): { readonly unknown: Unknown } | null {
  for (const item of items)
    if (item.kind === 'element' && item.element.kind === 'unknown') return { unknown: item.element.unknown };
  return null;
}

function joinedFroms(select: SelectNode, explicit: readonly FromElement[], step: JoinStep): Froms {
  const left = leftOf(select, explicit, step);
  if (left === null)
    return unknownItem(select) ?? refused(step, 'SQLAlchemy cannot tell which FROM element this joins from.');
  const start = startOf(explicit, left);
  const condition = step.on ?? foreignKeyCondition(start, step.right);
  const extra = step.criteria ?? [];
  const on =
    condition === null || extra.length === 0 ? condition : conjunction('and', [condition, ...extra], null);
  if (on === null)
    return refused(step, 'There is not exactly one foreign key between the two sides of this join.');
  if (step.right.kind === 'join' && step.right.model !== undefined && isRead(step.right, start))
    return refused(step, 'SQLAlchemy makes an alias of a class whose tables are joined already.');
  const attach = (to: FromElement) =>
    step.secondary === null
      ? joinOf(to, step.right, on, step)
      : throughSecondary(to, step, step.secondary, on);
  const join = (step.nested ? nestedJoin(start, left.from, attach) : null) ?? attach(start);
  if (left.index < explicit.length)
    return { froms: explicit.map((from, index) => (index === left.index ? join : from)) };
  return { froms: [...explicit, join] };
}

/** Whether a table of a class is joined already. */
function isRead(right: FromElement, left: FromElement): boolean {
  const before = new Set(fromsOfFrom(left));
  return fromsOfFrom(right).some(each => before.has(each));
}

/** `_splice_nested_inner_join`: attached to the one element, wherever it stands; null where it is not there. */
function nestedJoin(
  from: FromElement,
  to: FromElement,
  attach: (to: FromElement) => FromElement,
): FromElement | null {
  if (from === to) return attach(from);
  if (from.kind !== 'join') return null;
  const right = nestedJoin(from.right, to, attach);
  if (right !== null) return from.style === 'inner' ? flattened(from, right) : { ...from, right };
  const left = nestedJoin(from.left, to, attach);
  return left && { ...from, left };
}

/** `a JOIN (b JOIN c)` without its parentheses (`_splice_into_center`). */
function flattened(outer: JoinFrom, inner: FromElement): FromElement {
  if (inner.kind !== 'join' || inner.style !== 'inner') return { ...outer, right: inner };
  return { ...inner, left: { ...outer, right: inner.left } };
}

/** An outer join takes the association table and the target as one side, so that neither is there without the other. */
function throughSecondary(
  start: FromElement,
  step: JoinStep,
  secondary: NonNullable<JoinStep['secondary']>,
  on: Element,
): FromElement {
  if (step.style === 'inner')
    return joinOf(joinOf(start, secondary.from, secondary.on, step), step.right, on, step);
  const both: FromElement = {
    kind: 'join',
    left: secondary.from,
    right: step.right,
    on,
    style: 'inner',
    at: step.at,
  };
  return joinOf(start, both, secondary.on, step);
}

function joinOf(left: FromElement, right: FromElement, on: Element, step: JoinStep): FromElement {
  return { kind: 'join', left, right, on, style: step.style, at: step.at };
}

function refused(step: JoinStep, detail: string): Froms {
  return { unknown: { reason: 'unsupported-construct', detail, location: step.at } };
}

interface Left {
  /** Place among the explicit elements; their number for one that is not there yet. */
  readonly index: number;
  readonly from: FromElement;
}

function explicitLeft(explicit: readonly FromElement[], left: FromElement): Left {
  const index = explicit.findIndex(from => fromsOfFrom(from).includes(left));
  return { index: index < 0 ? explicit.length : index, from: left };
}

/** `_join_determine_implicit_left_side`. */
function implicitLeft(select: SelectNode, explicit: readonly FromElement[], step: JoinStep): Left | null {
  if (explicit.length > 0) {
    const index = leftToJoinFrom(explicit, step);
    return index === null ? null : { index, from: explicit[index] as FromElement };
  }
  const candidates = [...new Set((step.items ?? select.items).flatMap(fromsOfItem))];
  const index = leftToJoinFrom(candidates, step);
  return index === null ? null : { index: explicit.length, from: candidates[index] as FromElement };
}

/** `find_left_clause_to_join_from`; null where there is no answer or more than one. */
function leftToJoinFrom(candidates: readonly FromElement[], step: JoinStep): number | null {
  const onColumns = candidates.length > 1 && step.on !== null ? columnsIn(step.on) : null;
  let matches = candidates.flatMap((from, index) => (canBeLeft(from, step, onColumns) ? [index] : []));
  if (matches.length > 1) {
    const hidden = new Set(candidates.flatMap(hiddenBy));
    matches = matches.filter(index => !hidden.has(candidates[index] as FromElement));
  }
  if (matches.length === 0 && step.on !== null && candidates.length === 1) return 0;
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

function canBeLeft(from: FromElement, step: JoinStep, onColumns: readonly ColumnElement[] | null): boolean {
  if (from === step.right) return false;
  if (onColumns !== null && onColumns.length > 0) {
    const sides = new Set([...fromsOfFrom(from), ...fromsOfFrom(step.right)]);
    return onColumns.every(column => column.from !== null && sides.has(column.from));
  }
  return step.on !== null || foreignKeyPairs(from, step.right).length > 0;
}
