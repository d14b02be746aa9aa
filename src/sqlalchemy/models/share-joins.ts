/** Joins shared between versions of a project: see `keepEqual`. Those with expressions of a file stay by that file's identity. */
import { keepEqual } from '../../base/keep-equal.ts';
import type { RelationshipJoin } from '../linked-project.ts';
import type { LinkedRelationship } from './link-relationships.ts';

/** By the qualified name of the class that has them. */
export type Relationships = ReadonlyMap<string, readonly LinkedRelationship[]>;

export function shareJoins(linked: Relationships, previous: Relationships | undefined): Relationships {
  if (previous === undefined) return linked;
  return new Map(
    [...linked].map(([owner, relationships]) => {
      const before = new Map(previous.get(owner)?.map(each => [each.attribute.name, each.join]));
      return [
        owner,
        relationships.map(each => ({ ...each, join: shareJoin(before.get(each.attribute.name), each.join) })),
      ];
    }),
  );
}

function shareJoin(
  before: RelationshipJoin | null | undefined,
  now: RelationshipJoin | null,
): RelationshipJoin | null {
  if (!before || !now || !sameExpressions(before, now)) return now;
  const plain = withoutExpressions(before);
  return keepEqual(plain, withoutExpressions(now)) === plain ? before : now;
}

function withoutExpressions({ custom, order: _order, ...join }: RelationshipJoin) {
  const { file: _, primary: _primary, secondary: _secondary, ...columns } = custom ?? {};
  return { ...join, columns };
}

/** An expression is of one parse of one file: the same expression is in the same file. */
function sameExpressions(one: RelationshipJoin, two: RelationshipJoin): boolean {
  return (
    one.custom?.primary === two.custom?.primary &&
    one.custom?.secondary === two.custom?.secondary &&
    one.order?.written === two.order?.written
  );
}
