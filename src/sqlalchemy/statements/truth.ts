/**
 * Tests that are decided: `if False:`; of lists, sets and dictionaries that are known (`if filters:`, `if len(columns) > 1:`), of
 * attributes of a mapped class (`if hasattr(self.model, "deleted_at"):`), and by the branches taken before.
 */
import type { Call, Comparison, ComparisonOperator, Expression } from '../../python/syntax.ts';
import { assumedTruth } from './assumptions.ts';
import { lookUp } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Environment } from './value.ts';

/** Null where it depends on anything else. */
export function knownTruth(evaluation: Evaluation, test: Expression): boolean | null {
  const { environment } = evaluation;
  switch (test.kind) {
    case 'constant':
      return test.value !== 'None' && test.value !== 'False';
    case 'call':
      return knownAttribute(evaluation, test) ?? isFilled(environment, test) ?? isGiven(evaluation, test);
    case 'name':
      return isFilled(environment, test) ?? assumedTruth(environment, test);
    case 'attribute':
      return assumedTruth(environment, test);
    case 'unary': {
      if (test.operator !== 'not') return null;
      const operand = knownTruth(evaluation, test.operand);
      return operand === null ? null : !operand;
    }
    case 'boolean': {
      const deciding = test.operator === 'or';
      const values = test.values.map(each => knownTruth(evaluation, each));
      if (values.includes(deciding)) return deciding;
      return values.includes(null) ? null : !deciding;
    }
    case 'comparison':
      return comparedLength(environment, test) ?? assumedTruth(environment, test);
    default:
      return null;
  }
}

function isFilled(environment: Environment, test: Expression): boolean | null {
  const length = lengthOf(environment, test);
  return length === null ? null : length > 0;
}

/** `options.get("name")` of the keywords that a function looked into was called with. */
function isGiven(evaluation: Evaluation, test: Call): boolean | null {
  const called = test.function;
  if (evaluation.recorder !== null || called.kind !== 'attribute' || called.attribute.id !== 'get')
    return null;
  const value = evaluation.evaluate(evaluation, test);
  return value.kind === 'constant' ? Boolean(value.value) : null;
}

/** `hasattr(Model, "name")`. */
function knownAttribute(evaluation: Evaluation, test: Call): boolean | null {
  const [owner, name] = test.arguments;
  if (test.function.kind !== 'name' || test.function.id !== 'hasattr') return null;
  if (owner === undefined || name?.value.kind !== 'string' || name.value.value === null) return null;
  const value = evaluation.evaluate({ ...evaluation, recorder: null }, owner.value);
  if (value.kind !== 'entity') return null;
  const attribute = name.value.value;
  if (value.model.attributes.some(each => each.name === attribute)) return true;
  return value.model.incomplete ? null : false;
}

const comparisons: Partial<Record<ComparisonOperator, (one: number, two: number) => boolean>> = {
  '==': (one, two) => one === two,
  '!=': (one, two) => one !== two,
  '<': (one, two) => one < two,
  '<=': (one, two) => one <= two,
  '>': (one, two) => one > two,
  '>=': (one, two) => one >= two,
};

/** `len(x) > 1`, `x == []`. */
function comparedLength(environment: Environment, test: Comparison): boolean | null {
  const [only, ...others] = test.rest;
  if (only === undefined || others.length > 0) return null;
  const one = lengthOf(environment, test.left);
  const compare = comparisons[only.operator];
  if (one === null || compare === undefined) return null;
  if (test.left.kind === 'call' && only.right.kind === 'number') return compare(one, Number(only.right.text));
  const isEquality = only.operator === '==' || only.operator === '!=';
  return test.left.kind === 'name' && isEquality && isEmptyDisplay(only.right) ? compare(one, 0) : null;
}

function isEmptyDisplay(expression: Expression): boolean {
  if (expression.kind === 'list' || expression.kind === 'tuple') return expression.elements.length === 0;
  return expression.kind === 'dict' && expression.entries.length === 0;
}

/** Of a variable, or of `len(variable)`. */
function lengthOf(environment: Environment, expression: Expression): number | null {
  if (expression.kind === 'call') {
    const [only] = expression.arguments;
    const isLength = expression.function.kind === 'name' && expression.function.id === 'len';
    return isLength && only?.value.kind === 'name' ? lengthOf(environment, only.value) : null;
  }
  if (expression.kind !== 'name') return null;
  // A text of the module is a setting, that of a function what it has put together so far.
  const own = environment.locals.get(expression.id);
  if (own?.kind === 'constant' && typeof own.value === 'string') return own.value.length;
  const value = lookUp(environment, expression.id);
  if (value?.kind === 'list') return value.repeated ? null : value.elements.length;
  return value?.kind === 'dict' ? value.entries.length : null;
}
