/** Joins paths that agree on all SQL, and keeps a sample of those that are too many. */
import { FORM_LIMIT } from './choices.ts';
import { fork } from './environment.ts';
import { dictionariesOf } from './given-dictionaries.ts';
import type { Recorder } from './recorder.ts';
import { startsStatement } from './sql-words.ts';
import {
  type ConstantValue,
  type Environment,
  isNone,
  PYTHON,
  type PythonValue,
  type Value,
} from './value.ts';

export function mergedPaths(
  paths: readonly Environment[],
  recorder: Recorder | null,
): readonly Environment[] {
  if (paths.length < 2) return paths;
  const merged: Environment[] = [];
  for (const path of paths) {
    const index = merged.findIndex(each => agree(each, path));
    const same = merged[index];
    if (same === undefined) merged.push(path);
    else if (same !== path) merged[index] = joinedPath(same, path);
  }
  return merged.length <= FORM_LIMIT ? merged : sampled(merged, recorder);
}

/**
 * Some of too many paths, spread so that of each branch taken on the way both outcomes are among them: halves of the
 * list differ in the last branch, quarters in the one before.
 */
function sampled(paths: readonly Environment[], recorder: Recorder | null): readonly Environment[] {
  const stride = paths.length / FORM_LIMIT;
  const indices = Array.from({ length: FORM_LIMIT }, (_, index) =>
    Math.floor(index * stride + (index % 2 === 0 ? 0 : stride / 2)),
  );
  const kept = indices.flatMap(index => paths[index] ?? []);
  const values = new Set(kept.flatMap(path => [...path.locals.values()]));
  for (const path of paths) {
    for (const value of kept.includes(path) ? [] : path.locals.values())
      if (value.kind === 'statement' && !values.has(value)) recorder?.consumed(value);
  }
  return kept;
}

/** Values that decide about the SQL; all others may differ between joined paths. */
function isRelevant(value: Value | undefined): boolean {
  if (value === undefined) return false;
  switch (value.kind) {
    case 'python':
    case 'constant':
      return isSqlText(value);
    case 'instance':
    case 'result':
    case 'session':
    case 'connection':
    case 'engine':
    case 'driver':
    case 'session-factory':
    case 'function':
    case 'lambda':
    case 'object':
    case 'method':
      return false;
    case 'unknown':
      return value.sql;
    case 'list':
      return value.elements.length === 0 || value.elements.some(each => isRelevant(each.value));
    case 'dict':
      return true;
    default:
      return true;
  }
}

/** Text that may be sent as a statement. */
function isSqlText(value: PythonValue | ConstantValue): boolean {
  const first = value.kind === 'constant' ? value.value : value.parts?.[0];
  const text = typeof first === 'object' && first?.kind === 'text' ? first.text : first;
  return typeof text === 'string' && startsStatement(text);
}

function agree(one: Environment, two: Environment): boolean {
  if (one.locals.isSameAs(two.locals)) return true;
  return one.locals.every((name, value) => {
    const other = two.locals.get(name);
    const differ = value !== other && other !== undefined && (isRelevant(value) || isRelevant(other));
    return !differ || sameUnknown(value, other) || sameText(value, other);
  });
}

function sameText(one: Value, two: Value): boolean {
  return one.kind === 'constant' && two.kind === 'constant' && one.value === two.value;
}

function sameUnknown(one: Value, two: Value): boolean {
  return one.kind === 'unknown' && two.kind === 'unknown' && one.unknown.reason === two.unknown.reason;
}

function joinedPath(one: Environment, two: Environment): Environment {
  const path = fork(one);
  for (const [name, value] of two.locals) {
    const other = one.locals.get(name);
    if (other === undefined) path.locals.set(name, value);
    else if (other !== value) path.locals.set(name, joinedValue(other, value));
  }
  for (const [text, outcome] of one.assumed) if (two.assumed.get(text) !== outcome) path.assumed.delete(text);
  return path;
}

/** An object or None is that object to all who use it. */
function joinedValue(one: Value, two: Value): Value {
  if (isRelevant(one)) return one;
  if (one.kind === 'list' && two.kind === 'list') return { kind: 'python', type: 'builtins.list' };
  const holdsDictionaries = dictionariesOf(one).length + dictionariesOf(two).length > 0;
  if (one.kind === two.kind && one.kind !== 'constant') return holdsDictionaries ? PYTHON : one;
  if (isNone(one)) return two.kind === 'constant' ? PYTHON : two;
  return isNone(two) && one.kind !== 'constant' ? one : PYTHON;
}
