/** Python expressions to values: one case a kind of expression. */

import { ownerPart } from '../../base/dotted-name.ts';
import { firstCall, isLongChain } from '../../python/long-chain.ts';
import type { Expression } from '../../python/syntax.ts';
import { referenceOf, referenceOfName } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { attributeOf } from './attributes.ts';
import { bindName } from './bind-target.ts';
import { evaluateCall } from './calls.ts';
import { ownConnection } from './drivers.ts';
import { isOwn, lookUp } from './environment.ts';
import { evaluateBoolean, evaluateConditional } from './evaluate-choices.ts';
import {
  evaluateComprehension,
  evaluateDict,
  evaluateSequence,
  evaluateSubscript,
} from './evaluate-collections.ts';
import { evaluateBinary, evaluateComparison, evaluateUnary } from './evaluate-operators.ts';
import { type Evaluation, locationOf, unknownAt } from './evaluation.ts';
import { queryOfClass } from './methods/session-methods.ts';
import { giveAway, isEmptyContainer } from './mutations.ts';
import { givenUp } from './recorder.ts';
import { valueOfReference } from './references.ts';
import { literalValue, partsOf } from './text-parts.ts';
import {
  constantValue,
  type EntityValue,
  NONE,
  PYTHON,
  unknownSql,
  unknownValue,
  type Value,
} from './value.ts';

export function evaluate(evaluation: Evaluation, expression: Expression): Value {
  evaluation.budget.fuel -= 1;
  if (evaluation.budget.fuel < 0) {
    return unknownSql(unknownAt('too-large', 'The code around this is too large to be followed.', null));
  }
  if (isLongChain(expression)) return evaluateLongChain(evaluation, expression);
  const value = evaluateUnrecorded(evaluation, expression);
  evaluation.recorder?.seen(expression, value);
  return value;
}

/** A chain that begins as a statement is one, of which no more is known. */
function evaluateLongChain(evaluation: Evaluation, expression: Expression): Value {
  const detail = 'This chain of calls is too long to be followed.';
  const unknown = unknownAt('too-large', detail, locationOf(evaluation, expression));
  const begun = firstCall(expression);
  const value = begun === null ? null : evaluation.evaluate(evaluation, begun);
  if (value?.kind !== 'statement') return unknownSql(unknown);
  return givenUp({ ...value, builder: expression }, unknown, [value], evaluation.recorder);
}

function evaluateUnrecorded(evaluation: Evaluation, expression: Expression): Value {
  switch (expression.kind) {
    case 'name':
      return evaluateName(evaluation, expression);
    case 'attribute':
      return evaluateAttribute(evaluation, expression);
    case 'call':
      return evaluateCall(evaluation, expression);
    case 'string':
      return evaluateString(evaluation, expression);
    case 'number': {
      const value = Number(expression.text.replaceAll('_', ''));
      return Number.isNaN(value) ? PYTHON : { kind: 'constant', value, float: expression.type === 'float' };
    }
    case 'constant':
      if (expression.value === 'None') return NONE;
      return expression.value === 'Ellipsis' ? PYTHON : constantValue(expression.value === 'True');
    case 'tuple':
    case 'list':
    case 'set':
      return evaluateSequence(evaluation, expression.elements);
    case 'dict':
      return evaluateDict(evaluation, expression.entries);
    case 'binary':
      return evaluateBinary(evaluation, expression);
    case 'unary':
      return evaluateUnary(evaluation, expression);
    case 'comparison':
      return evaluateComparison(evaluation, expression);
    case 'boolean':
      return evaluateBoolean(evaluation, expression);
    case 'conditional':
      return evaluateConditional(evaluation, expression);
    case 'await':
      return evaluation.evaluate(evaluation, expression.value);
    case 'starred':
      evaluation.evaluate(evaluation, expression.value);
      return PYTHON;
    case 'yield': {
      const value = expression.value === null ? NONE : evaluation.evaluate(evaluation, expression.value);
      if (expression.value !== null) {
        evaluation.recorder?.used(value, expression.value);
        const at = locationOf(evaluation, expression.value);
        const given = { value, at, node: expression.value };
        if (!expression.from) evaluation.yielded?.push(given);
        else if (value.kind === 'list') evaluation.yielded?.push(...value.elements);
      }
      return PYTHON;
    }
    case 'named': {
      const value = evaluation.evaluate(evaluation, expression.value);
      bindName(evaluation, expression.target.id, value);
      return value;
    }
    case 'lambda':
      return { kind: 'lambda', node: expression, file: evaluation.file, closure: evaluation.environment };
    case 'comprehension':
      return evaluateComprehension(evaluation, expression);
    case 'subscript':
      return evaluateSubscript(evaluation, expression);
    case 'slice':
      for (const part of [expression.lower, expression.upper, expression.step])
        if (part !== null) evaluation.evaluate(evaluation, part);
      return PYTHON;
    case 'unreadable':
      return unknownValue(
        unknownAt('unreadable-source', 'This code cannot be parsed.', locationOf(evaluation, expression)),
      );
  }
}

function evaluateName(evaluation: Evaluation, expression: Expression & { readonly kind: 'name' }): Value {
  const local = lookUp(evaluation.environment, expression.id);
  if (local === undefined)
    return globalValue(evaluation, expression) ?? builtin(evaluation, expression.id, expression);
  // An empty list outside the function that reads it: whoever made it empty means to fill it.
  if (isEmptyContainer(local) && !isOwn(evaluation.environment, expression.id))
    giveAway(evaluation, local, expression);
  return lookUp(evaluation.environment, expression.id) ?? local;
}

