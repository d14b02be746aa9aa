/**
 * Runs statements along every path that matters: branches fork the local variables, and paths that agree on all SQL
 * are one again. Loops over what is not known are followed once.
 */

import type { Assignment, Expression, If, Match, Statement, Try, With } from '../../python/syntax.ts';
import { valueOfAnnotation } from './annotations.ts';
import { assume, forgetChanged } from './assumptions.ts';
import { bindName, bindTarget } from './bind-target.ts';
import { accessesDatabase } from './database-access.ts';
import { entityOf } from './entities.ts';
import { fork, lookUp } from './environment.ts';
import { type Evaluation, located, locationOf } from './evaluation.ts';
import { handedOn } from './handed-on.ts';
import { giveAway, removeItem, replace, setItem } from './mutations.ts';
import { neverReturns } from './never-returns.ts';
import { mergedPaths } from './paths.ts';
import { runFor, runLoop } from './run-loops.ts';
import { alternatives, evaluated, type Run } from './run-state.ts';
import { knownTruth } from './truth.ts';
import type { Environment } from './value.ts';
import { constantValue, PYTHON, type Value } from './value.ts';

export function runBlock(
  run: Run,
  paths: readonly Environment[],
  body: readonly Statement[],
): readonly Environment[] {
  let current = paths;
  for (const statement of body) {
    if (current.length === 0) return [];
    current = mergedPaths(
      current.flatMap(path => runStatement(run, path, statement)),
      run.evaluation.recorder,
    );
  }
  return current;
}

function runStatement(run: Run, path: Environment, statement: Statement): readonly Environment[] {
  switch (statement.kind) {
    case 'if':
      return runIf(run, path, statement);
    case 'for':
      return runFor(run, path, statement);
    case 'while':
      return runLoop(run, evaluated(run, path, statement.test), statement.body, statement.otherwise);
    case 'try':
      return runTry(run, path, statement);
    case 'with':
      return runWith(run, path, statement);
    case 'match':
      return runMatch(run, path, statement);
    case 'function':
      run.defineFunction(run, statement, path);
      return [path];
    case 'class':
      run.defineClass(run, statement, path);
      return [path];
    case 'return':
      if (statement.value !== null) returnValue(run, path, statement.value);
      else run.returned.push(constantValue(null));
      return [];
    case 'raise':
      for (const each of [statement.exception, statement.cause])
        if (each !== null) evaluated(run, path, each);
      return [];
    case 'pass':
      return [path];
    case 'break':
      run.broken.push(path);
      return [];
    case 'continue':
      run.left.push(path);
      return [];
    default: {
      const after = runSimple(run, path, statement);
      const left =
        statement.kind === 'expression' && neverReturns(run.evaluation, path, statement.expression);
      return left ? [] : after;
    }
  }
}

function returnValue(run: Run, path: Environment, expression: Expression): void {
  alternatives(run, path, evaluation => {
    const value = evaluation.evaluate(evaluation, expression);
    evaluation.recorder?.returned(value);
    useDeep(evaluation, value, expression);
    run.returned.push(value);
  });
}

/** What is returned, stored or yielded in a tuple or list is whole too. */
function useDeep(evaluation: Evaluation, value: Value, at: Expression): void {
  evaluation.recorder?.used(value, at);
  if (value.kind === 'list')
    for (const each of value.elements) evaluation.recorder?.used(each.value, each.node);
}

function runSimple(run: Run, path: Environment, statement: Statement): readonly Environment[] {
  return alternatives(run, path, evaluation => {
    switch (statement.kind) {
      case 'expression':
        evaluation.evaluate(evaluation, statement.expression);
        forgetChanged(evaluation.environment, statement.expression);
        return;
      case 'assignment': {
        if (statement.value === null) return;
        const value = declared(evaluation, statement, evaluation.evaluate(evaluation, statement.value));
        for (const target of statement.targets) {
          const bound =
            declaredTable(evaluation, target) ?? handedOn(evaluation, target, value, statement.value);
          assign(evaluation, target, bound, statement.value);
        }
        return;
      }
      case 'augmented-assignment':
        augment(evaluation, statement);
        return;
      case 'assert':
        evaluation.evaluate(evaluation, statement.test);
        return;
      case 'delete':
        for (const target of statement.targets) {
          evaluation.evaluate(evaluation, target);
          if (target.kind === 'subscript') removeItem(evaluation, target);
        }
        return;
      default:
        return;
    }
  });
}

/** `session: AsyncSession = request.state.session`: nothing else says what it is. */
function declared(evaluation: Evaluation, { annotation }: Assignment, value: Value): Value {
  const isOpen = value.kind === 'python' || value.kind === 'unknown' || value.kind === 'method';
  if (annotation === null || !isOpen) return value;
  const annotated = valueOfAnnotation(evaluation, annotation, evaluation.file);
  return accessesDatabase(annotated) ? annotated : value;
}

