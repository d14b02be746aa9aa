/** Which columns are the same one, wherever an expression has a copy of it. */
import type { Element, FromElement, Identifier } from './ir.ts';

interface SameColumn {
  readonly name: Identifier;
}

const known = new WeakMap<FromElement, Map<string, SameColumn[]>>();

/** One object for columns that are equal by FROM element, key and name; anything else is only equal to itself. */
export function identityOf(element: Element): object {
  if (element.kind !== 'column' || element.from === null) return element;
  const byKey = known.get(element.from) ?? new Map<string, SameColumn[]>();
  known.set(element.from, byKey);
  const same = byKey.get(element.key) ?? [];
  byKey.set(element.key, same);
  const found = same.find(each => each.name === element.name);
  if (found !== undefined) return found;
  const made = { name: element.name };
  same.push(made);
  return made;
}
