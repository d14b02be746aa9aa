/** Loops: unrolled over a few known elements, else followed once. */

import { boundTargets } from '../../python/scopes/targets.ts';
import type { Expression, For, Statement } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import { forget } from './assumptions.ts';
import { bindTarget, itemsValue } from './bind-target.ts';
import { FORM_LIMIT } from './choices.ts';
import { fork } from './environment.ts';
import { isSql } from './evaluate-operators.ts';
import { mergedPaths } from './paths.ts';
import { alternatives, type Run } from './run-state.ts';
import type { Environment } from './value.ts';
import { isPlain, PYTHON, type Value } from './value.ts';

export function runFor(run: Run, path: Environment, statement: For): readonly Environment[] {
  let iterable: Value = PYTHON;
  const paths = alternatives(run, path, evaluation => {
    iterable = evaluation.evaluate(evaluation, statement.iterable);
    evaluation.recorder?.used(iterable, statement.iterable);
  });
  const items = iterable as Value;
  if (items.kind === 'list' && !items.repeated && items.elements.length <= FORM_LIMIT) {
    let current = paths;
    const broken: Environment[] = [];
    for (const each of items.elements) {
      current = current.map(environment => {
        const copy = fork(environment);
        bindTarget({ ...run.evaluation, environment: copy }, statement.target, each.value);
        return copy;
      });
      const pass = loopOnce(run, current, statement.body);
      broken.push(...pass.broken);
      current = pass.ended;
    }
    return mergedPaths([...broken, ...run.block(run, current, statement.otherwise)], run.evaluation.recorder);
  }
  for (const environment of paths)
    bindTarget({ ...run.evaluation, environment }, statement.target, eachOf(items));
  return runLoop(run, paths, statement.body, statement.otherwise);
}

interface Pass {
  /** Paths that come to the end of the body, or to `continue`. */
  readonly ended: readonly Environment[];
  readonly broken: readonly Environment[];
}

function loopOnce(run: Run, paths: readonly Environment[], body: readonly Statement[]): Pass {
  const { left, broken } = run;
  run.left = [];
  run.broken = [];
  const ended = run.block(run, paths, body);
  const pass: Pass = {
    ended: mergedPaths([...ended, ...run.left], run.evaluation.recorder),
    broken: run.broken,
  };
  run.left = left;
  run.broken = broken;
  return pass;
}

/** What a list holds that was filled by one pass is what each pass finds in it. */
function eachOf(items: Value): Value {
  const only =
    items.kind === 'list' && items.repeated && items.elements.length === 1 ? items.elements[0] : null;
  return only?.value ?? itemsValue(items);
}

/** One pass, which stands for any number of them: what it adds to a statement or a list may be there several times. */
export function runLoop(
  run: Run,
  before: readonly Environment[],
  body: readonly Statement[],
  otherwise: readonly Statement[],
): readonly Environment[] {
  const bound = boundIn(body);
  const paths = before.map(each => betweenPasses(each, bound));
  const pass = loopOnce(run, paths, body);
  const after = mergedPaths([...pass.ended, ...pass.broken], run.evaluation.recorder);
  const entry = before[0];
  if (entry === undefined || after.length === 0) return run.block(run, before, otherwise);
  const changed = after.map(path => {
    const copy = fork(path);
    const lists = new Map<Value, Value>();
    for (const [name, value] of path.locals) {
      const old = entry.locals.get(name);
      if (old === undefined) continue;
      if (old === value) {
        // Passes take different ways: what this one left empty, another of the same loop may have filled.
        if (isEmptyList(old) && after.some(other => isFilledWithoutSql(other.locals.get(name))))
          copy.locals.set(name, ANY_LIST);
        continue;
      }
      const filled = lists.get(value) ?? filledList(old, value);
      lists.set(value, filled);
      copy.locals.set(name, filled);
    }
    return copy;
  });
  return run.block(run, mergedPaths(changed, run.evaluation.recorder), otherwise);
}

/** What is bound in the body may be anything that a pass before has made of it. */
function betweenPasses(path: Environment, bound: ReadonlySet<string>): Environment {
  const copy = fork(path);
  for (const name of bound) forget(copy, name);
  return copy;
}

function boundIn(body: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body)
    walkStatements(statement, each => {
      for (const target of targetsOf(each))
        for (const { name } of boundTargets(target, null)) names.add(name.id);
    });
  return names;
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assignment':
      return statement.targets;
    case 'augmented-assignment':
    case 'for':
      return [statement.target];
    default:
      return [];
  }
}

/** A list of parameters is a list of any length. */
function filledList(old: Value, value: Value): Value {
  if (value.kind !== 'list') return value;
  if (isPlainList(old) && isPlainList(value)) return ANY_LIST;
  return { ...value, repeated: true };
}

const ANY_LIST: Value = { kind: 'python', type: 'builtins.list' };

function isEmptyList(value: Value): boolean {
  return value.kind === 'list' && value.elements.length === 0;
}

/** Without a filter, a statement is one that is sent too: an empty list of SQL stays the form that it is. */
function isFilledWithoutSql(value: Value | undefined): boolean {
  return (
    value?.kind === 'list' && value.elements.length > 0 && !value.elements.some(each => isSql(each.value))
  );
}

function isPlainList(value: Value): boolean {
  if (value.kind === 'list')
    return value.elements.every(each => each.value.kind === 'constant' || isPlain(each.value));
  return value.kind === 'python' && value.type === 'builtins.list';
}
