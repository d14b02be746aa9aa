/** A legacy Query over the rows of a UNION: what it lists and compares are columns of the subquery (`_from_selectable`). */
import { type Adaptation, adapted } from '../statements/adapt.ts';
import { type Inside, insideOfUnion, itemInside } from '../statements/columns.ts';
import { firstSelect } from '../statements/elements.ts';
import { fromsOfItem } from '../statements/from-elements.ts';
import type { Element, JoinStep, SelectItem, SelectNode } from '../statements/ir.ts';
import { ordered } from './wrapped-select.ts';

/** The same SELECT with the subquery's columns written out. */
export function adaptedSelect(select: SelectNode): SelectNode {
  const { adapts } = select;
  const first = adapts === undefined ? null : firstSelect(adapts.statement);
  const inside = adapts === undefined ? null : insideOfUnion(adapts);
  if (adapts === undefined || first === null || inside === null) return select;
  const own = new Set(first.items.flatMap(fromsOfItem));
  const change: Adaptation = {
    column: each => inside(each) ?? each,
    from: each => (own.has(each) ? adapts : each),
  };
  const adapt = (element: Element) => inside(element) ?? adapted(element, change);
  const { adapts: _, ...rest } = select;
  return {
    ...rest,
    items: select.items.flatMap(item => adaptedItem(item, inside, adapt)),
    froms: [adapts, ...select.froms],
    joins: select.joins.map(
      (step): JoinStep => ({
        ...step,
        left: step.left !== null && own.has(step.left) ? adapts : step.left,
        on: step.on && adapt(step.on),
        secondary: step.secondary && { ...step.secondary, on: adapt(step.secondary.on) },
      }),
    ),
    where: select.where.map(adapt),
    having: select.having.map(adapt),
    groupBy: select.groupBy.map(adapt),
    distinctOn: select.distinctOn.map(adapt),
    orderBy: select.orderBy.map(each => ordered(each, first, adapts, inside)),
  };
}

/** As it is where it is not of the subquery: what is loaded by a join. */
function adaptedItem(
  item: SelectItem,
  inside: Inside,
  adapt: (element: Element) => Element,
): readonly SelectItem[] {
  const known = itemInside(item, inside);
  if (known === null) return [item.kind === 'element' ? { ...item, element: adapt(item.element) } : item];
  return known.map(element => ({ kind: 'element', element: { ...element, at: item.at }, at: item.at }));
}
