/** Relationships that their mapping itself loads by a join (`lazy="joined"`), for each class that a SELECT lists. */
import type { Evaluation } from './evaluation.ts';
import type { EagerJoin, SelectItem } from './ir.ts';
import { eagerJoin } from './library/loaders.ts';

const DEPTH_LIMIT = 3;

export function mappedEagerJoins(evaluation: Evaluation, items: readonly SelectItem[]): readonly EagerJoin[] {
  return items.flatMap(item => (item.kind === 'entity' ? joinsOf(evaluation, item, DEPTH_LIMIT) : []));
}

function joinsOf(
  evaluation: Evaluation,
  item: SelectItem & { readonly kind: 'entity' },
  depth: number,
): readonly EagerJoin[] {
  if (depth === 0) return [];
  const { model, from } = item;
  return model.attributes.flatMap(attribute => {
    if (attribute.kind !== 'relationship' || attribute.lazy !== 'joined') return [];
    const value = evaluation.attribute(
      evaluation,
      { kind: 'entity', model, from, alias: true },
      attribute.name,
      attribute.nameRange,
    );
    const join = value.kind === 'relationship' ? eagerJoin(evaluation, value, from, false, null) : null;
    if (join === null || join.model === model) return [];
    return [
      join,
      ...joinsOf(evaluation, { kind: 'entity', model: join.model, from: join.target, at: null }, depth - 1),
    ];
  });
}