/** `users = Table(…)` of a module is the table that its models are linked with. */
function declaredTable(evaluation: Evaluation, target: Expression): Value | null {
  if (target.kind !== 'name' || evaluation.environment.parent !== null) return null;
  const model = evaluation.linked.models.get(`${evaluation.file.name}.${target.id}`);
  return model?.kind === 'table' ? entityOf(evaluation, model) : null;
}

function assign(evaluation: Evaluation, target: Expression, value: Value, from: Expression): void {
  if (target.kind === 'subscript')
    setItem(evaluation, target, { value, at: locationOf(evaluation, from), node: from });
  else bindTarget(evaluation, target, value);
  if (target.kind === 'attribute' || target.kind === 'subscript') useDeep(evaluation, value, from);
}

function augment(
  evaluation: Evaluation,
  statement: Statement & { readonly kind: 'augmented-assignment' },
): void {
  const { target, operator, value } = statement;
  const whole: Expression = {
    kind: 'binary',
    operator,
    left: target,
    right: value,
    operatorRange: target,
    start: target.start,
    end: value.end,
  };
  const old = target.kind === 'name' ? lookUp(evaluation.environment, target.id) : undefined;
  const result = evaluation.evaluate(evaluation, whole);
  // Lists, sets and dictionaries change in place, for all who hold them.
  if (old?.kind === 'list' || old?.kind === 'dict') replace(evaluation.environment, old, result);
  else if (old !== undefined) giveAway(evaluation, old, whole);
  if (target.kind === 'name') bindName(evaluation, target.id, result);
}

function runIf(run: Run, path: Environment, statement: If): readonly Environment[] {
  // What type checkers see is what the names mean; the other branch stands in for it at run time.
  if (isTypeChecking(statement.test)) return runBlock(run, [path], statement.body);
  const known = knownTruth({ ...run.evaluation, environment: path }, statement.test);
  const tested = evaluated(run, path, statement.test);
  const branch = (body: readonly Statement[], outcome: boolean) => {
    const paths = tested.map(each => assuming(each, statement.test, outcome));
    return runBlock(run, paths, body);
  };
  if (known !== null) return branch(known ? statement.body : statement.otherwise, known);
  return [...branch(statement.body, true), ...branch(statement.otherwise, false)];
}

function isTypeChecking(test: Expression): boolean {
  if (test.kind === 'attribute') return test.attribute.id === 'TYPE_CHECKING';
  return test.kind === 'name' && test.id === 'TYPE_CHECKING';
}

function assuming(path: Environment, test: Expression, outcome: boolean): Environment {
  const copy = fork(path);
  assume(copy, test, outcome);
  return copy;
}

function runTry(run: Run, path: Environment, statement: Try): readonly Environment[] {
  const body = runBlock(run, [fork(path)], statement.body);
  const succeeded = runBlock(run, body, statement.otherwise);
  const handled = statement.handlers
    .filter(each => !isMissingImport(each.type))
    .flatMap(handler => {
      const environment = fork(path);
      if (handler.name !== null) bindName({ ...run.evaluation, environment }, handler.name.id, PYTHON);
      return runBlock(run, [environment], handler.body);
    });
  const all = mergedPaths([...succeeded, ...handled], run.evaluation.recorder);
  if (statement.finally.length === 0) return all;
  const after = runBlock(run, all.length === 0 ? [fork(path)] : all, statement.finally);
  return all.length === 0 ? [] : after;
}

/** `except ImportError` stands in for a library that is missing; the names mean what the import gives. */
function isMissingImport(type: Expression | null): boolean {
  return type?.kind === 'name' && (type.id === 'ImportError' || type.id === 'ModuleNotFoundError');
}

function runWith(run: Run, path: Environment, statement: With): readonly Environment[] {
  const entered = alternatives(run, path, evaluation => {
    for (const item of statement.items) {
      const { value } = located(evaluation, item.context);
      if (item.target !== null) bindTarget(evaluation, item.target, enteredValue(value));
    }
  });
  return runBlock(run, entered, statement.body);
}

/** `engine.connect()` and a session give themselves; so do most context managers of the workspace. */
function enteredValue(value: Value): Value {
  return value.kind === 'session-factory' ? { ...value, kind: 'session' } : value;
}

function runMatch(run: Run, path: Environment, statement: Match): readonly Environment[] {
  const subjects = evaluated(run, path, statement.subject);
  const cases = statement.cases.flatMap(each => {
    const paths = subjects.map(subject => {
      const copy = fork(subject);
      for (const name of each.bindings) bindName({ ...run.evaluation, environment: copy }, name.id, PYTHON);
      return copy;
    });
    if (each.guard !== null) for (const environment of paths) evaluated(run, environment, each.guard);
    return runBlock(run, paths, each.body);
  });
  const exhaustive = statement.cases.some(
    each => each.guard === null && each.bindings.length === 0 && isWildcard(run, each),
  );
  return exhaustive ? cases : [...cases, ...subjects];
}

function isWildcard(run: Run, each: Match['cases'][number]): boolean {
  return /^case\s+_\s*:/.test(run.evaluation.file.text.slice(each.start, each.start + 20));
}
