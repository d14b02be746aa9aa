/** FROM elements out of values, and aliases of them. */

import type { SourceLocation } from '../model.ts';
import { withFrom } from './adapt.ts';
import { emptySelect } from './empty-select.ts';
import { anonymous } from './identifiers.ts';
import type { AliasFrom, Element, FromElement, JoinFrom, TextElement } from './ir.ts';
import type { Value } from './value.ts';

/** Null for what cannot stand in FROM. */
export function fromOf(value: Value): FromElement | null {
  if (value.kind === 'statement' && value.node.kind === 'text-statement') return textFrom(value.node.element);
  return value.kind === 'entity' || value.kind === 'from' ? value.from : null;
}

export function aliasOf(of: FromElement, name: string | null, at: SourceLocation | null): AliasFrom {
  return {
    kind: 'alias',
    of,
    name: name ?? anonymous({}, seedOf(of)),
    lateral: false,
    tablesample: null,
    at,
  };
}

/** As `aliased(…)` does: a join becomes a subquery that lists its columns. */
export function aliasOrSubquery(
  of: FromElement,
  name: string | null,
  at: SourceLocation | null,
): FromElement {
  if (of.kind !== 'join') return aliasOf(of, name, at);
  const statement = { ...emptySelect(of, at), tableLabels: true };
  return { kind: 'subquery', statement, of, name: name ?? anonymous({}, 'anon'), lateral: false, at };
}

/** Of the tables of a joined-table inheritance each by itself (`aliased(…, flat=True)`); null for a join of other things. */
export function flatAliasOf(from: FromElement): FromElement | null {
  if (from.kind !== 'join') return aliasOf(from, null, null);
  const left = from.model === undefined ? null : flatAliasOf(from.left);
  const right = left === null ? null : flatAliasOf(from.right);
  if (left === null || right === null) return null;
  return { ...from, left, right, on: withJoinSides(from, left, right) };
}

function withJoinSides(from: JoinFrom, left: FromElement, right: FromElement): Element {
  const pairs = [...pairsOf(from.left, left), ...pairsOf(from.right, right)];
  return pairs.reduce((on, [old, now]) => withFrom(on, old, now), from.on);
}

/** Each table beside what stands for it, where the one is made of the other; else null. */
export function pairsOfFrom(
  from: FromElement,
  alias: FromElement,
): readonly (readonly [FromElement, FromElement])[] | null {
  const pairs = pairsOf(from, alias);
  return pairs.every(([own, other]) => own === other || (other.kind === 'alias' && other.of === own))
    ? pairs
    : null;
}

/** Each table beside its alias. */
function pairsOf(from: FromElement, alias: FromElement): readonly (readonly [FromElement, FromElement])[] {
  if (from.kind !== 'join' || alias.kind !== 'join') return [[from, alias]];
  return [...pairsOf(from.left, alias.left), ...pairsOf(from.right, alias.right)];
}

function seedOf(from: FromElement): string {
  if (from.kind === 'table') return from.name;
  return from.kind === 'alias' && typeof from.name === 'string' ? from.name : 'anon';
}

function textFrom(element: TextElement): FromElement {
  return { kind: 'text-from', element, at: element.at };
}
