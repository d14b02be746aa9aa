/**
 * What a function builds out of what its callers give it: classes, columns, conditions, pieces of SQL text. By itself it
 * is read with parameters as annotated; here once more for each call in the file that says what they are.
 */
import { contains, type TextRange } from '../../base/range.ts';
import type { FunctionDefinition } from '../../python/syntax.ts';
import type { StatementFact } from '../statement.ts';
import { createEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Arguments } from './given-arguments.ts';
import { bindParameters } from './invoke.ts';
import { type CalledFunction, createRecorder, type Recorder } from './recorder.ts';
import type { Run } from './run-state.ts';
import { type Environment, type Located, PYTHON, type StatementValue, type Value } from './value.ts';

/** Calls of one function, and of all functions of a file, that are followed at most. */
const CALL_LIMIT = 8;
const FILE_LIMIT = 48;

/**
 * Runs the functions that hold the statements which are not known. `calls` grows meanwhile: what such a function hands
 * on to another one. Null where no call says anything.
 */
export function readCalls(
  run: Run,
  calls: CalledFunction[],
  facts: Iterable<StatementFact>,
): Recorder | null {
  const open = openFunctions(calls, facts);
  if (open.size === 0) return null;
  const recorder = createRecorder();
  const read = new Set<string>();
  const counts = new Map<FunctionDefinition, number>();
  for (let index = 0; index < calls.length && read.size < FILE_LIMIT; index += 1) {
    const called = calls[index] as CalledFunction;
    const { node } = called.callee;
    const takesText = open.get(node);
    const count = counts.get(node) ?? 0;
    if (takesText === undefined || count >= CALL_LIMIT) continue;
    const given = tellingArguments(called.given, takesText);
    const key = given && keyOf(called, given);
    if (given === null || key === null || read.has(key)) continue;
    read.add(key);
    counts.set(node, count + 1);
    runCalled(run, called, given, recorder, calls);
  }
  return read.size === 0 ? null : recorder;
}

/** Functions through which what callers give is handed on at most. */
const HANDING_LIMIT = 3;

/**
 * Functions that hold a statement which is not known, those that call them, and those that are given one; with whether a string may be what it
 * lacks.
 */
function openFunctions(
  calls: readonly CalledFunction[],
  facts: Iterable<StatementFact>,
): ReadonlyMap<FunctionDefinition, boolean> {
  const nodes = [...new Set(calls.flatMap(each => [each.callee.node, ...passedFunctions(each)]))];
  const open = new Map<FunctionDefinition, boolean>();
  const add = (at: TextRange, takesText: boolean) => {
    for (const node of nodes) if (contains(node, at)) open.set(node, takesText || open.get(node) === true);
  };
  for (const { unknown, location } of facts)
    if (unknown !== null) add(location.range, unknown.reason.startsWith('dynamic-'));
  for (let depth = 0; open.size > 0 && depth < HANDING_LIMIT; depth += 1) {
    const size = open.size;
    for (const call of calls) {
      const { callee, at } = call;
      for (const passed of passedFunctions(call)) {
        const takesText = open.get(passed);
        if (takesText !== undefined) open.set(callee.node, takesText || open.get(callee.node) === true);
      }
      const takesText = open.get(callee.node);
      if (takesText !== undefined) add(at, takesText);
    }
    if (open.size === size) break;
  }
  return open;
}

/** Those of the file that the function which is called may call in its turn. */
function passedFunctions({ callee: { file }, given }: CalledFunction): readonly FunctionDefinition[] {
  return [...given.positional, ...given.keywords.values()].flatMap(({ value }) =>
    value.kind === 'function' && value.file === file ? [value.node] : [],
  );
}

function runCalled(
  run: Run,
  { callee }: CalledFunction,
  given: Arguments,
  recorder: Recorder,
  calls: CalledFunction[],
): void {
  const { node } = callee;
  const environment = createEnvironment(callee.closure ?? moduleOf(run.evaluation.environment));
  const evaluation: Evaluation = { ...run.evaluation, environment, recorder: within(recorder, node, calls) };
  bindParameters(evaluation, callee, given);
  const inner: Run = { ...run, evaluation, returned: [], left: [], broken: [] };
  inner.block(inner, [environment], node.body);
}

function moduleOf(environment: Environment): Environment {
  return environment.parent === null ? environment : moduleOf(environment.parent);
}

/** What is built out of a statement of the caller's is the caller's, who is read for itself. */
function within(recorder: Recorder, { start, end }: FunctionDefinition, calls: CalledFunction[]): Recorder {
  const isOwn = ({ begun, builder }: StatementValue) => {
    const range = begun?.range ?? builder;
    return range !== null && start <= range.start && range.end <= end;
  };
  return {
    ...recorder,
    calls,
    seen: () => {},
    built: value => {
      if (isOwn(value)) recorder.built(value);
    },
    called: each => void calls.push(each),
  };
}

/** Null where nothing of them decides about SQL. */
function tellingArguments({ positional, keywords, open }: Arguments, takesText: boolean): Arguments | null {
  if (open !== null) return null;
  let isTelling = false;
  const told = (each: Located): Located => {
    // Whether values are given decides which way the function goes.
    if (!tells(each.value, takesText)) return isContainer(each.value) ? each : { ...each, value: PYTHON };
    isTelling = true;
    return { ...each, value: asOneOfSeveral(each.value) };
  };
  const given = {
    positional: positional.map(told),
    keywords: new Map([...keywords].map(([name, each]) => [name, told(each)])),
    open,
  };
  return isTelling ? given : null;
}

function isContainer({ kind }: Value): boolean {
  return kind === 'list' || kind === 'dict';
}

function tells(value: Value, takesText: boolean): boolean {
  switch (value.kind) {
    case 'entity':
    case 'element':
    case 'relationship':
    case 'from':
    case 'columns':
    case 'statement':
    case 'lambda':
    case 'function':
      return true;
    case 'constant':
      return takesText && typeof value.value === 'string' && value.value.trim() !== '';
    case 'list':
      return value.elements.some(each => tells(each.value, takesText));
    case 'dict':
      return value.entries.some(each => tells(each.value.value, takesText));
    default:
      return false;
  }
}

/** What a class lacks, the function may ask of those alone that others give it. */
function asOneOfSeveral(value: Value): Value {
  return value.kind === 'entity' ? { ...value, picked: true } : value;
}

/** The same for calls that give the same. */
function keyOf({ callee: { node, self } }: CalledFunction, { positional, keywords }: Arguments): string {
  const receiver = self?.kind === 'object' ? self.class.qualifiedName : (self?.kind ?? '');
  const given = [...positional.map((each, index) => [index, each] as const), ...keywords];
  return [node.start, receiver, ...given.map(([name, each]) => `${name}=${told(each)}`)].join('|');
}

function told({ value, at }: Located): string {
  if (value.kind === 'python') return '';
  if (value.kind === 'entity' && !value.alias) return value.model.qualifiedName;
  return value.kind === 'constant' ? JSON.stringify(value.value) : `${at.path}:${at.range.start}`;
}
