/** `with_loader_criteria()`: the condition beside WHERE for what a SELECT lists, beside ON for what it joins. */
import { adapted, withFrom } from '../statements/adapt.ts';
import { conjunction } from '../statements/elements.ts';
import { fromsOfItem } from '../statements/from-elements.ts';
import type { Element, FromElement, LoaderCriterion, SelectNode, StatementNode } from '../statements/ir.ts';

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
    return [ofCriterion(withFrom(criterion.condition, criterion.from, from), criterion)];
  });
}

/** With the statements inside marked, for which the condition itself does not count. */
function ofCriterion(condition: Element, criterion: LoaderCriterion): Element {
  const marked = (statement: StatementNode): StatementNode => {
    if (statement.kind === 'compound') return { ...statement, selects: statement.selects.map(marked) };
    return statement.kind === 'select' ? { ...statement, ofCriterion: criterion } : statement;
  };
  return adapted(condition, { column: each => each, statement: marked });
}
