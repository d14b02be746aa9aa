/** Parameters that FastAPI fills by `Depends(…)`: how the dependency makes its session is how the function gets it. */
import { isGenerator } from '../../python/generators.ts';
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, Parameter } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { referenceOf } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import type { FunctionValue } from '../statements/value.ts';
import { newSession } from './ambient.ts';
import { invokeContextManager } from './invoke.ts';
import type { Frame, Given } from './machine.ts';
import { emptyState, type FlowState, type SessionState } from './state.ts';
import type { FlowValue } from './values.ts';

export function bindDependencies(frame: Frame, state: FlowState): void {
  for (const parameter of frame.function?.parameters ?? []) {
    const dependency = dependencyOf(frame, parameter);
    const session = dependency && sessionOf(frame, dependency.callee, dependency.call);
    if (!session) continue;
    const place = `${frame.identity}/${parameter.name.id}`;
    state.sessions.set(place, newSession(session.async, session.expires, false));
    state.names.set(parameter.name.id, { kind: 'session', session: place });
  }
}

interface Dependency {
  readonly callee: FunctionValue;
  readonly call: Call;
}

/** `x: Annotated[Session, Depends(f)]`, the same under a name of its own, or `x = Depends(f)`. */
function dependencyOf(frame: Frame, { annotation, default: given }: Parameter): Dependency | null {
  const { file } = frame.evaluation;
  const written = given && dependsIn(given);
  if (written) return followed(frame, written, file);
  if (annotation === null) return null;
  const direct = dependsIn(annotation);
  if (direct) return followed(frame, direct, file);
  const reference = referenceOf(annotation, siteOf(file, frame.machine.source.names));
  if (reference.kind !== 'variable' && reference.kind !== 'type-alias') return null;
  const aliased = reference.node.value && dependsIn(reference.node.value);
  return aliased ? followed(frame, aliased, reference.file) : null;
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

function followed(frame: Frame, call: Call, file: SourceFile): Dependency | null {
  const provider = call.arguments[0]?.value;
  if (provider === undefined) return null;
  const reference = referenceOf(provider, siteOf(file, frame.machine.source.names));
  if (reference.kind !== 'function') return null;
  const callee = {
    kind: 'function',
    node: reference.node,
    file: reference.file,
    self: null,
    closure: null,
  } as const;
  return { callee, call };
}

const nothing: Given = { positional: [], keywords: new Map(), open: false };

/** The session that the dependency yields or returns; null where it is not seen how it is made. */
function sessionOf(frame: Frame, callee: FunctionValue, at: Call): SessionState | null {
  const call = { callee, self: null, given: nothing, at };
  const state = emptyState();
  if (!isGenerator(callee.node)) return stateOf(state, frame.machine.invoke(frame, state, call));
  let made: SessionState | null = null;
  invokeContextManager(frame, state, call, (yielding, value) => {
    made ??= stateOf(yielding, value);
    return yielding;
  });
  return made;
}

function stateOf(state: FlowState, value: FlowValue): SessionState | null {
  return value.kind === 'session' ? (state.sessions.get(value.session) ?? null) : null;
}
