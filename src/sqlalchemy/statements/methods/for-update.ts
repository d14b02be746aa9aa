/** `with_for_update(…)`: which rows are locked, and how. */
import { type Call, flag, unknownAt } from '../evaluation.ts';
import { fromsOf } from '../from-elements.ts';
import { fromOf } from '../from-values.ts';
import type { Element, ForUpdate, FromElement } from '../ir.ts';
import type { Value } from '../value.ts';

export function forUpdate(call: Call): ForUpdate {
  const of = call.arguments.keywords.get('of');
  const list = of === undefined ? [] : of.value.kind === 'list' ? of.value.elements : [of];
  const froms = list.map(each =>
    each.value.kind === 'element' ? lockedFroms(each.value.element) : fromsOfValue(each.value),
  );
  const detail = 'What the rows are locked of is not understood.';
  const missing = list.find((_, index) => froms[index]?.length === 0);
  return {
    read: flag(call, 'read'),
    keyShare: flag(call, 'key_share'),
    nowait: flag(call, 'nowait'),
    skipLocked: flag(call, 'skip_locked'),
    of: froms.flat(),
    unknown: missing === undefined ? null : unknownAt('unsupported-construct', detail, missing.at),
  };
}

/** `literal_column("t")` is the name of a table. */
function lockedFroms(element: Element): readonly FromElement[] {
  if (element.kind !== 'literal-column') return fromsOf(element);
  const text: Element = { kind: 'text', pieces: element.pieces ?? [element.text], at: element.at };
  return [{ kind: 'text-from', element: text, at: element.at }];
}

function fromsOfValue(value: Value): readonly FromElement[] {
  const from = fromOf(value);
  return from === null ? [] : [from];
}
