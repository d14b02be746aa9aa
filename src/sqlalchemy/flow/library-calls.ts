/** Functions of Python and its libraries that matter: those that read, those that make lists, those that make tasks. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { allGiven } from './arguments.ts';
import { emptyList } from './lists.ts';
import { type Frame, type Given, report } from './machine.ts';
import { manyOf } from './rows.ts';
import { giveAway } from './session-effects.ts';
import { type FlowState, updateSession } from './state.ts';
import { type FlowValue, type Identity, plain, UNKNOWN } from './values.ts';

const readers: ReadonlySet<string> = new Set(
  'print len str repr isinstance bool id type hash int float sum min max any all issubclass callable format'.split(
    ' ',
  ),
);
const sequences: ReadonlySet<string> = new Set([
  'list',
  'tuple',
  'set',
  'sorted',
  'reversed',
  'frozenset',
  'iter',
]);
const logging = /^(?:debug|info|warning|warn|error|exception|critical|log|print)$/;
const waiting: ReadonlySet<string> = new Set([
  'asyncio.sleep',
  'asyncio.timeout',
  'anyio.sleep',
  'asyncio.Lock',
]);
const gathering: ReadonlySet<string> = new Set(['asyncio.gather', 'asyncio.wait', 'asyncio.as_completed']);
const tasking: ReadonlySet<string> = new Set(['asyncio.create_task', 'asyncio.ensure_future']);
const asynchronous = new Set([...waiting, ...gathering, ...tasking].map(each => each.split('.')[1] ?? ''));

/** Null where nothing is known of the function. */
export function callLibrary(frame: Frame, state: FlowState, node: Call, given: Given): FlowValue | null {
  const { function: called } = node;
  if (called.kind === 'name') {
    if (called.id === 'isinstance' || called.id === 'hasattr') doubt(state, node);
    if (readers.has(called.id)) return plain('');
    if (sequences.has(called.id)) return sequenceOf(state, given.positional[0]);
  }
  if (called.kind === 'attribute' && logging.test(called.attribute.id)) return plain('');
  const last = lastName(called) ?? '';
  const name = asynchronous.has(last) ? (frame.evaluation.qualify(called) ?? '') : '';
  if (waiting.has(name)) return plain('');
  if (gathering.has(name)) return gather(frame, state, node, { given, by: name });
  if (tasking.has(name) || isTaskMethod(called)) return startTask(frame, state, node, given);
  return null;
}

/** Code that asks what a value is knows of others that it may be. */
function doubt(state: FlowState, { arguments: given }: Call): void {
  const subject = given[0]?.value;
  if (subject?.kind === 'name') state.names.set(subject.id, UNKNOWN);
}

export function callUnknown(state: FlowState, given: Given): FlowValue {
  for (const each of allGiven(given)) giveAway(state, each);
  return UNKNOWN;
}

function sequenceOf(state: FlowState, value: FlowValue | undefined): FlowValue {
  if (value === undefined) return emptyList();
  if (value.kind === 'rows' && !value.streamed) return manyOf(state, value);
  return value.kind === 'many' ? value : UNKNOWN;
}

function gather(
  frame: Frame,
  state: FlowState,
  node: Call,
  { given, by }: { readonly given: Given; readonly by: string },
): FlowValue {
  const seen = new Set<Identity>();
  for (const value of given.positional) {
    for (const session of sessionsOf(value)) {
      if (state.sessions.get(session)?.async && seen.has(session))
        report(frame, { kind: 'shared-session', node, by });
      seen.add(session);
    }
  }
  return callUnknown(state, given);
}

function sessionsOf(value: FlowValue): readonly Identity[] {
  if (value.kind === 'coroutine') return [...new Set(value.sessions)];
  if (value.kind === 'tuple') return value.elements.flatMap(sessionsOf);
  return value.kind === 'many' && value.element.kind === 'coroutine' ? value.element.sessions : [];
}

/** Of a task group or an event loop. */
function isTaskMethod(called: Expression): boolean {
  return called.kind === 'attribute' && /^(?:create_task|start_soon)$/.test(called.attribute.id);
}

/** `create_task(work(session))`, `group.start_soon(work, session)`: the second with one session meets the first. */
function startTask(frame: Frame, state: FlowState, node: Call, given: Given): FlowValue {
  const sessions = given.positional.flatMap(each => {
    if (each.kind === 'coroutine') return each.sessions;
    return each.kind === 'session' ? [each.session] : [];
  });
  const before = new Map([...new Set(sessions)].map(each => [each, state.sessions.get(each)?.tasks ?? 0]));
  callUnknown(state, given);
  for (const [session, tasks] of before) {
    const isAsync = state.sessions.get(session)?.async === true;
    if (isAsync && tasks > 0) report(frame, { kind: 'shared-session', node, by: 'create_task' });
    updateSession(state, session, { tasks: tasks + 1 });
  }
  return UNKNOWN;
}
