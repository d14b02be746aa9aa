/** Dictionaries of plain values that functions of the workspace give: `filter_by(**self._scope())`. */
import { FORM_LIMIT } from './choices.ts';
import type { Evaluation } from './evaluation.ts';
import type { DictValue, PythonValue, Value } from './value.ts';

/** What a function gives that ends with one dictionary or another, all of whose keys are known; null for anything else. */
export function givenDictionary(returned: readonly Value[]): PythonValue | null {
  const dictionaries = [...new Set(returned)].filter(each => each.kind === 'dict');
  const isKnown = dictionaries.length === new Set(returned).size && dictionaries.every(hasNames);
  if (!isKnown || dictionaries.length === 0 || dictionaries.length > FORM_LIMIT) return null;
  return { kind: 'python', type: 'builtins.dict', dictionaries };
}

function hasNames({ entries }: DictValue): boolean {
  return entries.every(({ key: { value } }) => value.kind === 'constant' && typeof value.value === 'string');
}

/** The dictionary that is unpacked here, one of those that a function may give; null where it is not known. */
export function dictionaryOf({ choices }: Evaluation, value: Value): DictValue | null {
  if (value.kind === 'dict') return value;
  const given = dictionariesOf(value);
  return given.length < 2 ? (given[0] ?? null) : (given[choices.choose(given.length)] ?? null);
}

export function dictionariesOf(value: Value): readonly DictValue[] {
  return value.kind === 'python' ? (value.dictionaries ?? []) : [];
}
