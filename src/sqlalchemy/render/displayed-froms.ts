/** Which FROM elements of a SELECT print in it, and which in the statements around it: correlation. */
import { fromsOfFrom } from '../statements/from-elements.ts';
import type { FromElement, SelectNode } from '../statements/ir.ts';
import type { Frame, Place, Rendering } from './rendering.ts';
import { fromsOfSelect } from './select-froms.ts';

/** `SelectState._get_display_froms`; null where correlation leaves nothing. */
export function displayedFroms(
  rendering: Rendering,
  select: SelectNode,
  froms: readonly FromElement[],
  place: Place,
): readonly FromElement[] | null {
  const outer: Pick<Frame, 'correlatable' | 'asFrom'> = rendering.stack.at(-1) ?? {
    correlatable: new Set(),
    asFrom: new Set(),
  };
  const inFrom = place.asFrom && !place.lateral;
  const explicit = new Set([...outer.correlatable].filter(from => !inFrom || !outer.asFrom.has(from)));
  if (select.correlate !== null) {
    const { except, froms: named } = select.correlate;
    return froms.filter(from => !(explicit.has(from) && named.includes(from) !== except));
  }
  if (inFrom || froms.length <= 1) return froms;
  const kept = froms.filter(from => !outer.asFrom.has(from));
  return kept.length === 0 && froms.length > 0 ? null : kept;
}

/** Those that print in an enclosing statement. */
export function correlatedFroms(
  rendering: Rendering,
  select: SelectNode,
  place: Place,
): ReadonlySet<FromElement> {
  const read = rendering.stack.length === 0 ? { froms: [] } : fromsOfSelect(select);
  if ('unknown' in read) return new Set();
  const shown = new Set(displayedFroms(rendering, select, read.froms, place));
  return new Set(read.froms.filter(from => !shown.has(from)).flatMap(fromsOfFrom));
}
