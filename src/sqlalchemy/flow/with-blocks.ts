/** `with`: sessions that close, transactions that commit, context managers of the workspace, and all others. */
import { isGenerator } from '../../python/generators.ts';
import type { Expression, Statement, With, WithItem } from '../../python/syntax.ts';
import { givenTo } from './arguments.ts';
import { invokeContextManager } from './invoke.ts';
import { anchor, type Frame } from './machine.ts';
import { close, commit, giveAway, reportEnded } from './session-effects.ts';
import {
  type FlowState,
  forkState,
  joinStates,
  type SessionState,
  settleTogether,
  updateSession,
  withNames,
} from './state.ts';
import { bindTarget } from './targets.ts';
import { type FlowValue, type Identity, UNKNOWN } from './values.ts';

export function runWith(frame: Frame, state: FlowState, statement: With): FlowState | null {
  return runItems(frame, state, statement.items, statement.body);
}

function runItems(
  frame: Frame,
  state: FlowState,
  items: readonly WithItem[],
  body: readonly Statement[],
): FlowState | null {
  const [item, ...rest] = items;
  if (item === undefined) return frame.machine.block(frame, state, body);
  const inside = (way: FlowState) => runItems(frame, way, rest, body);
  const managed = runGenerator(frame, state, item, inside);
  if (managed !== 'other') return managed;
  const value = frame.machine.evaluate(frame, state, item.context);
  if (state.dead) return null;
  switch (value.kind) {
    case 'session':
      if (item.target !== null) bindTarget(frame, state, item.target, value);
      return throughExit(frame, state, inside, {
        normally: way => close(frame, way, value.session, item.context),
        byError: way => updateSession(way, value.session, { ...rolledBack, block: null }),
      });
    case 'transaction':
      return runTransaction(frame, state, { item, value, inside });
    case 'holder':
      return runHolder(frame, state, { item, value, inside });
    default:
      return runOther(frame, state, item, inside);
  }
}

type Inside = (state: FlowState) => FlowState | null;

/** What happens at the end of a block, by how it is left. */
interface Exit {
  readonly normally: (way: FlowState) => void;
  readonly byError: (way: FlowState) => void;
}

/** A transaction that an error has ended: whoever catches the error outside may begin the next. */
const rolledBack = { begunBy: null, changed: null, failed: null, flushing: null } as const;

/** Applies what happens at the end of the block to every way out of it. */
function throughExit(frame: Frame, state: FlowState, inside: Inside, exit: Exit): FlowState | null {
  const returned = frame.returned.length;
  const points: FlowState[] = [];
  const outer = frame.raising.splice(0);
  if (outer.length > 0) frame.raising.push(points);
  const end = inside(state);
  frame.raising.splice(0, frame.raising.length, ...outer);
  for (const point of points) {
    const way = forkState(point);
    exit.byError(way);
    for (const each of outer) each.push(way);
  }
  const left = frame.returned.slice(returned);
  for (const way of left) way.state = forkState(way.state);
  settleTogether([...left.map(way => way.state), ...(end === null ? [] : [end])]);
  for (const way of left) exit.normally(way.state);
  if (end !== null) exit.normally(end);
  return end;
}

interface Managed<Kind extends FlowValue['kind']> {
  readonly item: WithItem;
  readonly value: FlowValue & { readonly kind: Kind };
  readonly inside: Inside;
}

/** `with session.begin():`, `with factory.begin() as session:`, `with session.begin_nested():`. */
function runTransaction(
  frame: Frame,
  state: FlowState,
  { item, value, inside }: Managed<'transaction'>,
): FlowState | null {
  const { session, nested } = value;
  const before = state.sessions.get(session);
  const isFactory = isFactoryBegin(session, item.context);
  if (item.target !== null)
    bindTarget(frame, state, item.target, isFactory ? { kind: 'session', session } : UNKNOWN);
  updateSession(state, session, { block: { nested, ended: null }, begunBy: anchor(frame, item.context) });
  return throughExit(frame, state, inside, {
    normally: way => {
      endTransaction(frame, way, { session, nested, before }, item.context);
      if (isFactory) close(frame, way, session, item.context);
    },
    byError: way => leaveByError(way, { session, nested, before }),
  });
}

