/** What `itertools` and `more_itertools` make of lists of SQL. */
import { firstPart } from '../../../base/dotted-name.ts';
import { type Call, unknownAt } from '../evaluation.ts';
import { joinedLists, type ListValue, type Located, unknownValue, type Value } from '../value.ts';

/** Null for names of other libraries. */
export function itertoolsCall(call: Call, name: string): Value | null {
  const library = firstPart(name);
  if (library !== 'itertools' && library !== 'more_itertools') return null;
  const { positional, open } = call.arguments;
  const [first] = positional;
  const unknown = unknownValue(unknownAt('from-library', 'The result of this call is not known.', call.at));
  if (first?.value.kind !== 'list' || open !== null) return unknown;
  switch (name.slice(library.length + 1)) {
    case 'batched':
    case 'chunked':
      return batches(first, first.value);
    case 'chain':
      return chained(positional) ?? unknown;
    case 'chain.from_iterable':
      return chained(first.value.elements) ?? unknown;
    default:
      return unknown;
  }
}

/** Each batch is a list that is filled as the whole one is. */
function batches(given: Located, list: ListValue): ListValue {
  return { kind: 'list', elements: [{ ...given, value: { ...list, repeated: true } }], repeated: true };
}

function chained(parts: readonly Located[]): ListValue | null {
  const lists = parts.flatMap(({ value }) => (value.kind === 'list' ? [value] : []));
  return lists.length === parts.length ? lists.reduce(joinedLists, { kind: 'list', elements: [] }) : null;
}
