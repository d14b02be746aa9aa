/** Sessions, and what they come from: factories, engines and their connections. */
import { lastName } from '../../python/last-name.ts';
import type { Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import { createEnvironment } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { Value } from './value.ts';

const kinds: ReadonlySet<Value['kind']> = new Set(['session', 'session-factory', 'engine', 'connection']);

export function accessesDatabase({ kind }: Value): boolean {
  return kinds.has(kind);
}

const entered = new WeakMap<FunctionDefinition, boolean>();

/**
 * `@contextmanager` around a function that yields something: that is what a `with` around its call gives. Those that yield
 * nothing, as where each element of a page is one, are not worth a look: there may be hundreds of them in one function.
 */
export function givesOnEntering(node: FunctionDefinition): boolean {
  const known = entered.get(node);
  if (known !== undefined) return known;
  const isManager = node.decorators.some(each => /^(?:async)?contextmanager$/.test(lastName(each) ?? ''));
  const gives = isManager && node.body.some(yieldsValue);
  entered.set(node, gives);
  return gives;
}

function yieldsValue(statement: Statement): boolean {
  for (const each of walk(statement)) if (each.kind === 'yield' && each.value !== null) return true;
  return false;
}

const injectors = new Set([
  'fastapi.Depends',
  'fastapi.Security',
  'fast_depends.Depends',
  'taskiq.TaskiqDepends',
]);

/**
 * What a web framework gives for a parameter whose default is `Depends(get_session)`: what the function gives or yields, an
 * object of a class. Null for other defaults, and where that is not known.
 */
export function injectedValue(evaluation: Evaluation, written: Expression): Value | null {
  const called = written.kind === 'call' ? evaluation.names.qualify(written.function, evaluation.file) : null;
  const [dependency] = written.kind === 'call' ? written.arguments : [];
  if (called === null || !injectors.has(called) || dependency === undefined) return null;
  const given = evaluation.evaluate(
    { ...evaluation, environment: createEnvironment(null) },
    dependency.value,
  );
  if (given.kind === 'class') return { kind: 'object', class: given, self: false };
  if (given.kind !== 'function') return null;
  const nothing = { positional: [], keywords: new Map(), open: null };
  const value = evaluation.invoke(evaluation, { ...given, fixture: true }, nothing);
  return accessesDatabase(value) || value.kind === 'object' || value.kind === 'instance' ? value : null;
}
