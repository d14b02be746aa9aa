/** What the files that run statements share, and the alternatives inside one statement. */
import type { Expression, Statement } from '../../python/syntax.ts';
import { forEachChoice } from './choices.ts';
import { fork } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Environment, Value } from './value.ts';

export interface Run {
  /** Everything but the environment, which is each path's own. */
  readonly evaluation: Evaluation;
  /** What `return` gave on each path. */
  readonly returned: Value[];
  readonly defineFunction: (
    run: Run,
    node: Statement & { readonly kind: 'function' },
    environment: Environment,
  ) => void;
  readonly defineClass: (
    run: Run,
    node: Statement & { readonly kind: 'class' },
    environment: Environment,
  ) => void;
  /** Runs statements one after the other on all paths that are left. */
  readonly block: (
    run: Run,
    paths: readonly Environment[],
    body: readonly Statement[],
  ) => readonly Environment[];
  /** Paths that left the pass through the innermost loop: by `continue`. */
  left: Environment[];
  /** Paths that left the loop itself: by `break`. */
  broken: Environment[];
}

/**
 * Evaluates for each combination of alternatives in one statement; each gives a path of its own. The given path goes
 * on as the first of them, since nearly all statements have only one: copies are what costs.
 */
export function alternatives(
  run: Run,
  path: Environment,
  act: (evaluation: Evaluation) => void,
): readonly Environment[] {
  const paths: Environment[] = [];
  let start: Environment | null = null;
  forEachChoice(choices => {
    const isFirst = paths.length === 0;
    const environment = isFirst ? path : fork(start ?? path);
    const choose = (count: number) => {
      if (isFirst && count > 1) start ??= fork(path);
      return choices.choose(count);
    };
    paths.push(environment);
    act({ ...run.evaluation, environment, choices: { ...choices, choose } });
  });
  return paths;
}

export function evaluated(run: Run, path: Environment, expression: Expression): readonly Environment[] {
  return alternatives(run, path, evaluation => void evaluation.evaluate(evaluation, expression));
}
