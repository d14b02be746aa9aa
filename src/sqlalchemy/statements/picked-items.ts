/** What a program picks out of a list or dictionary of SQL as it runs: a form for each, where they are few. */
import type { SourceLocation } from '../model.ts';
import { FORM_LIMIT } from './choices.ts';
import { isSql } from './evaluate-operators.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { entryOf } from './mutations.ts';
import { type DictValue, type ListValue, type Located, PYTHON, unknownSql, type Value } from './value.ts';

/** `columns[index]`. */
export function pickedElement(
  evaluation: Evaluation,
  { elements, repeated }: ListValue,
  { value: index }: Located,
  at: SourceLocation,
): Value {
  // Each pass of a loop has filled it alike.
  if (repeated && elements.length === 1) return elements[0]?.value ?? PYTHON;
  if (index.kind === 'constant' && typeof index.value === 'number')
    return elements.at(index.value)?.value ?? PYTHON;
  const values = elements.map(each => each.value);
  if (!values.some(isSql)) return PYTHON;
  return (
    oneOf(evaluation, values) ??
    unknownSql(unknownAt('dynamic-attribute', 'The element is picked while the program runs.', at))
  );
}

/** `columns[key]`, `columns.get(key, fallback)`. */
export function pickedEntry(
  evaluation: Evaluation,
  entries: DictValue,
  key: Value | undefined,
  fallback: Value | undefined,
  at: SourceLocation,
): Value {
  const found = key === undefined ? undefined : entryOf(entries, key)?.value;
  if (found !== undefined) return found;
  const values = entries.entries.map(each => each.value.value);
  if (!values.some(each => isPiece(each) || isPieces(each)))
    return oneText(fallback === undefined ? values : [...values, fallback]);
  const known = key?.kind === 'constant' ? [] : values;
  return (
    oneOf(evaluation, fallback !== undefined && isPieces(fallback) ? [...known, fallback] : known) ??
    unknownSql(unknownAt('dynamic-attribute', 'The entry is picked while the program runs.', at))
  );
}

/** Which of the strings it is makes no form of its own: most are values, and no part of the SQL. */
function oneText(values: readonly Value[]): Value {
  const among = values.flatMap(each =>
    each.kind === 'constant' && typeof each.value === 'string' ? [each.value] : [],
  );
  const isText = among.length > 0 && among.length === values.length;
  return isText ? { kind: 'python', type: 'builtins.str', among } : PYTHON;
}

export function isPiece(value: Value): boolean {
  return isSql(value) || value.kind === 'entity' || value.kind === 'from';
}

/** Or a list of nothing else: `{"name": [User.name, User.id], …}`. */
function isPieces(value: Value): boolean {
  if (value.kind !== 'list') return isPiece(value) && value.kind !== 'unknown';
  return value.elements.length > 0 && value.elements.every(each => isPieces(each.value));
}

function oneOf({ choices }: Evaluation, values: readonly Value[]): Value | null {
  const distinct = [...new Set(values)];
  const isKnown = distinct.every(isPieces);
  if (!isKnown || distinct.length > FORM_LIMIT) return null;
  if (distinct.length < 2) return distinct[0] ?? null;
  const chosen = distinct[choices.choose(distinct.length)];
  return chosen?.kind === 'entity' ? { ...chosen, picked: true } : (chosen ?? null);
}
