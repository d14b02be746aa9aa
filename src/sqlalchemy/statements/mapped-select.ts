/** A SELECT of mapped classes, with the joins that their mappings make by themselves. */
import type { SourceLocation } from '../model.ts';
import type { Unknown } from '../statement.ts';
import { mappedEagerJoins } from './eager-joins.ts';
import { selectOf } from './empty-select.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import type { SelectItem, SelectNode } from './ir.ts';

export function mappedSelect(
  evaluation: Evaluation,
  items: readonly SelectItem[],
  at: SourceLocation,
): SelectNode {
  const eager = mappedEagerJoins(evaluation, items);
  return { ...selectOf(items, at), eager: eager ?? [], unknown: eager === null ? mappingUnknown(at) : null };
}

export function mappingUnknown(at: SourceLocation): Unknown {
  const detail = 'A relationship that its mapping loads by a join cannot be followed.';
  return unknownAt('unsupported-construct', detail, at);
}
