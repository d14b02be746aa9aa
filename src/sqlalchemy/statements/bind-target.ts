/** Assignment to names, and through tuples to the names in them. */
import type { Expression } from '../../python/syntax.ts';
import { assumeConstant, forget } from './assumptions.ts';
import { isSql } from './evaluate-operators.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { PYTHON, unknownSql, type Value } from './value.ts';

/** What a loop over a value gives. */
export function itemsValue(iterable: Value): Value {
  if (iterable.kind === 'result')
    return iterable.result === 'scalars' && iterable.model !== null
      ? { kind: 'instance', model: iterable.model }
      : PYTHON;
  if (iterable.kind === 'unknown' && iterable.sql) return iterable;
  if (iterable.kind === 'list') {
    const sql = iterable.elements.some(each => isSql(each.value) || each.value.kind === 'entity');
    if (sql)
      return unknownSql(
        unknownAt('dynamic-arguments', 'Which element this is is only known while the program runs.', null),
      );
  }
  return PYTHON;
}

/** Assigns to names, and through tuples to the names in them. */
export function bindTarget(evaluation: Evaluation, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      bindName(evaluation, target.id, value);
      evaluation.recorder?.seen(target, value);
      return;
    case 'tuple':
    case 'list':
      for (const [index, each] of target.elements.entries()) {
        const name = each.kind === 'starred' ? each.value : each;
        bindTarget(evaluation, name, unpackedPart(value, target.elements, index));
      }
      return;
    default:
      evaluation.evaluate(evaluation, target);
  }
}

/** What the target at the index gets of a value: `first, *rest = columns`. */
function unpackedPart(value: Value, targets: readonly Expression[], index: number): Value {
  const star = targets.findIndex(each => each.kind === 'starred');
  if (value.kind !== 'list') return index !== star && isSql(value) ? value : PYTHON;
  if (star < 0 || index < star) return value.elements[index]?.value ?? PYTHON;
  // How many there are is not known: nothing says which of them stands at the end.
  if (value.repeated) return index === star ? { ...value } : PYTHON;
  const end = value.elements.length - (targets.length - 1 - star);
  if (index > star) return value.elements[end + index - star - 1]?.value ?? PYTHON;
  return { kind: 'list', elements: value.elements.slice(star, Math.max(star, end)) };
}

/** A constant of a function that is looked into decides its tests; where code is read for itself, each branch counts. */
export function bindName({ environment, recorder }: Evaluation, name: string, value: Value): void {
  forget(environment, name);
  environment.locals.set(name, value);
  if (recorder === null && value.kind === 'constant') assumeConstant(environment, name, value);
}
