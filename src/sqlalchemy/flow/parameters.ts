/** Parameters that FastAPI fills by `Depends(…)`: how the dependency makes its session is how the function gets it. */
import { isGenerator } from '../../python/generators.ts';
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, FunctionDefinition, Parameter } from '../../python/syntax.ts';
import type { FlowFact } from '../flow-fact.ts';
import type { SourceFile } from '../project.ts';
import { type Reference, referenceOf } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import type { FunctionValue } from '../statements/value.ts';
import { newSession } from './ambient.ts';
import { changed } from './executions.ts';
import { invokeContextManager } from './invoke.ts';
import type { Frame, Given } from './machine.ts';
import { emptyState, type FlowState, type SessionState } from './state.ts';
import type { FlowValue, Identity } from './values.ts';

/** Gives the sessions of which it is seen that they close without a commit when the route has ended. */
export function bindDependencies(frame: Frame, state: FlowState): readonly ClosedSession[] {
  const parameters = frame.function?.parameters ?? [];
  const dependencies = parameters.map(parameter => dependencyOf(frame, parameter));
  const closed: ClosedSession[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const dependency = dependencies[index];
    const made = dependency && sessionOf(frame, dependency);
    if (!made) continue;
    const { session, isLost } = made;
    const place = `${frame.identity}/${parameter.name.id}`;
    const isAlone = () =>
      !parameters.some(
        (other, at) => other !== parameter && mayCommit(frame, other, dependencies[at] ?? null),
      );
    const own = isLost && isRoute(frame.function) && isAlone();
    // The block that it is yielded in is around the whole function.
    state.sessions.set(place, { ...newSession(session.async, session.expires, own), block: session.block });
    state.names.set(parameter.name.id, { kind: 'session', session: place });
    const closedBy = parameter.default ?? parameter.annotation;
    if (own && closedBy !== null) closed.push({ session: place, closedBy });
  }
  return closed;
}

export interface ClosedSession {
  readonly session: Identity;
  /** What names the dependency. */
  readonly closedBy: Expression;
}

/** Another dependency may have the same session, and commit it after its `yield` or by a method that the route calls. */
function mayCommit(frame: Frame, parameter: Parameter, dependency: Dependency | null): boolean {
  if (dependency === null) return false;
  const { provider } = dependency;
  if (provider.kind !== 'function' || isGenerator(provider.node)) return true;
  const { start = 0, end = 0 } = frame.function ?? {};
  const called = new RegExp(`\\b${parameter.name.id}\\.[\\w.]+\\(`);
  return called.test(frame.evaluation.file.text.slice(start, end));
}

const routes = /^(?:get|post|put|patch|delete)$/;

function isRoute(node: FunctionDefinition | null): boolean {
  return (node?.decorators ?? []).some(
    each =>
      each.kind === 'call' &&
      routes.test(lastName(each.function) ?? '') &&
      each.arguments.every(({ keyword }) => keyword?.id !== 'dependencies'),
  );
}

interface Dependency {
  /** What `Depends()` is given. */
  readonly provider: Reference;
  /** Null where it is not seen. */
  readonly call: Call | null;
}

/**
 * `x: Annotated[Session, Depends(f)]`, the same under a name of its own, or `x = Depends(f)`; null for a parameter that is
 * no dependency.
 */
function dependencyOf(frame: Frame, { annotation, default: given }: Parameter): Dependency | null {
  const { names } = frame.machine.source;
  const { file } = frame.evaluation;
  const provided = (call: Call, home: SourceFile): Dependency => {
    const provider = call.arguments[0]?.value;
    return { call, provider: provider ? referenceOf(provider, siteOf(home, names)) : { kind: 'unknown' } };
  };
  const written = (given && dependsIn(given)) ?? (annotation && dependsIn(annotation));
  if (written) return provided(written, file);
  if (annotation?.kind !== 'name' && annotation?.kind !== 'attribute') return null;
  const reference = referenceOf(annotation, siteOf(file, names));
  if (reference.kind === 'unknown') return { provider: reference, call: null };
  if (reference.kind !== 'variable' && reference.kind !== 'type-alias') return null;
  const aliased = reference.node.value && dependsIn(reference.node.value);
  return aliased ? provided(aliased, reference.file) : null;
}

function dependsIn(expression: Expression): Call | null {
  if (expression.kind === 'subscript') {
    for (const each of expression.indices) {
      const found = dependsIn(each);
      if (found) return found;
    }
    return null;
  }
  if (expression.kind !== 'call') return null;
  const { function: called } = expression;
  const name = lastName(called) ?? '';
  return name === 'Depends' ? expression : null;
}

const nothing: Given = { positional: [], keywords: new Map(), open: false };

interface MadeSession {
  readonly session: SessionState;
  /** Whether what the function changes in it is lost: it is closed without a commit. */
  readonly isLost: boolean;
}

/** The session that the dependency yields or returns; null where it is not seen how it is made. */
function sessionOf(frame: Frame, { provider, call: at }: Dependency): MadeSession | null {
  if (provider.kind !== 'function' || at === null) return null;
  const { node, file } = provider;
  const callee: FunctionValue = { kind: 'function', node, file, self: null, closure: null };
  const call = { callee, self: null, given: nothing, at };
  const state = emptyState();
  if (!isGenerator(node)) {
    const session = stateOf(state, frame.machine.invoke(frame, state, call));
    return session && { session, isLost: false };
  }
  let made: SessionState | null = null;
  let isLost = false;
  const report = (fact: FlowFact) => {
    isLost ||= fact.kind === 'uncommitted-change' && fact.node === at.function;
  };
  const machine = { ...frame.machine, report };
  invokeContextManager({ ...frame, machine }, state, call, (yielding, value) => {
    made ??= stateOf(yielding, value);
    // As if the function changed something.
    if (value.kind === 'session') changed(yielding, value.session, at.function);
    return yielding;
  });
  return made && { session: made, isLost };
}

function stateOf(state: FlowState, value: FlowValue): SessionState | null {
  return value.kind === 'session' ? (state.sessions.get(value.session) ?? null) : null;
}