/** Imports, classes, functions and variables of modules. */
function globalValue(evaluation: Evaluation, expression: Expression): Value | null {
  const known = evaluation.globals.get(expression);
  if (known !== undefined) return known;
  const reference = referenceOf(expression, siteOf(evaluation.file, evaluation.names));
  const value =
    reference.kind === 'unknown'
      ? memberBehindAlias(evaluation, expression)
      : valueOfReference(evaluation, reference);
  evaluation.globals.set(expression, value);
  return value;
}

/** `users = User.__table__` of another module: the name stands for a member of what can be followed. */
function memberBehindAlias(evaluation: Evaluation, expression: Expression): Value | null {
  const site = siteOf(evaluation.file, evaluation.names);
  const qualifiedName =
    expression.kind === 'name' || expression.kind === 'attribute'
      ? evaluation.names.qualify(expression, evaluation.file)
      : null;
  const dot = qualifiedName?.lastIndexOf('.') ?? -1;
  if (qualifiedName === null || dot < 0) return null;
  const owner = referenceOfName(qualifiedName.slice(0, dot), site);
  if (owner.kind !== 'class') return null;
  return evaluation.attribute(
    evaluation,
    valueOfReference(evaluation, owner),
    qualifiedName.slice(dot + 1),
    expression,
  );
}

const builtins = new Set([
  'list',
  'tuple',
  'set',
  'dict',
  'sorted',
  'reversed',
  'getattr',
  'len',
  'str',
  'int',
  'float',
  'bool',
  'min',
  'max',
  'sum',
  'any',
  'all',
  'zip',
  'map',
  'filter',
  'range',
  'enumerate',
  'isinstance',
  'print',
  'super',
  'type',
  'bytes',
  'round',
  'abs',
  'iter',
  'next',
  'object',
  'id',
  'hash',
  'repr',
  'setattr',
  'hasattr',
]);

function builtin(evaluation: Evaluation, name: string, range: Expression): Value {
  if (builtins.has(name)) return { kind: 'library', name: `builtins.${name}` };
  return unknownValue(
    unknownAt('unresolved-name', `“${name}” cannot be followed.`, locationOf(evaluation, range)),
  );
}

function evaluateAttribute(
  evaluation: Evaluation,
  expression: Expression & { readonly kind: 'attribute' },
): Value {
  const receiver = evaluation.evaluate(evaluation, expression.value);
  // What is no value of its own may be a module, whose members have names across files.
  const perhapsModule =
    receiver.kind === 'unknown' ||
    receiver.kind === 'python' ||
    (receiver.kind === 'library' && !/^func\b/.test(receiver.name));
  const root = perhapsModule ? rootName(expression) : null;
  if (root !== null && lookUp(evaluation.environment, root) === undefined) {
    const value = globalValue(evaluation, expression);
    if (value !== null) return value;
  }
  const name = expression.attribute.id;
  if (receiver.kind === 'statement' && isOfQueryClass(evaluation, expression)) return PYTHON;
  if (receiver.kind === 'entity' && name === 'query' && offersQuery(evaluation, receiver))
    return queryOfClass(evaluation, receiver, expression);
  const own = name === 'driver_connection' ? ownConnection(evaluation, receiver) : null;
  return own ?? attributeOf(evaluation, receiver, name, expression);
}

/** Unless the class maps or defines something else under that name. */
function offersQuery({ linked }: Evaluation, { model }: EntityValue): boolean {
  const own = model.attributes.find(each => each.name === 'query');
  if (own !== undefined && own.kind !== 'plain') return false;
  return [model.qualifiedName, ...model.bases].every(
    each => linked.definitionOf(`${each}.query`)?.node.kind !== 'function',
  );
}

/** `Bill.query.delete(…)`, where Bill says `query_class = BillQuery`, which has a method of that name. */
function isOfQueryClass(
  evaluation: Evaluation,
  { value: query, attribute: { id } }: Expression & { readonly kind: 'attribute' },
): boolean {
  if (query.kind !== 'attribute' || query.attribute.id !== 'query') return false;
  const owner = evaluation.evaluate({ ...evaluation, recorder: null }, query.value);
  if (owner.kind !== 'entity') return false;
  const { linked } = evaluation;
  return [owner.model.qualifiedName, ...owner.model.bases].some(each => {
    const node = linked.definitionOf(`${each}.query_class`)?.node;
    if (node?.kind !== 'assignment' || node.value?.kind !== 'name') return false;
    const named = node.value.id;
    return [each, ownerPart(each)].some(
      scope => linked.definitionOf(`${scope}.${named}.${id}`)?.node.kind === 'function',
    );
  });
}

function rootName(expression: Expression): string | null {
  if (expression.kind === 'attribute') return rootName(expression.value);
  return expression.kind === 'name' ? expression.id : null;
}

function evaluateString(evaluation: Evaluation, expression: Expression & { readonly kind: 'string' }): Value {
  const value = literalValue(evaluation, expression);
  if (!expression.bytes) return value;
  // Drivers take SQL as bytes too.
  return {
    kind: 'python',
    type: 'builtins.bytes',
    parts: partsOf(value, locationOf(evaluation, expression)) ?? [],
  };
}
