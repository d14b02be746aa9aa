/** `try`: handlers begin wherever the body may have stopped, those for the database's errors where it may have failed. */
import { lastName } from '../../python/last-name.ts';
import type { ExceptHandler, Expression, Try } from '../../python/syntax.ts';
import type { Frame } from './machine.ts';
import { type FlowState, forkState, joinStates, settleTogether, updateSession } from './state.ts';
import { UNKNOWN } from './values.ts';

export interface TryEnd {
  readonly state: FlowState | null;
  /** A way on which a failed flush was caught and not rolled back; null where there is none. */
  readonly failed: FlowState | null;
}

export function runTry(frame: Frame, state: FlowState, statement: Try): TryEnd {
  const points: FlowState[] = [forkState(state)];
  const returned = frame.returned.length;
  frame.raising.push(points);
  const body = frame.machine.block(frame, forkState(state), statement.body);
  frame.raising.pop();
  const succeeded = body && frame.machine.block(frame, body, statement.otherwise);
  const handled = statement.handlers.flatMap(handler => {
    const end = runHandler(frame, points, handler);
    return end === null ? [] : [end];
  });
  const failed = handled.find(hasFailed) ?? null;
  const others = handled.filter(each => each !== failed);
  return {
    state: finish(frame, statement, joinStates([succeeded, ...others]), returned),
    failed: failed && finish(frame, statement, failed, frame.returned.length),
  };
}

function runHandler(frame: Frame, points: readonly FlowState[], handler: ExceptHandler): FlowState | null {
  const entry = handlerEntry(points, handler);
  if (entry === null) return null;
  if (handler.name !== null) entry.names.set(handler.name.id, UNKNOWN);
  const by = frame.site ?? { start: handler.start, end: handler.start + 'except'.length };
  // The error has undone what was changed: there is nothing left to commit.
  for (const [id, { flushing }] of entry.sessions)
    if (flushing !== null)
      updateSession(entry, id, { failed: { by: flushing, handler: by }, flushing: null, changed: null });
  return frame.machine.block(frame, entry, handler.body);
}

function handlerEntry(points: readonly FlowState[], handler: ExceptHandler): FlowState | null {
  const failing = points.filter(isFlushing);
  const catches = errorsOf(handler.type);
  if (catches === 'others' || failing.length === 0)
    return clean(joinStates(points.filter(each => !isFlushing(each)).map(forkState)));
  // A plain `except Exception` also meets what other code raises, but this is one of the ways there.
  return joinStates(failing.map(forkState));
}

function clean(state: FlowState | null): FlowState | null {
  if (state !== null) for (const id of state.sessions.keys()) updateSession(state, id, { flushing: null });
  return state;
}

function isFlushing(state: FlowState): boolean {
  return [...state.sessions.values()].some(each => each.flushing !== null);
}

function hasFailed(state: FlowState): boolean {
  return [...state.sessions.values()].some(each => each.failed !== null);
}

const databaseErrors: ReadonlySet<string> = new Set([
  'IntegrityError',
  'DBAPIError',
  'SQLAlchemyError',
  'DatabaseError',
  'OperationalError',
  'DataError',
  'StatementError',
  'Exception',
  'BaseException',
]);

function errorsOf(type: Expression | null): 'database' | 'others' {
  if (type === null) return 'database';
  if (type.kind === 'tuple')
    return type.elements.some(each => errorsOf(each) === 'database') ? 'database' : 'others';
  const name = lastName(type) ?? '';
  return databaseErrors.has(name) ? 'database' : 'others';
}

/** `finally` runs on the way on, and on the ways out by `return`. */
function finish(frame: Frame, statement: Try, state: FlowState | null, returned: number): FlowState | null {
  if (statement.finally.length === 0) return state;
  const left = frame.returned.slice(returned);
  settleTogether([...left.map(way => way.state), ...(state === null ? [] : [state])]);
  for (const way of left) {
    const ended = frame.machine.block(frame, forkState(way.state), statement.finally);
    if (ended !== null) way.state = ended;
  }
  return state && frame.machine.block(frame, state, statement.finally);
}
