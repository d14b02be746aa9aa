/** Looks into functions of the workspace: what a call with these arguments returns. Nothing is recorded there. */
import { sliceOf } from '../../base/range.ts';
import { isGenerator } from '../../python/generators.ts';
import type { ClassDefinition, FunctionDefinition, Parameter } from '../../python/syntax.ts';
import { valueOfAnnotation, yieldedType } from './annotations.ts';
import { bindName } from './bind-target.ts';
import { describedCall, keyOf } from './call-keys.ts';
import { givesOnEntering } from './database-access.ts';
import { isPlaceless } from './described-value.ts';
import { createEnvironment } from './environment.ts';
import { isSql } from './evaluate-operators.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { valueOfAsked } from './fixtures.ts';
import { yieldedLists, yieldsSql } from './generated-lists.ts';
import type { Arguments } from './given-arguments.ts';
import { dictionariesOf, givenDictionary } from './given-dictionaries.ts';
import { localClass } from './local-models.ts';
import { valueOfParameter } from './parameter-value.ts';
import { isPiece } from './picked-items.ts';
import { runBlock } from './run.ts';
import type { Run } from './run-state.ts';
import { mayGiveSql, mayMakeSql } from './sql-givers.ts';
import { bindSuper } from './super.ts';
import {
  type Environment,
  type FunctionValue,
  type LambdaValue,
  type Located,
  PYTHON,
  unknownSql,
  unknownValue,
  type Value,
} from './value.ts';

const DEPTH_LIMIT = 3;
/** Hybrids are short, and may stand at the end of such a chain of calls. */
const HYBRID_LIMIT = 5;

export function invoke(evaluation: Evaluation, callee: FunctionValue | LambdaValue, given: Arguments): Value {
  const limit = callee.kind === 'function' && callee.hybrid ? HYBRID_LIMIT : DEPTH_LIMIT;
  if (evaluation.depth >= limit) return tooDeep();
  const moment = callee.kind === 'function' ? pointInTime(evaluation, callee, given) : null;
  if (moment !== null) return moment;
  if (
    callee.kind === 'function' &&
    !callee.fixture &&
    !mayGiveSql(callee.node) &&
    !givesOnEntering(callee.node) &&
    !yieldsSql(callee.node, given)
  )
    return declaredResult({ ...evaluation, file: callee.file }, callee.node) ?? PYTHON;
  const made = callee.kind === 'function' ? madeObject(evaluation, callee) : null;
  if (made !== null) return made;
  const candidates = candidatesOf(evaluation, callee, given);
  return candidates.length < 2
    ? (candidates[0] ?? PYTHON)
    : (candidates[evaluation.choices.choose(candidates.length)] ?? PYTHON);
}

