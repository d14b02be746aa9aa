/** Calls: arguments, then the tables of library functions and methods by what is called. */
import { firstPart, lastPart } from '../../base/dotted-name.ts';
import { sliceOf } from '../../base/range.ts';
import type { Call as CallExpression } from '../../python/syntax.ts';
import { isFlaskExtensionClass } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { functionOfClass } from './custom-functions.ts';
import { type Call, type Evaluation, located, locationOf, unknownAt } from './evaluation.ts';
import { flaskExtension } from './flask-extension.ts';
import type { Arguments } from './given-arguments.ts';
import { giveContainers } from './given-containers.ts';
import { dictionariesOf, dictionaryOf } from './given-dictionaries.ts';
import { customCall } from './library/functions.ts';
import { libraryCall } from './library-calls.ts';
import { methodCall } from './method-calls.ts';
import { appliedOperator } from './methods/column-methods.ts';
import { giveAway, isMutation, mutate } from './mutations.ts';
import { executionOf } from './passed-values.ts';
import {
  type FunctionValue,
  type Located,
  PYTHON,
  type StatementValue,
  unknownValue,
  type Value,
} from './value.ts';

export function evaluateCall(evaluation: Evaluation, node: CallExpression): Value {
  const callee = evaluation.evaluate(evaluation, node.function);
  const given = argumentsOf(evaluation, node);
  const call: Call = { evaluation, node, at: locationOf(evaluation, node), arguments: given };
  if (callee.kind === 'function' && callee.file === evaluation.file)
    evaluation.recorder?.called({ callee, given, at: node });
  if (callee.kind === 'method') {
    const { receiver, name } = callee;
    const result = receiver.kind === 'list' || receiver.kind === 'dict' ? mutate(call, receiver, name) : null;
    if (result !== null) return result;
    if (dictionariesOf(receiver).length > 0 && isMutation(name)) giveAway(evaluation, receiver, node);
  }
  const value = dispatch(call, callee);
  giveContainers(call, callee);
  const isPart =
    value.kind !== 'statement' &&
    value.kind !== 'element' &&
    value.kind !== 'from' &&
    value.kind !== 'loader';
  if (isPart) useArguments(call, callee);
  return value;
}

/** Methods that send what they are given. */
export const executors: ReadonlySet<string> = new Set([
  'execute',
  'scalar',
  'scalars',
  'stream',
  'stream_scalars',
  'exec',
]);

/** Statements handed to a call that is not modelled, or that executes them, are whole. */
function useArguments(call: Call, callee: Value): void {
  const { recorder } = call.evaluation;
  const { positional, keywords } = call.arguments;
  for (const each of positional) useArgument(call, callee, each, '');
  for (const [name, each] of keywords) useArgument(call, callee, each, name);
  const statement = positional[0] ?? keywords.get('statement');
  const called = call.node.function;
  if (statement !== undefined && called.kind === 'attribute' && executors.has(called.attribute.id))
    recorder?.executed(statement.value, executionOf(call));
}

function useArgument({ evaluation }: Call, callee: Value, { value, node }: Located, keyword: string): void {
  const { recorder } = evaluation;
  if (recorder === null || value.kind !== 'statement') return;
  if (value.node.kind === 'text-statement' && takesPieces(callee, keyword)) recorder.consumed(value);
  else recorder.used(value, node);
  if (callee.kind === 'function' && groups(callee)) recorder.returned(value);
}

/** Whoever is given a statement may group it. */
function groups({ node, file }: FunctionValue): boolean {
  return sliceOf(file.text, node).includes('.group_by(');
}

/** Columns, indexes, constraints: their texts are defaults and conditions, not statements. */
function takesPieces(callee: Value, keyword: string): boolean {
  if (/^server_|^sqltext$|_where$/.test(keyword)) return true;
  if (callee.kind !== 'library' || callee.name.startsWith('builtins.')) return false;
  const [first, last] = [firstPart(callee.name), lastPart(callee.name)];
  const isSchema = first === last || first === 'alembic' || first === 'postgresql';
  return isSchema && !executors.has(last);
}

function argumentsOf(evaluation: Evaluation, node: CallExpression): Arguments {
  const positional: Located[] = [];
  const keywords = new Map<string, Located>();
  let open: Arguments['open'] = null;
  const hidden = (what: string, value: Value, start: number, end: number) => {
    const at = locationOf(evaluation, { start, end });
    if (value.kind === 'unknown' && (value.sql || value.unknown.reason !== 'from-library'))
      return { ...value.unknown, location: at };
    return unknownAt('dynamic-arguments', `The arguments behind ${what} are not known.`, at);
  };
  for (const each of node.arguments) {
    if (each.keyword !== null) keywords.set(each.keyword.id, located(evaluation, each.value));
    else if (each.unpacked) {
      const value = evaluation.evaluate(evaluation, each.value);
      const dictionary = dictionaryOf(evaluation, value);
      if (dictionary !== null) {
        for (const entry of dictionary.entries) {
          if (entry.key.value.kind === 'constant') keywords.set(String(entry.key.value.value), entry.value);
          else open ??= hidden('**', entry.key.value, each.start, each.end);
        }
      } else open ??= hidden('**', value, each.start, each.end);
    } else if (each.value.kind === 'starred') {
      const value = evaluation.evaluate(evaluation, each.value.value);
      if (value.kind === 'list') positional.push(...value.elements);
      else if (value.kind === 'columns' || value.kind === 'from')
        positional.push({ value, at: locationOf(evaluation, each.value), node: each.value });
      else open ??= hidden('*', value, each.start, each.end);
    } else positional.push(located(evaluation, each.value));
  }
  return { positional, keywords, open };
}

function dispatch(call: Call, callee: Value): Value {
  switch (callee.kind) {
    case 'library':
      return libraryCall(call, callee.name);
    case 'method':
      return methodCall(call, callee);
    case 'function':
    case 'lambda':
      return invoked(call, call.evaluation.invoke(call.evaluation, callee, call.arguments));
    case 'operator':
      return appliedOperator(callee, call) ?? PYTHON;
    case 'entity':
      return { kind: 'instance', model: callee.model };
    case 'session-factory':
      return { ...callee, kind: 'session' };
    case 'session':
      // `scoped_session()` gives the session itself.
      return callee;
    case 'class': {
      if (isFlaskExtensionClass(callee, siteOf(call.evaluation.file, call.evaluation.names)))
        return flaskExtension;
      const made = functionOfClass(callee.node);
      if (made !== null) return customCall(call, made, callee.node.name.id);
      return { kind: 'object', class: callee, self: false };
    }
    case 'unknown':
      return callee.sql
        ? callee
        : unknownValue(unknownAt('from-library', 'The result of this call is not known.', call.at));
    default:
      return unknownValue(unknownAt('from-library', 'The result of this call is not known.', call.at));
  }
}

/** What a function of the workspace returned: a statement that it made out of its arguments goes on here. */
function invoked(call: Call, value: Value): Value {
  if (value.kind !== 'statement' || value.builder === call.node) return value;
  const given = [...call.arguments.positional, ...call.arguments.keywords.values()];
  const sources = given.filter(each => each.value.kind === 'statement');
  if (sources.length === 0) return { ...value, builder: null };
  for (const each of sources)
    if (each.value.kind === 'statement') call.evaluation.recorder?.consumed(each.value);
  const made: StatementValue = { ...value, builder: call.node };
  call.evaluation.recorder?.built(made);
  return made;
}
