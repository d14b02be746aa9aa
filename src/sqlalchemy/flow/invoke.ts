/**
 * Functions of the workspace are run where they are called, with the sessions and objects that they are given: helpers,
 * methods of repositories, context managers. What they do is taken over; nothing is reported of them there.
 */

import { isGenerator } from '../../python/generators.ts';
import { lastName } from '../../python/last-name.ts';
import type { Expression } from '../../python/syntax.ts';
import { classMember } from '../reading/class-members.ts';
import { siteOf } from '../reading/site.ts';
import { SharedMap } from '../shared-map.ts';
import type { ClassValue, FunctionValue } from '../statements/value.ts';
import { allGiven, boundParameters } from './arguments.ts';
import { type Frame, type Instantiation, type Invocation, identityAt } from './machine.ts';
import { FOLLOWED_LENGTH } from './places.ts';
import { giveAway } from './session-effects.ts';
import { continueAs, type FlowState, forkState, joinStates, withNames } from './state.ts';
import { type FlowValue, type Identity, joinedValue, NOTHING, UNKNOWN } from './values.ts';

const DEPTH_LIMIT = 3;

/** Decorators that leave the call as it is. */
const harmless =
  /^(?:staticmethod|classmethod|override|abstractmethod|contextmanager|asynccontextmanager|property|cached_property|wraps|overload|final|typing\.override|get|post|put|patch|delete|head|options|websocket|api_route|route|tool|task)$/;

export function invokeFunction(frame: Frame, state: FlowState, call: Invocation): FlowValue {
  const { callee, self, given } = call;
  if (!concerns(frame, state, call)) return UNKNOWN;
  const entered = enter(frame, call);
  if (entered === null || isGenerator(callee.node)) {
    for (const each of allGiven(given)) giveAway(state, each);
    if (self !== null) giveAway(state, self);
    return UNKNOWN;
  }
  const inner = withNames(forkState(state), namesFor(state, call));
  const raised = frame.raising.map(points => points.length);
  const end = frame.machine.block(entered, inner, callee.node.body);
  // Whoever catches an error of the function goes on with variables of its own.
  for (const [index, points] of frame.raising.entries())
    for (const point of points.slice(raised[index])) point.names = state.names.fork();
  const ways = [...entered.returned, ...(end === null ? [] : [{ state: end, value: NOTHING }])];
  continueAs(state, joinStates(ways.map(each => each.state)));
  return ways.map(each => each.value).reduce((one, two) => joinedValue(one, two), ways[0]?.value ?? UNKNOWN);
}

/** Whether the function may have to do with sessions or their objects: it is given some, or speaks of them itself. */
function concerns(frame: Frame, state: FlowState, { callee, self, given }: Invocation): boolean {
  if (allGiven(given).some(each => isTracked(state, each))) return true;
  const places = placesIn(frame, callee);
  if (places.length === 0) return self !== null && isTracked(state, self);
  const { start, end } = callee.node;
  return self !== null || places.some(place => start <= place && place < end);
}

function placesIn(frame: Frame, callee: FunctionValue): readonly number[] {
  return frame.machine.source.placesOf(callee.file.path);
}

function isTracked(state: FlowState, value: FlowValue): boolean {
  switch (value.kind) {
    case 'objects':
      return value.objects.some(id => state.objects.get(id)?.phase !== 'unknown');
    case 'many':
      return isTracked(state, value.element);
    case 'tuple':
      return value.elements.some(each => isTracked(state, each));
    case 'holder':
      return [...state.fields.keys()].some(field => field.startsWith(`${value.holder}.`));
    case 'unknown':
    case 'none':
    case 'plain':
      return false;
    default:
      return true;
  }
}

function namesFor(state: FlowState, { callee, self, given }: Invocation): FlowState['names'] {
  // A function inside the function sees its variables.
  const names = callee.closure === null ? new SharedMap<string, FlowValue>() : state.names.fork();
  for (const [name, value] of boundParameters(callee.node, self, given)) names.set(name, value);
  return names;
}