/** `def utcnow() -> datetime: return datetime.now(UTC)`: whether it has a zone, its annotation does not say. */
function pointInTime(evaluation: Evaluation, callee: FunctionValue, given: Arguments): Value | null {
  const { node, file } = callee;
  const isShort = node.end - node.start < 400;
  // The body is read where the text says that there is something in it.
  if (!isShort || node.async || !/\b(?:now|utcnow|fromtimestamp)\(/.test(sliceOf(file.text, node)))
    return null;
  const [only, ...others] = node.body.filter(each => each.kind !== 'expression');
  if (only?.kind !== 'return' || others.length > 0) return null;
  const inner = innerOf(evaluation, callee);
  bindParameters(inner, callee, given);
  const value = only.value && inner.evaluate(inner, only.value);
  return value?.kind === 'python' && value.aware !== undefined ? value : null;
}

/** What may come back, run once for all calls that give the same. */
function candidatesOf(
  evaluation: Evaluation,
  callee: FunctionValue | LambdaValue,
  given: Arguments,
): readonly Value[] {
  if (callee.kind === 'lambda') return run(evaluation, callee, given);
  const key = keyOf(callee, given);
  if (key !== null) {
    const candidates = evaluation.results.get(key) ?? run(evaluation, callee, given);
    // The next call hands over other values to the same keys.
    const holdsValues = candidates.some(each => dictionariesOf(each).length > 0);
    if (!holdsValues) evaluation.results.set(key, candidates);
    return candidates;
  }
  const described = describedCall(evaluation, callee, given);
  const same = described === null ? undefined : evaluation.results.get(described);
  if (same !== undefined) return same;
  const calls = evaluation.choices.calls();
  const repeated = calls?.keyOf(callee, given) ?? null;
  const known = repeated === null ? undefined : calls?.get(repeated);
  if (known !== undefined) return known;
  let hasChosen = false;
  const choose = (count: number) => {
    hasChosen = true;
    return evaluation.choices.choose(count);
  };
  const candidates = run({ ...evaluation, choices: { choose, calls: () => calls } }, callee, given);
  // Another combination may choose otherwise.
  if (hasChosen) return candidates;
  if (repeated !== null) calls?.set(repeated, candidates);
  if (described !== null && candidates.every(isPlaceless)) evaluation.results.set(described, candidates);
  return candidates;
}

function innerOf(evaluation: Evaluation, callee: FunctionValue | LambdaValue): Evaluation {
  return {
    ...evaluation,
    file: callee.file,
    recorder: null,
    environment: createEnvironment(callee.closure),
    depth: evaluation.depth + 1,
    yielded: [],
  };
}

function run(
  evaluation: Evaluation,
  callee: FunctionValue | LambdaValue,
  given: Arguments,
): readonly Value[] {
  const inner = innerOf(evaluation, callee);
  const { environment } = inner;
  bindParameters(inner, callee, given);
  if (callee.kind === 'lambda') return [inner.evaluate(inner, callee.node.body)];
  const inside: Run = {
    evaluation: inner,
    returned: [],
    left: [],
    broken: [],
    block: runBlock,
    defineFunction: defineInner,
    defineClass: defineInnerClass,
  };
  runBlock(inside, [environment], callee.node.body);
  if (callee.kind === 'function' && isEntered(callee) && isGenerator(callee.node))
    return resultsOf(inner.yielded?.map(each => each.value) ?? [], inner, callee, given);
  const made = yieldedLists(inner.yielded ?? []);
  return made.length > 0 ? made : resultsOf(inside.returned, inner, callee, given);
}

/** What it yields first is what its caller is given. */
function isEntered({ node, fixture }: FunctionValue): boolean {
  return fixture === true || givesOnEntering(node);
}

/** A function that the one which is looked into may give back: `def condition(): return User.active`. */
function defineInner(run: Run, node: FunctionDefinition, closure: Environment): void {
  const { file } = run.evaluation;
  closure.locals.set(node.name.id, { kind: 'function', node, file, self: null, closure });
}

/** A class that it may give back: revisions keep mapped classes as they were once in functions. */
function defineInnerClass(run: Run, node: ClassDefinition, closure: Environment): void {
  closure.locals.set(node.name.id, localClass(run.evaluation, node));
}

function tooDeep(): Value {
  return unknownValue(
    unknownAt('unsupported-construct', 'Too many calls lie between this and what it is made of.', null),
  );
}

export function bindParameters(
  inner: Evaluation,
  callee: FunctionValue | LambdaValue,
  given: Arguments,
): void {
  const { locals } = inner.environment;
  const self = callee.kind === 'function' ? callee.self : null;
  const parameters = self === null ? callee.node.parameters : callee.node.parameters.slice(1);
  const first = callee.node.parameters[0];
  if (self !== null && first !== undefined) locals.set(first.name.id, self);
  if (callee.kind === 'function') bindSuper(inner.environment, self, callee.owner);
  let position = 0;
  for (const parameter of parameters) {
    const bind = (value: Value) => bindName(inner, parameter.name.id, value);
    if (parameter.kind === 'var-positional') {
      const rest = given.positional.slice(position);
      bind(given.open === null ? { kind: 'list', elements: rest } : unknownSql(given.open));
      position = given.positional.length;
    } else if (parameter.kind === 'var-keyword') {
      bind(restKeywords(parameters, given));
    } else {
      const named = given.keywords.get(parameter.name.id);
      const value = parameter.kind === 'keyword-only' ? named : (given.positional[position++] ?? named);
      bind(
        value === undefined
          ? omitted(inner, parameter, callee, given)
          : refined(inner, parameter, value.value),
      );
    }
  }
}

/** A plain value is no more than what the annotation says it is. */
function refined(inner: Evaluation, parameter: Parameter, value: Value): Value {
  if (value.kind !== 'python' && value.kind !== 'unknown') return value;
  if (parameter.annotation === null || (value.kind === 'unknown' && value.sql)) return value;
  const annotated = valueOfAnnotation(inner, parameter.annotation, inner.file);
  return annotated.kind === 'python' ? value : annotated;
}

function restKeywords(parameters: readonly Parameter[], given: Arguments): Value {
  const names = new Set(parameters.map(each => each.name.id));
  const entries = [...given.keywords]
    .filter(([name]) => !names.has(name))
    .map(([name, value]) => ({
      key: { ...value, value: { kind: 'constant', value: name, float: false } as const },
      value,
    }));
  return given.open === null ? { kind: 'dict', entries } : unknownValue(given.open);
}

function omitted(
  inner: Evaluation,
  parameter: Parameter,
  callee: FunctionValue | LambdaValue,
  given: Arguments,
): Value {
  if (callee.kind === 'function' && callee.fixture) return valueOfAsked(inner, parameter, callee);
  if (given.open !== null || parameter.default === null) return valueOfParameter(inner, parameter);
  return inner.evaluate({ ...inner, environment: createEnvironment(null) }, parameter.default);
}

const kept: ReadonlySet<Value['kind']> = new Set([
  'entity',
  'from',
  'list',
  'loader',
  'session',
  'session-factory',
  'engine',
  'connection',
  'instance',
  'object',
  'function',
  'lambda',
]);

function holdsSql(value: Value): boolean {
  return value.kind === 'dict' && value.entries.some(each => isPiece(each.value.value));
}

/** What may come back; one of them where several paths return SQL. */
function resultsOf(
  returned: readonly Value[],
  inner: Evaluation,
  callee: FunctionValue,
  given: Arguments,
): readonly Value[] {
  const relevant = [
    ...new Set(returned.filter(each => isSql(each) || kept.has(each.kind) || holdsSql(each))),
  ];
  if (relevant.length > 0) return relevant;
  const dictionary = givenDictionary(returned, knowsClass(callee, given));
  if (dictionary !== null) return [dictionary];
  const declared = declaredResult(inner, callee.node);
  return declared === null ? [] : [declared];
}

/** Whether a helper may look at the class that it works for, and give what that class has alone. */
function knowsClass({ self }: FunctionValue, { positional, keywords, open }: Arguments): boolean {
  const isClass = ({ value }: Located) =>
    ['entity', 'class', 'object', 'instance', 'unknown'].includes(value.kind);
  return self !== null || open !== null || [...positional, ...keywords.values()].some(isClass);
}

/** By the return annotation, where that names something of ours. */
function declaredResult(inner: Evaluation, node: FunctionDefinition): Value | null {
  const annotation = node.returns;
  if (annotation === null) return null;
  const value = valueOfAnnotation(inner, yieldedType(annotation), inner.file);
  return value.kind === 'python' ? null : value;
}

/** What a factory such as `create_user(…) -> User` says it gives, where nothing in it says more. */
function madeObject(evaluation: Evaluation, { node, file, fixture }: FunctionValue): Value | null {
  if (fixture || node.returns === null || mayMakeSql(node, file.text)) return null;
  const declared = declaredResult({ ...evaluation, file }, node);
  if (declared?.kind !== 'instance') return null;
  return evaluation.linked.subclassesOf(declared.model.qualifiedName).length === 0 ? declared : null;
}