/** A session that `factory.begin()` made is known by the call itself. */
function isFactoryBegin(session: Identity, context: Expression): boolean {
  return session.endsWith(`:${context.start}-${context.end}`);
}

interface Ending {
  readonly session: Identity;
  readonly nested: boolean;
  readonly before: SessionState | undefined;
}

function leaveByError(way: FlowState, { session, nested, before }: Ending): void {
  const block = before?.block ?? null;
  updateSession(way, session, nested ? { block, flushing: null } : { ...rolledBack, block });
}

function endTransaction(frame: Frame, way: FlowState, ending: Ending, at: Expression): void {
  const { session, nested, before } = ending;
  const ended = way.sessions.get(session)?.block?.ended;
  if (ended?.method === 'commit') reportEnded(frame, ended, null);
  if (!nested) {
    // Where the commit fails, the block has rolled back before the error leaves it.
    for (const points of frame.raising) {
      const failing = forkState(way);
      leaveByError(failing, ending);
      points.push(failing);
    }
    if (!ended) commit(way, session, anchor(frame, at));
  }
  updateSession(way, session, {
    block: before?.block ?? null,
    flushed: nested,
    begunBy: nested ? (before?.begunBy ?? anchor(frame, at)) : null,
  });
}

/** A unit of work of the workspace: what it does on the way in and out is not followed, so that nothing is known after. */
function runHolder(
  frame: Frame,
  state: FlowState,
  { item, value, inside }: Managed<'holder'>,
): FlowState | null {
  giveAway(state, value);
  if (item.target !== null) bindTarget(frame, state, item.target, value);
  const exit = (way: FlowState) => giveAway(way, value);
  return throughExit(frame, state, inside, { normally: exit, byError: exit });
}

/** What it gives may be known by its annotation: then its name is looked up when it is used. */
function runOther(frame: Frame, state: FlowState, item: WithItem, inside: Inside): FlowState | null {
  if (item.target !== null) bindTarget(frame, state, item.target, UNKNOWN);
  if (item.target?.kind === 'name') state.names.delete(item.target.id);
  return inside(state);
}

/** `other` where the context is no call of a generator of the workspace that can be followed. */
function runGenerator(
  frame: Frame,
  state: FlowState,
  item: WithItem,
  inside: Inside,
): FlowState | null | 'other' {
  const { context: call, target } = item;
  const callee = call.kind === 'call' ? frame.evaluation.values.get(call.function) : undefined;
  if (call.kind !== 'call' || callee?.kind !== 'function' || !isGenerator(callee.node)) return 'other';
  const self = selfOf(frame, state, call.function, callee.self !== null);
  const given = givenTo(frame, state, call);
  const returned = frame.returned.length;
  let entered = false;
  let normal: FlowState | null = null;
  const end = invokeContextManager(frame, state, { callee, self, given, at: call }, (way, value) => {
    entered = true;
    if (target !== null) bindTarget(frame, way, target, value);
    normal = inside(way);
    return joinStates([normal, ...frame.returned.slice(returned).map(each => each.state)]);
  });
  if (!entered) return 'other';
  const after = (names: FlowState['names']) => end && withNames(forkState(end), names);
  for (const way of frame.returned.slice(returned)) way.state = after(way.state.names) ?? way.state;
  const finished = normal as FlowState | null;
  return finished && after(finished.names);
}

function selfOf(frame: Frame, state: FlowState, called: Expression, isMethod: boolean): FlowValue | null {
  if (!isMethod) return null;
  return called.kind === 'attribute' ? frame.machine.evaluate(frame, state, called.value) : UNKNOWN;
}
