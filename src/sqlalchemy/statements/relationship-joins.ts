/** How a relationship joins two FROM elements. */
import { columnNamed } from './columns.ts';
import { conjunction, equals } from './elements.ts';
import type { Evaluation } from './evaluation.ts';
import type { Element, FromElement } from './ir.ts';

export interface JoinConditions {
  /** Between parent and target, or between association table and target. Null where it cannot be worked out. */
  readonly on: Element | null;
  /** Between parent and association table. */
  readonly secondary: Element | null;
}

/** How a relationship joins two FROM elements, with the association table's in between where there is one. */
export function joinConditions(
  evaluation: Evaluation,
  model: Parameters<Evaluation['linked']['joinOf']>[0],
  relationship: string,
  parent: FromElement,
  target: FromElement,
  secondary: FromElement | null,
): JoinConditions {
  const join = evaluation.linked.joinOf(model, relationship);
  if (join === null || (join.custom !== null && join.pairs.length === 0))
    return { on: null, secondary: null };
  const attribute = model.attributes.find(each => each.name === relationship);
  const direction = attribute?.kind === 'relationship' ? attribute.direction : null;
  if (join.secondary === null) {
    // The referenced column stands on the left, as in the condition that SQLAlchemy derives from a foreign key.
    const referencedLeft = direction !== 'many-to-one';
    return { on: pairsEqual(parent, target, join.pairs, referencedLeft), secondary: null };
  }
  if (secondary === null) return { on: null, secondary: null };
  const second = join.secondary.pairs.map(pair => ({ local: pair.local, remote: pair.remote }));
  return {
    secondary: pairsEqual(parent, secondary, join.pairs, true),
    on: pairsEqual(secondary, target, second, false),
  };
}

type Pairs = readonly {
  readonly local: { readonly column: string };
  readonly remote: { readonly column: string };
}[];

function pairsEqual(
  local: FromElement,
  remote: FromElement,
  pairs: Pairs,
  localFirst: boolean,
): Element | null {
  const conditions = pairs.map(pair => {
    const one = columnNamed(local, pair.local.column);
    const two = columnNamed(remote, pair.remote.column);
    if (one === null || two === null) return null;
    return localFirst ? equals(one, two, null) : equals(two, one, null);
  });
  const known = conditions.filter(each => each !== null);
  return known.length === conditions.length && known.length > 0 ? conjunction('and', known, null) : null;
}
