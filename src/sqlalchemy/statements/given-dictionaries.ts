/** Dictionaries of plain values that functions of the workspace give: `filter_by(**self._scope())`. */
import { FORM_LIMIT } from './choices.ts';
import type { Evaluation } from './evaluation.ts';
import type { DictValue, PythonValue, Value } from './value.ts';

/**
 * What a function gives that ends with one dictionary or another, all of whose keys are known; null for anything else.
 * One that knows the class may give a key for others alone.
 */
export function givenDictionary(returned: readonly Value[], knowsClass: boolean): PythonValue | null {
  const dictionaries = [...new Set(returned)].filter(each => each.kind === 'dict');
  const isKnown = dictionaries.length === new Set(returned).size && dictionaries.every(hasNames);
  if (!isKnown || dictionaries.length === 0 || dictionaries.length > FORM_LIMIT) return null;
  return { kind: 'python', type: 'builtins.dict', dictionaries, ...(knowsClass && { ofClass: true }) };
}

function hasNames({ entries }: DictValue): boolean {
  return entries.every(({ key: { value } }) => value.kind === 'constant' && typeof value.value === 'string');
}

/** The dictionary that is unpacked here, one of those that a function may give; null where it is not known. */
export function dictionaryOf({ choices }: Evaluation, value: Value): DictValue | null {
  if (value.kind === 'dict') return value;
  const given = dictionariesOf(value);
  if (given.length < 2) return given[0] ?? null;
  const chosen = given[choices.choose(given.length)];
  if (chosen === undefined || value.kind !== 'python' || !value.ofClass) return chosen ?? null;
  return { kind: 'dict', entries: chosen.entries.map(each => inSome(each, given)) };
}

type Entry = DictValue['entries'][number];

/** Marked where some of the dictionaries lack its key. */
function inSome(entry: Entry, dictionaries: readonly DictValue[]): Entry {
  const isSame = (other: Entry) => nameOf(other) === nameOf(entry);
  if (dictionaries.every(({ entries }) => entries.some(isSame))) return entry;
  return { ...entry, value: { ...entry.value, sometimes: true } };
}

function nameOf({ key: { value } }: Entry): unknown {
  return value.kind === 'constant' ? value.value : null;
}

export function dictionariesOf(value: Value): readonly DictValue[] {
  return value.kind === 'python' ? (value.dictionaries ?? []) : [];
}
