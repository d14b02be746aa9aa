/** One file's statements, and the meaning of each of its expressions, worked out in one run over the whole file. */
import { onceForKey } from '../../base/once-for-key.ts';
import { contains } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { ClassDefinition, Expression, FunctionDefinition } from '../../python/syntax.ts';
import type { FileEvaluation } from '../file-evaluation.ts';
import type { LinkedProject } from '../linked-project.ts';
import type { Model } from '../model.ts';
import type { FileFacts, SourceFile } from '../project.ts';
import { createNameResolver } from '../reading/name-resolver.ts';
import { attributeOf } from './attributes.ts';
import { readCalls } from './called-functions.ts';
import { firstChoice } from './choices.ts';
import { concretionsOf, SUBCLASS_LIMIT } from './concretions.ts';
import { entityOf } from './entities.ts';
import { createEnvironment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { answeredFacts, statementFacts } from './facts.ts';
import { valueOfAsked } from './fixtures.ts';
import { invoke } from './invoke.ts';
import { localClass } from './local-models.ts';
import { mappedReceivers } from './mapped-receivers.ts';
import { markedFacts } from './marked-sql.ts';
import { meaningOf } from './meaning-of.ts';
import { outlineOf } from './outline.ts';
import { callsAlone, createRecorder } from './recorder.ts';
import { runBlock } from './run.ts';
import type { Run } from './run-state.ts';
import { renderedLoads } from './separate-loads.ts';
import { bindSuper } from './super.ts';
import { tablesOf } from './tables.ts';
import type { Environment, StatementValue } from './value.ts';
import { PYTHON, type Value } from './value.ts';

/** Expressions evaluated for one file at most; what lies beyond is unknown. */
const FUEL = 400_000;

export interface ReadFile {
  readonly facts: FileFacts;
  readonly evaluation: FileEvaluation;
}

/** Of a file that is read in part: a top-level function or a method of a class, or what stands in no function. */
export type FactsFocus = FunctionDefinition | 'declarations';

/** With a focus nothing is said of what other functions contain. */
export function readFileFacts(
  file: SourceFile,
  linked: LinkedProject,
  only: FactsFocus | null = null,
): ReadFile {
  const recorder = createRecorder();
  const evaluation: Evaluation = {
    file,
    linked,
    names: {
      ...createNameResolver(linked.table, new Map()),
      definitionOf: qualifiedName => linked.definitionOf(qualifiedName),
    },
    tables: tablesOf(linked),
    recorder,
    environment: createEnvironment(null),
    choices: firstChoice,
    depth: 0,
    budget: { fuel: FUEL },
    variables: new Map(),
    globals: new Map(),
    annotations: new Map(),
    members: new Map(),
    properties: new Map(),
    definitions: new Map(),
    localModels: new Map(),
    results: new Map(),
    evaluate,
    invoke,
    attribute: attributeOf,
  };
  const run: Run = {
    evaluation,
    returned: [],
    left: [],
    broken: [],
    block: runBlock,
    defineFunction: (at, node, outer) => defineFunction(at, node, outer, only),
    defineClass: (at, node, outer) => defineClass(at, node, outer, only),
  };
  runBlock(run, [evaluation.environment], file.module.body);
  const known = statementFacts(recorder, file.path);
  const ofCalls = readCalls(run, recorder.calls, known.keys());
  const statements = ofCalls === null ? known : answeredFacts(known, file.path, ofCalls);
  // What is kept for longer than the reading holds these alone.
  const { values, uses, bodies } = recorder;
  const outline = onceForKey((value: StatementValue) => outlineOf(value, file.path));
  // Each rule that looks at an expression asks what it means.
  const meaning = onceForKey(meaningOf);
  const facts: FileFacts = {
    models: linked.modelsOfFile(file.path),
    statements: [...statements.keys(), ...markedFacts(file, recorder, statements.keys())],
    meaningOf: (expression: Expression) => meaning(values.get(expression)),
    outlinesAt: (expression: Expression) => [...(uses.get(expression) ?? [])].map(outline),
    outlinesOf: statement => (statements.get(statement) ?? []).map(outline),
    separateLoadsOf: statement => renderedLoads(evaluation, statements.get(statement) ?? []),
  };
  const qualify = (expression: Expression) => evaluation.names.qualify(expression, file);
  return { facts, evaluation: { file, values, uses, bodies, qualify } };
}

/** Whether a function is the one that is asked about, or stands in it. */
function isAbout(node: FunctionDefinition, only: FactsFocus | null): boolean {
  if (only === null || only === 'declarations') return only === null;
  return contains(only, node);
}

/** Null where it says nothing of the function that is asked about. Of those that call it, the calls alone count. */
function runAbout(run: Run, node: FunctionDefinition, only: FactsFocus | null): Run | null {
  if (only === null || isAbout(node, only)) return run;
  if (only === 'declarations') return null;
  const { evaluation } = run;
  const { file, recorder } = evaluation;
  const text = file.text.slice(node.start, node.end);
  if (recorder === null || !text.includes(`${only.name.id}(`)) return null;
  return { ...run, evaluation: { ...evaluation, recorder: callsAlone(recorder) } };
}

function defineFunction(
  run: Run,
  node: FunctionDefinition,
  outer: Environment,
  only: FactsFocus | null,
): void {
  const about = runAbout(run, node, only);
  if (about !== null) runFunction(about, node, outer, null);
  outer.locals.set(node.name.id, {
    kind: 'function',
    node,
    file: run.evaluation.file,
    self: null,
    closure: isModule(outer) ? null : outer,
  });
}

function isModule(environment: Environment): boolean {
  return environment.parent === null;
}

/** Runs a body with parameters as annotated. `self` is what the first parameter of a method stands for. */
function runFunction(
  run: Run,
  node: FunctionDefinition,
  outer: Environment,
  self: Value | null,
  owner?: string,
): void {
  const environment = createEnvironment(outer);
  bindSuper(environment, self, owner);
  const evaluation: Evaluation = { ...run.evaluation, environment };
  for (const decorator of node.decorators)
    evaluation.evaluate({ ...run.evaluation, environment: outer }, decorator);
  for (const [index, parameter] of node.parameters.entries()) {
    if (parameter.default !== null)
      evaluation.evaluate({ ...run.evaluation, environment: outer }, parameter.default);
    const value =
      index === 0 && self !== null
        ? self
        : valueOfAsked(evaluation, parameter, { node, self, ...(owner === undefined ? {} : { owner }) });
    environment.locals.set(parameter.name.id, value);
  }
  const inner: Run = { ...run, evaluation, returned: [], left: [], broken: [] };
  const { body } = node;
  evaluation.recorder?.bodies.add(body);
  runBlock(inner, [environment], body);
}

function defineClass(run: Run, node: ClassDefinition, outer: Environment, only: FactsFocus | null): void {
  const { file, linked } = run.evaluation;
  const qualifiedName = qualifiedNameOf(run, node);
  const model = linked.models.get(qualifiedName);
  const environment = createEnvironment(outer, 'class');
  const evaluation: Evaluation = { ...run.evaluation, environment };
  const value: Value =
    model !== undefined
      ? entityOf(run.evaluation, model)
      : isModule(outer)
        ? { kind: 'class', qualifiedName, node, file }
        : localClass(run.evaluation, node);
  for (const each of node.arguments)
    evaluation.evaluate({ ...run.evaluation, environment: outer }, each.value);
  for (const decorator of node.decorators)
    evaluation.evaluate({ ...run.evaluation, environment: outer }, decorator);
  if (!isModule(outer)) outer.locals.set(node.name.id, value);
  let receivers: readonly Receiver[] | null = null;
  const inner: Run = {
    ...run,
    evaluation,
    defineFunction: (_run, method) => {
      const about = runAbout({ ...run, evaluation }, method, only);
      if (about === null) return;
      const mapped = value.kind === 'class' ? mappedReceivers(run.evaluation, value, method) : [];
      if (mapped.length === 0) receivers ??= receiversOf(run.evaluation, value);
      const called = mapped.map(model => receiverFor(run.evaluation, model));
      for (const each of called.length > 0 ? called : (receivers ?? [])) {
        const self = receiverOf(method, each.self, each.class);
        runFunction(about, method, environment, self, qualifiedName);
      }
    },
  };
  runBlock(inner, [environment], node.body);
}

interface Receiver {
  readonly self: Value;
  readonly class: Value;
}

/** What `self` and `cls` stand for: the class itself, or each subclass that says what the class leaves open. */
function receiversOf(evaluation: Evaluation, owner: Value): readonly Receiver[] {
  if (owner.kind === 'entity') return [receiverFor(evaluation, owner.model)];
  if (owner.kind !== 'class') return [{ self: PYTHON, class: owner }];
  const concretions = concretionsOf(evaluation, owner);
  const followed = concretions.slice(0, SUBCLASS_LIMIT);
  const classes =
    followed.length < concretions.length || followed.length === 0 ? [...followed, owner] : followed;
  return classes.map(each => ({ self: { kind: 'object', class: each, self: true }, class: each }));
}

function receiverFor(evaluation: Evaluation, model: Model): Receiver {
  return { self: { kind: 'instance', model }, class: entityOf(evaluation, model) };
}

function receiverOf(method: FunctionDefinition, self: Value, owner: Value): Value | null {
  const names = method.decorators.map(each => lastName(each) ?? '');
  if (names.includes('staticmethod')) return null;
  const onClass = names.some(each =>
    ['classmethod', 'expression', 'declared_attr', 'directive', 'comparator', 'update_expression'].includes(
      each,
    ),
  );
  return onClass ? owner : self;
}

function qualifiedNameOf(run: Run, node: ClassDefinition): string {
  const reference = run.evaluation.names.qualify(
    { kind: 'name', id: node.name.id, start: node.name.start, end: node.name.end },
    run.evaluation.file,
  );
  return reference ?? `${run.evaluation.file.name}.${node.name.id}`;
}