/** Null where it is not to be followed. */
function enter(frame: Frame, { callee, at }: Invocation): Frame | null {
  const { node, file } = callee;
  const evaluation = frame.machine.source.evaluationOf(file.path);
  const isCircle = frame.identity.includes(`>${node.start}@${file.path}`);
  if (evaluation === null || isCircle || !node.decorators.every(isHarmless)) return null;
  if (frame.depth >= DEPTH_LIMIT || node.end - node.start > FOLLOWED_LENGTH) return null;
  return {
    machine: frame.machine,
    evaluation,
    identity: `${identityAt(frame, at)}>${node.start}@${file.path}`,
    function: node,
    async: node.async,
    depth: frame.depth + 1,
    site: frame.site ?? at,
    reports: false,
    returned: [],
    caller: frame.reports ? { loop: frame.loop } : null,
    onYield: null,
    loop: null,
    raising: frame.raising,
  };
}

function isHarmless(decorator: Expression): boolean {
  const named = decorator.kind === 'call' ? decorator.function : decorator;
  const name = lastName(named) ?? '';
  return harmless.test(name);
}

/** The sessions that the coroutine will use, found by running it aside. */
export function pendingCoroutine(frame: Frame, state: FlowState, call: Invocation): FlowValue {
  const { touched } = frame.machine;
  const before = new Set(touched);
  touched.clear();
  invokeFunction({ ...frame, reports: false }, forkState(state), call);
  const sessions = new Set<Identity>([...touched, ...allGiven(call.given).flatMap(sessionIn)]);
  touched.clear();
  for (const each of before) touched.add(each);
  for (const each of allGiven(call.given)) giveAway(state, each);
  const known = [...sessions].filter(each => state.sessions.has(each));
  for (const session of known) giveAway(state, { kind: 'session', session });
  return { kind: 'coroutine', call: call.at, method: null, sessions: known };
}

function sessionIn(value: FlowValue): readonly Identity[] {
  return value.kind === 'session' ? [value.session] : [];
}

/** `UserRepository(session)`: what `__init__` keeps of its arguments. */
export function instantiate(frame: Frame, state: FlowState, { owner, given, at }: Instantiation): FlowValue {
  const self: FlowValue = { kind: 'holder', holder: identityAt(frame, at) };
  const member = memberOf(frame, owner, '__init__');
  if (member !== null) {
    invokeFunction(frame, state, { callee: member, self, given, at });
    return self;
  }
  const fields = fieldsOf(owner);
  if (fields === null || given.open) {
    for (const each of allGiven(given)) giveAway(state, each);
    return UNKNOWN;
  }
  for (const [index, value] of given.positional.entries()) keep(state, self.holder, fields[index], value);
  for (const [name, value] of given.keywords) keep(state, self.holder, name, value);
  return self;
}

function keep(state: FlowState, holder: Identity, name: string | undefined, value: FlowValue): void {
  if (name !== undefined) state.fields.set(`${holder}.${name}`, value);
}

/** Of a dataclass, in order; null for other classes without `__init__`. */
function fieldsOf({ node }: ClassValue): readonly string[] | null {
  const isDataclass = node.decorators.some(each => {
    const named = each.kind === 'call' ? each.function : each;
    return lastName(named) === 'dataclass';
  });
  if (!isDataclass || node.arguments.length > 0) return null;
  return node.body.flatMap(each => {
    const target = each.kind === 'assignment' && each.annotation !== null ? each.targets[0] : undefined;
    return target?.kind === 'name' ? [target.id] : [];
  });
}

/** A method of a class or of its bases; null where there is none in the workspace. */
export function memberOf(frame: Frame, owner: ClassValue, name: string): FunctionValue | null {
  const member = classMember(owner.qualifiedName, name, siteOf(owner.file, frame.machine.source.names));
  if (member?.node.kind !== 'function') return null;
  const self = { kind: 'object', class: owner, self: false } as const;
  return { kind: 'function', node: member.node, file: member.file, self, owner: member.owner, closure: null };
}

/**
 * `with session_scope() as session:` of a generator: its body up to `yield`, then `within`, then the rest. `within` gives
 * how the block ended, on all ways out of it.
 */
export function invokeContextManager(
  frame: Frame,
  state: FlowState,
  call: Invocation,
  within: (state: FlowState, value: FlowValue) => FlowState | null,
): FlowState | null {
  const entered = enter(frame, call);
  if (entered === null) return null;
  const inner = withNames(forkState(state), namesFor(state, call));
  const managed: Frame = {
    ...entered,
    onYield: (yielding, value) => {
      const ended = within(withNames(yielding, state.names), value);
      return ended === null ? null : withNames(ended, yielding.names);
    },
  };
  const end = frame.machine.block(managed, inner, call.callee.node.body);
  return joinStates([end, ...managed.returned.map(each => each.state)]);
}
