/** Loops: unrolled over a few known elements, else followed once; SQL that a pass changed is unknown afterwards. */
import type { For, Statement } from '../../python/syntax.ts';
import { bindTarget, itemsValue } from './bind-target.ts';
import { FORM_LIMIT } from './choices.ts';
import { fork } from './environment.ts';
import { isSql } from './evaluate-operators.ts';
import { unknownAt } from './evaluation.ts';
import { mergedPaths } from './paths.ts';
import { givenUp } from './recorder.ts';
import { alternatives, type Run } from './run-state.ts';
import type { Environment } from './value.ts';
import { isPlain, PYTHON, unknownSql, type Value } from './value.ts';

export function runFor(run: Run, path: Environment, statement: For): readonly Environment[] {
  let iterable: Value = PYTHON;
  const paths = alternatives(run, path, evaluation => {
    iterable = evaluation.evaluate(evaluation, statement.iterable);
    evaluation.recorder?.used(iterable, statement.iterable);
  });
  const items = iterable as Value;
  if (items.kind === 'list' && items.elements.length <= FORM_LIMIT) {
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
    bindTarget({ ...run.evaluation, environment }, statement.target, itemsValue(items));
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

/** One pass; SQL that the pass changed depends on how often the loop ran. */
export function runLoop(
  run: Run,
  before: readonly Environment[],
  body: readonly Statement[],
  otherwise: readonly Statement[],
): readonly Environment[] {
  const pass = loopOnce(run, before.map(fork), body);
  const after = mergedPaths([...pass.ended, ...pass.broken], run.evaluation.recorder);
  const entry = before[0];
  if (entry === undefined || after.length === 0) return run.block(run, before, otherwise);
  const changed = after.map(path => {
    const copy = fork(path);
    for (const [name, value] of path.locals) {
      const old = entry.locals.get(name);
      if (old !== undefined && old !== value && (isRelevant(old) || isRelevant(value))) {
        copy.locals.set(name, afterLoop(run, name, old, value));
      }
    }
    return copy;
  });
  return run.block(run, mergedPaths(changed, run.evaluation.recorder), otherwise);
}

/** A statement stays one, so that its use is still a fact, and a list of parameters a list; anything else is unknown. */
function afterLoop(run: Run, name: string, old: Value, value: Value): Value {
  if (isPlainList(old) && isPlainList(value)) return { kind: 'python', type: 'builtins.list' };
  const unknown = unknownAt('dynamic-arguments', `“${name}” is put together in a loop.`, null);
  return value.kind === 'statement'
    ? givenUp(value, unknown, [value, old], run.evaluation.recorder)
    : unknownSql(unknown);
}

function isPlainList(value: Value): boolean {
  if (value.kind === 'list')
    return value.elements.every(each => each.value.kind === 'constant' || isPlain(each.value));
  return value.kind === 'python' && value.type === 'builtins.list';
}

function isRelevant(value: Value): boolean {
  return (
    isSql(value) ||
    value.kind === 'list' ||
    value.kind === 'dict' ||
    value.kind === 'from' ||
    value.kind === 'entity'
  );
}
