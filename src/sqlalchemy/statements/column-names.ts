/** The names under which a SELECT lists its columns: SQLAlchemy's `_generate_columns_plus_names`. */
import { identityOf } from './column-identity.ts';
import { anonymous, extended, nameKey, numbered } from './identifiers.ts';
import type { Element, Identifier } from './ir.ts';
import { keyOf, nonAnonymousLabel, tableLabelOf } from './natural-labels.ts';

export interface NamedColumn {
  readonly element: Element;
  /** A label that must be printed. */
  readonly required: Identifier | null;
  /** The label to print where the expression has no name of its own. */
  readonly fallback: Identifier | null;
  /** Its name seen from outside, as a column of a subquery. */
  readonly proxyName: Identifier;
  /** Its key in `.c`; null for an expression without a name. */
  readonly key: string | null;
  readonly repeated: boolean;
}

/** With its own name, whatever others there are. */
export function unlabelledColumn(element: Element): NamedColumn {
  const fallback = nonAnonymousLabel(element) ?? anonymousLabel(element);
  return { element, required: null, fallback, proxyName: fallback, key: keyOf(element), repeated: false };
}

export function namedColumns(elements: readonly Element[], tableLabels: boolean): readonly NamedColumn[] {
  const names = new Map<string | object, object>();
  const keys = new Set<string>();
  let dedupe = 1;
  return elements.map(element => {
    const identity = identityOf(element);
    let required: Identifier | null = null;
    let repeated = false;
    let natural: Identifier | null = null;
    let effective = tableLabels ? tableLabelOf(element) : nonAnonymousLabel(element);
    let fallback: Identifier | null = effective;
    if (tableLabels) required = effective;
    if (effective === null) {
      fallback = anonymousLabel(element);
      repeated = names.has(nameKey(fallback));
      names.set(nameKey(fallback), identity);
      if (repeated) fallback = repeatedLabel(element, tableLabels, dedupe++);
    } else if (!names.has(nameKey(effective))) {
      names.set(nameKey(effective), identity);
    } else if (names.get(nameKey(effective)) !== identity) {
      effective = numbered(identity, effective);
      if (names.has(nameKey(effective))) {
        natural = effective;
        effective = repeatedLabel(element, tableLabels, dedupe++);
        repeated = true;
      } else {
        names.set(nameKey(effective), identity);
      }
      required = effective;
      fallback = effective;
    } else {
      natural = effective;
      required = repeatedLabel(element, tableLabels, dedupe++);
      fallback = required;
      repeated = true;
    }
    const own = element.kind === 'column' ? element.name : (fallback ?? anonymousLabel(element));
    return {
      element,
      required,
      fallback,
      // Seen from outside, a column that is listed twice is the same one twice.
      proxyName: natural ?? required ?? own,
      key: uniqueKey(keys, keyOf(element)),
      repeated,
    };
  });
}

function uniqueKey(keys: Set<string>, key: string | null): string | null {
  if (key === null) return null;
  let unique = key;
  for (let number = 1; keys.has(unique); number += 1) unique = `${key}_${number}`;
  keys.add(unique);
  return unique;
}

/** What a label is made from where an expression needs one: a function's name, a cast column's, or `anon`. */
export function anonymousLabel(element: Element): Identifier {
  switch (element.kind) {
    case 'column':
      return numbered(identityOf(element), element.name);
    case 'label':
      return element.name;
    case 'function':
      return anonymous(element, element.name);
    case 'next-value':
      return anonymous(element, 'next_value');
    case 'within-group':
      return anonymous(element, element.element.kind === 'function' ? element.element.name : 'anon');
    case 'cast':
    case 'type-coerce':
    case 'as-boolean': {
      const inner = element.element;
      return nonAnonymousLabel(inner) ?? anonymousLabel(inner);
    }
    default:
      return anonymous(element, 'anon');
  }
}

/** The name of what is inside of a CAST and its kin. */
function wrappedName(element: Element): Identifier | null {
  switch (element.kind) {
    case 'cast':
    case 'type-coerce':
    case 'as-boolean':
      return nonAnonymousLabel(element.element);
    default:
      return null;
  }
}

const repeatIdentities = new WeakMap<object, Map<number, object>>();

function repeatedLabel(element: Element, tableLabels: boolean, index: number): Identifier {
  const wrapped = wrappedName(element);
  if (wrapped !== null && !tableLabels) return numbered(identityOf(element), extended(wrapped, '_'));
  const natural = element.kind === 'function' ? element.name : nonAnonymousLabel(element);
  const seed = tableLabels || natural === null ? (tableLabelOf(element) ?? 'anon') : natural;
  const identity = identityOf(element);
  const byIndex = repeatIdentities.get(identity) ?? new Map<number, object>();
  repeatIdentities.set(identity, byIndex);
  const own = byIndex.get(index) ?? {};
  byIndex.set(index, own);
  return numbered(own, extended(seed, '_'));
}
