/** Methods of sessions, one entry each: what they send, and what becomes of the objects. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { changed, executed, reportInLoop, type SessionCall } from './executions.ts';
import { anchor, type CallContext, type Frame, identityAt, report } from './machine.ts';
import { eagerRelationships, forgetObjects, loadedObject, madeObject, refreshByQuery } from './objects.ts';
import { firstOf } from './rows.ts';
import {
  close,
  commit,
  detachAll,
  expireAll,
  flush,
  giveAway,
  mayFail,
  rollback,
  touch,
  useInBlock,
} from './session-effects.ts';
import { type FlowState, type ObjectState, updateObject, updateSession } from './state.ts';
import { type FlowValue, type Identity, plain, UNKNOWN } from './values.ts';

type Effect = (call: SessionCall) => FlowValue;

/** Methods of AsyncSession that give a coroutine. */
const asynchronous: ReadonlySet<string> = new Set(
  `execute scalars scalar get get_one stream stream_scalars commit rollback flush refresh delete merge close aclose
  run_sync connection invalidate reset exec close_all remove`.split(/\s+/),
);

const effects: Readonly<Record<string, Effect>> = {
  execute: call => executed(call, 'rows'),
  exec: call => executed(call, 'entities'),
  stream: call => executed(call, 'streamed'),
  scalars: call => executed(call, 'scalars'),
  stream_scalars: call => executed(call, 'streamed-scalars'),
  scalar: call => {
    const rows = executed(call, 'scalars');
    return rows.kind === 'rows' ? firstOf(call.state, rows) : UNKNOWN;
  },
  get: got,
  get_one: got,
  add: added,
  add_all: added,
  delete: deleted,
  merge: merged,
  flush: flushed,
  commit: committed,
  rollback: rolledBack,
  refresh: refreshed,
  expire: ({ state, given, node, frame, method }) => {
    const objects = objectsIn(given.positional[0]);
    if (reportNotPersistent(frame, state, objects, node, method)) return plain(method);
    for (const id of given.positional.length > 1 ? [] : objects)
      if (state.objects.get(id)?.phase === 'persistent')
        updateObject(state, id, { expired: { cause: 'expire', by: anchor(frame, node) } });
    return plain(method);
  },
  expire_all: ({ frame, state, session, node, method }) => {
    expireAll(state, session, 'expire', anchor(frame, node));
    return plain(method);
  },
  expunge: ({ frame, state, given, node, method }) => {
    for (const id of objectsIn(given.positional[0]))
      updateObject(
        state,
        id,
        state.objects.get(id)?.phase === 'persistent'
          ? { phase: 'detached', closedBy: anchor(frame, node) }
          : {},
      );
    return plain(method);
  },
  expunge_all: ({ frame, state, session, node, method }) => {
    detachAll(state, session, anchor(frame, node));
    return plain(method);
  },
  close: closed,
  aclose: closed,
  remove: closed,
  begin: ({ frame, state, session, known, node }) => {
    if (known.begunBy) report(frame, { kind: 'begin-in-transaction', node, begunBy: known.begunBy });
    updateSession(state, session, { begunBy: null });
    return { kind: 'transaction', session, nested: false };
  },
  begin_nested: ({ session }) => ({ kind: 'transaction', session, nested: true }),
  run_sync: call => {
    for (const each of [...call.given.positional, ...call.given.keywords.values()])
      giveAway(call.state, each);
    giveAway(call.state, { kind: 'session', session: call.session });
    return UNKNOWN;
  },
};

export function callSession(call: SessionCall, context: CallContext): FlowValue {
  const { frame, state, known, node, method, session, given } = call;
  if (known.async && asynchronous.has(method) && context !== 'awaited') {
    giveAway(state, { kind: 'session', session });
    for (const each of given.positional) giveAway(state, each);
    return { kind: 'coroutine', call: node, method, sessions: [session] };
  }
  const effect = effects[method];
  if (effect === undefined) {
    for (const each of [...given.positional, ...given.keywords.values()]) giveAway(state, each);
    // Who asks takes a way of its own for each answer.
    if (/^in_(?:nested_)?transaction$/.test(method)) updateSession(state, session, { begunBy: null });
    return /^(?:in_transaction|in_nested_transaction|is_modified|__contains__)$/.test(method)
      ? plain(method)
      : UNKNOWN;
  }
  if (context !== 'awaited' || known.async || !asynchronous.has(method)) return effect(call);
  // `await session.execute(…)` of a synchronous session is one mistake.
  report(frame, { kind: 'await-mistake', node, way: 'needless', method });
  return effect({ ...call, frame: { ...frame, reports: false } });
}

function got({ frame, state, session, node, given }: SessionCall): FlowValue {
  touch(frame, state, session, node);
  reportInLoop(frame, node, 'statement');
  const value = frame.evaluation.values.get(node);
  if (value?.kind !== 'instance') return UNKNOWN;
  const entity = { model: value.model, loads: given.keywords.has('options') || given.open ? null : [] };
  refreshByQuery(state, session, entity);
  return loadedObject(state, identityAt(frame, node), entity, { session, statement: null, each: false });
}

