/** Where a file speaks of sessions and mapped objects. Functions that do not are not run. */
import type { FileEvaluation } from '../file-evaluation.ts';
import type { Value } from '../statements/value.ts';

const interesting: ReadonlySet<Value['kind']> = new Set(['session', 'session-factory', 'instance', 'result']);

const known = new WeakMap<FileEvaluation, readonly number[]>();

/** Offsets, once for each evaluation. */
export function interestingPlaces(evaluation: FileEvaluation): readonly number[] {
  const cached = known.get(evaluation);
  if (cached !== undefined) return cached;
  const places: number[] = [];
  for (const [expression, value] of evaluation.values)
    if (interesting.has(value.kind)) places.push(expression.start);
  known.set(evaluation, places);
  return places;
}
