/** Mapped classes and tables as values. */
import type { Model } from '../model.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { PYTHON, type Value } from './value.ts';

export function entityOf(evaluation: Evaluation, model: Model): Value {
  const from = evaluation.tables.selectable(model);
  if (from === null) {
    return {
      kind: 'unknown',
      unknown: unknownAt('unresolved-model', `${model.name} has no table that could be read.`, null),
      sql: true,
    };
  }
  return model.kind === 'table' ? { kind: 'from', from } : { kind: 'entity', model, from, alias: false };
}

/** `User.__table__`, and that of an object. */
export function tableOf(evaluation: Evaluation, model: Model): Value {
  const from = evaluation.tables.of(model);
  return from === null ? PYTHON : { kind: 'from', from };
}