function objectsIn(value: FlowValue | undefined): readonly Identity[] {
  if (value === undefined) return [];
  if (value.kind === 'objects') return value.objects;
  if (value.kind === 'many') return objectsIn(value.element);
  return value.kind === 'tuple' ? value.elements.flatMap(each => objectsIn(each)) : [];
}

function added({ frame, state, session, node, given, method }: SessionCall): FlowValue {
  for (const id of objectsIn(given.positional[0] ?? given.keywords.get('instance'))) {
    const each = state.objects.get(id);
    if (each?.phase === 'transient') updateObject(state, id, { phase: 'pending', session });
    else if (each?.phase === 'detached')
      updateObject(state, id, { phase: 'persistent', session, closedBy: null });
  }
  useInBlock(frame, state, session, node);
  changed(state, session, anchor(frame, node));
  if (state.sessions.get(session)?.begunBy === null)
    updateSession(state, session, { begunBy: anchor(frame, node) });
  return plain(method);
}

function deleted({ frame, state, session, node, given, method }: SessionCall): FlowValue {
  const objects = objectsIn(given.positional[0]);
  if (reportNotPersistent(frame, state, objects, node, method)) return plain(method);
  changed(state, session, anchor(frame, node));
  if (state.sessions.get(session)?.begunBy === null)
    updateSession(state, session, { begunBy: anchor(frame, node) });
  forgetObjects(state, objects);
  return plain(method);
}

function merged({ frame, state, session, node, given }: SessionCall): FlowValue {
  touch(frame, state, session, node);
  changed(state, session, anchor(frame, node));
  for (const id of objectsIn(given.positional[0]))
    if (state.objects.get(id)?.phase === 'transient') updateObject(state, id, { merged: true });
  const value = frame.evaluation.values.get(node);
  if (value?.kind !== 'instance') return UNKNOWN;
  const copy = madeObject(state, identityAt(frame, node), value.model, []);
  forgetObjects(state, [identityAt(frame, node)]);
  return copy;
}

function flushed({ frame, state, session, node, method }: SessionCall): FlowValue {
  mayFail(frame, state, session, node);
  touch(frame, state, session, node);
  flush(state, session, anchor(frame, node));
  return plain(method);
}

function committed({ frame, state, session, node, method }: SessionCall): FlowValue {
  mayFail(frame, state, session, node);
  touch(frame, state, session, node);
  reportInLoop(frame, node, 'commit');
  commit(state, session, anchor(frame, node));
  endBlock(state, session, anchor(frame, node), method);
  return plain(method);
}

function rolledBack({ frame, state, session, node, method }: SessionCall): FlowValue {
  rollback(state, session, anchor(frame, node));
  endBlock(state, session, anchor(frame, node), method);
  return plain(method);
}

function endBlock(state: FlowState, session: Identity, node: Expression, method: string): void {
  const block = state.sessions.get(session)?.block;
  if (block) updateSession(state, session, { block: { ...block, ended: { node, method } } });
}

function closed({ frame, state, session, node, method }: SessionCall): FlowValue {
  close(frame, state, session, node);
  return plain(method);
}

function refreshed({ frame, state, session, node, given, method }: SessionCall): FlowValue {
  const objects = objectsIn(given.positional[0] ?? given.keywords.get('instance'));
  touch(frame, state, session, node);
  if (reportNotPersistent(frame, state, objects, node, method)) return plain(method);
  const named = namesIn(node);
  for (const id of objects) {
    const each = state.objects.get(id);
    if (each === undefined) continue;
    const eager =
      named === null || each.loaded === null
        ? null
        : [...each.loaded, ...named, ...eagerRelationships(each.model)];
    updateObject(state, id, { loaded: eager && new Set(eager), expired: null, computed: null });
  }
  return plain(method);
}

/** The attribute names that `refresh()` is given as literals; null where they are not literals. */
function namesIn(node: Call): readonly string[] | null {
  const argument = keywordOf(node, 'attribute_names') ?? node.arguments[1];
  if (argument === undefined || (argument.keyword !== null && argument.keyword.id !== 'attribute_names'))
    return [];
  const list = argument.value;
  if (list.kind !== 'list' && list.kind !== 'tuple' && list.kind !== 'set') return null;
  const names = list.elements.map(each => (each.kind === 'string' ? each.value : null));
  return names.every(each => each !== null) ? names : null;
}

/** An object that this function made, and that no session has ever had. */
function reportNotPersistent(
  frame: Frame,
  state: FlowState,
  objects: readonly Identity[],
  node: Call,
  method: string,
): boolean {
  const states = objects.map(id => state.objects.get(id));
  const isTransient = states.every(each => each?.made && each.phase === 'transient' && !isConnected(each));
  if (states.length === 0 || !isTransient) return false;
  report(frame, { kind: 'not-persistent', node, method, merged: states.every(each => each?.merged) });
  forgetObjects(state, objects);
  return true;
}

/** Another object may have brought it into the session. */
function isConnected({ model, loaded }: ObjectState): boolean {
  return model.attributes.some(
    each => each.kind === 'relationship' && (loaded === null || loaded.has(each.name)),
  );
}
