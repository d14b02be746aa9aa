/** What a parameter is where no call says it: by its annotation, its default, or what a framework gives for it. */
import type { Expression, Parameter } from '../../python/syntax.ts';
import { valueOfAnnotation } from './annotations.ts';
import { accessesDatabase, injectedValue } from './database-access.ts';
import { createEnvironment } from './environment.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { PYTHON, type Value } from './value.ts';

/** Without an annotation, whatever the caller gives. */
export function valueOfParameter(evaluation: Evaluation, parameter: Parameter): Value {
  if (parameter.kind === 'var-positional' || parameter.kind === 'var-keyword') {
    const annotated =
      parameter.annotation === null
        ? null
        : valueOfAnnotation(evaluation, parameter.annotation, evaluation.file);
    const detail = `*${parameter.name.id} is given by the caller.`;
    const unknown = unknownAt('from-caller', detail, null);
    return { kind: 'unknown', unknown, sql: annotated !== null && annotated.kind !== 'python' };
  }
  if (parameter.annotation !== null)
    return valueOfAnnotation(evaluation, parameter.annotation, evaluation.file);
  if (parameter.default !== null && parameter.default.kind !== 'call')
    return defaultValue(evaluation, parameter.default) ?? PYTHON;
  const injected = parameter.default && injectedValue(evaluation, parameter.default);
  if (injected) return injected;
  return {
    kind: 'unknown',
    unknown: unknownAt('from-caller', `${parameter.name.id} is given by the caller.`, null),
    sql: false,
  };
}

/** `model=User`, `factory=SessionLocal`: what callers may leave out is what the function is written for. */
function defaultValue(evaluation: Evaluation, written: Expression): Value | null {
  if (written.kind !== 'name' && written.kind !== 'attribute') return null;
  const outside = { ...evaluation, environment: createEnvironment(null) };
  const value = evaluation.evaluate(outside, written);
  return value.kind === 'entity' || accessesDatabase(value) ? value : null;
}
