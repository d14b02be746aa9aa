/** `with_loader_criteria()`: the condition beside WHERE for what a SELECT lists, beside ON for what it joins. */
import { withFrom } from '../statements/adapt.ts';
import { conjunction } from '../statements/elements.ts';
import { fromsOfItem } from '../statements/from-elements.ts';
import type { Element, FromElement, LoaderCriterion, SelectNode } from '../statements/ir.ts';

/** The same SELECT with the conditions written out; `eager` are aliases made for loading, which always take part. */
export function withCriteria(
  select: SelectNode,
  criteria: readonly LoaderCriterion[],
  eager: ReadonlySet<FromElement>,
): SelectNode {
  if (criteria.length === 0) return select;
  const joined = new Set(select.joins.map(step => step.right));
  const listed = new Set([...select.froms, ...select.items.flatMap(fromsOfItem)]);
  const where = [...listed]
    .filter(from => !joined.has(from))
    .flatMap(from => conditionsOn(from, criteria, eager));
  return {
    ...select,
    joins: select.joins.map(step => ({
      ...step,
      criteria: [...conditionsOn(step.right, criteria, eager), ...(step.criteria ?? [])],
    })),
    where: where.length === 0 ? select.where : [...select.where, conjunction('and', where, null)],
  };
}

function conditionsOn(
  from: FromElement,
  criteria: readonly LoaderCriterion[],
  eager: ReadonlySet<FromElement>,
): readonly Element[] {
  return criteria.flatMap(criterion => {
    const isOwn = from === criterion.from;
    const isAlias = from.kind === 'alias' && from.of === criterion.from;
    if (!isOwn && !(isAlias && (criterion.aliases || eager.has(from)))) return [];
    return [withFrom(criterion.condition, criterion.from, from)];
  });
}
