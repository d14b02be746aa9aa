/** What the two sides of a relationship are called, after the column between them. */
import { pluralOf, snakeOf } from '../names.ts';
import { isKeyword } from '../python-names.ts';
import type { RelationshipNames } from './model-plan.ts';

export interface RelationshipEnds {
  /** The foreign key's column. */
  readonly column: string;
  /** The class that has it. */
  readonly model: string;
  /** The class that it points to; null for the same one. */
  readonly target: string | null;
  /** True where at most one row points to each. */
  readonly single: boolean;
  /** False where the two classes are related in other ways too. */
  readonly alone: boolean;
  /** Attributes that the target has already. */
  readonly taken: readonly string[];
}

/** `customer_id` gives `customer`; the other side is `orders`, or `billing_address_orders` where there are several ways. */
export function relationshipNames(ends: RelationshipEnds): RelationshipNames {
  const { column, model, target, single, alone, taken } = ends;
  const stem = column.endsWith('_id') ? column.slice(0, -'_id'.length) : snakeOf(target ?? `parent_${model}`);
  // `from_id` cannot give `from`.
  const own = isKeyword(stem) ? `${stem}_${snakeOf(target ?? model)}` : stem;
  const snake = snakeOf(model);
  const many = single ? snake : pluralOf(snake);
  const tree = own === 'parent' ? (single ? 'child' : 'children') : `${own}_${many}`;
  const plain = target === null ? tree : many;
  const other = alone && !taken.includes(plain) ? plain : `${own}_${many}`;
  return { own, other };
}
