/** What imported and module-level names stand for. */
import type { Reference } from '../reading/reference.ts';
import { valueOfAnnotation } from './annotations.ts';
import { entityOf } from './entities.ts';
import { createEnvironment } from './environment.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { libraryValue } from './flask-extension.ts';
import { PYTHON, unknownValue, type Value } from './value.ts';

const DEPTH_LIMIT = 6;

export function valueOfReference(evaluation: Evaluation, reference: Reference): Value {
  switch (reference.kind) {
    case 'library':
      return libraryValue(reference.name);
    case 'class': {
      const model = evaluation.linked.models.get(reference.qualifiedName);
      if (model !== undefined) return entityOf(evaluation, model);
      const { qualifiedName, node, file } = reference;
      return { kind: 'class', qualifiedName, node, file };
    }
    case 'function':
      return { kind: 'function', node: reference.node, file: reference.file, self: null, closure: null };
    case 'variable': {
      const model = evaluation.linked.models.get(reference.qualifiedName);
      if (model !== undefined) return entityOf(evaluation, model);
      return variableValue(evaluation, reference);
    }
    default:
      return PYTHON;
  }
}

/** The value of a module's variable, worked out once for a file's evaluation. */
function variableValue(
  evaluation: Evaluation,
  { qualifiedName, file, node }: Reference & { readonly kind: 'variable' },
): Value {
  const known = evaluation.variables.get(qualifiedName);
  if (known !== undefined) return known;
  const circle = unknownValue(unknownAt('unresolved-name', `${qualifiedName} refers to itself.`, null));
  evaluation.variables.set(qualifiedName, circle);
  const elsewhere: Evaluation = {
    ...evaluation,
    file,
    recorder: null,
    environment: createEnvironment(null),
    depth: evaluation.depth + 1,
  };
  let value: Value = PYTHON;
  if (elsewhere.depth <= DEPTH_LIMIT && node.value !== null)
    value = elsewhere.evaluate(elsewhere, node.value);
  const plain = value.kind === 'unknown' || value.kind === 'python';
  if (plain && node.annotation !== null) {
    const annotated = valueOfAnnotation(elsewhere, node.annotation, file);
    if (annotated.kind !== 'python') value = annotated;
  }
  evaluation.variables.set(qualifiedName, value);
  return value;
}
