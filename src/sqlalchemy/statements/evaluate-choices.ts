/** `and`, `or`, `not` and `a if x else b`: Python keeps one of the values, and which one is not always known. */
import type { Conditional, Expression } from '../../python/syntax.ts';
import { isSql } from './evaluate-operators.ts';
import { type Evaluation, locationOf, unknownAt } from './evaluation.ts';
import { pythonTruth, REFUSED_TRUTH } from './python-truth.ts';
import { knownTruth } from './truth.ts';
import { isNone, PYTHON, unknownSql, type Value } from './value.ts';

export function evaluateBoolean(
  evaluation: Evaluation,
  expression: Expression & { readonly kind: 'boolean' },
): Value {
  const values = expression.values.map(each => evaluation.evaluate(evaluation, each));
  const kept: Value[] = [];
  for (const [index, value] of values.entries()) {
    const isLast = index === values.length - 1;
    const truth = isLast ? null : pythonTruth(value);
    const part = expression.values[index];
    if (truth === 'refused' && part !== undefined) return refused(evaluation, part);
    if (truth === (expression.operator === 'and')) continue;
    kept.push(value);
    if (truth !== null) break;
  }
  return choose(evaluation, kept);
}

function refused(evaluation: Evaluation, expression: Expression): Value {
  return unknownSql(unknownAt('unsupported-construct', REFUSED_TRUTH, locationOf(evaluation, expression)));
}

export function evaluateConditional(evaluation: Evaluation, expression: Conditional): Value {
  evaluation.evaluate(evaluation, expression.test);
  const truth = knownTruth(evaluation, expression.test);
  const then = evaluation.evaluate(evaluation, expression.then);
  const otherwise = evaluation.evaluate(evaluation, expression.otherwise);
  if (truth !== null) return truth ? then : otherwise;
  return choose(evaluation, [then, otherwise]);
}

const relevantKinds: ReadonlySet<Value['kind']> = new Set(['entity', 'from', 'list', 'columns', 'loader']);

/** `desc if descending else asc`, and the methods of a column. */
function makesSql(value: Value): boolean {
  if (value.kind === 'method') return isSql(value.receiver);
  return value.kind === 'library' && !value.name.includes('.');
}

/** One of several values; those that are no SQL count as one, and are left out beside SQL unless they are conditions. */
function choose(evaluation: Evaluation, values: readonly Value[]): Value {
  const isNothing = (value: Value) => value.kind === 'python' || isNone(value);
  const distinct = [...new Set(values.filter(each => !isNothing(each)))];
  const relevant = distinct.filter(each => isSql(each) || relevantKinds.has(each.kind) || makesSql(each));
  const [only] = distinct;
  if (relevant.length === 0) return distinct.length === 1 && only !== undefined ? only : PYTHON;
  const conditions = distinct.filter(each => each.kind === 'constant' && typeof each.value === 'boolean');
  const all = [...relevant, ...conditions];
  return all[evaluation.choices.choose(all.length)] ?? PYTHON;
}
