/** Calls, by what is called: sessions, results, factories, lists, constructors, functions of the workspace, all else. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { Value } from '../statements/value.ts';
import { ambientValue, newSession, placeOf } from './ambient.ts';
import { allGiven, givenTo } from './arguments.ts';
import { reportCoroutine } from './coroutines.ts';
import { callLibrary, callUnknown } from './library-calls.ts';
import { callList } from './lists.ts';
import { type CallContext, type Frame, type Given, identityAt } from './machine.ts';
import { forgetObjects, madeObject } from './objects.ts';
import { callPaginate, callQuery } from './queries.ts';
import { callRows } from './rows.ts';
import { callSession } from './session-calls.ts';
import { giveAway } from './session-effects.ts';
import type { FlowState } from './state.ts';
import { type FlowValue, UNKNOWN } from './values.ts';

export function callExpression(frame: Frame, state: FlowState, node: Call, context: CallContext): FlowValue {
  const { function: called } = node;
  if (called.kind === 'attribute') {
    const receiver = frame.machine.evaluate(frame, state, called.value);
    const value = callMethod(frame, state, { node, called, receiver, context });
    if (value !== null) return value;
    return callValue(frame, state, node, { receiver, context });
  }
  const local =
    called.kind === 'name' ? state.names.get(called.id) : frame.machine.evaluate(frame, state, called);
  if (local?.kind === 'factory') return sessionFrom(frame, state, node, local.async, local.expires);
  if (local?.kind === 'session') {
    // `scoped_session()` gives the session itself.
    givenTo(frame, state, node);
    return local;
  }
  return callValue(frame, state, node, { receiver: null, context });
}

interface MethodCall {
  readonly node: Call;
  readonly called: Expression & { readonly kind: 'attribute' };
  readonly receiver: FlowValue;
  readonly context: CallContext;
}

/** Null where the receiver does not decide. */
function callMethod(
  frame: Frame,
  state: FlowState,
  { node, called, receiver, context }: MethodCall,
): FlowValue | null {
  const method = called.attribute.id;
  switch (receiver.kind) {
    case 'session': {
      const query = callQuery(frame, state, node);
      if (query !== null) return query;
      const given = givenTo(frame, state, node);
      const known = state.sessions.get(receiver.session);
      if (known === undefined) return UNKNOWN;
      return callSession({ frame, state, session: receiver.session, known, node, method, given }, context);
    }
    case 'rows':
      for (const each of allGiven(givenTo(frame, state, node))) giveAway(state, each);
      return callRows(frame, state, receiver, node, context);
    case 'factory':
      return callFactory(frame, state, node, receiver, method);
    case 'many':
      return callList(frame, state, node, { list: receiver, method });
    case 'coroutine':
      reportCoroutine(frame, receiver, called);
      givenTo(frame, state, node);
      return UNKNOWN;
    case 'objects':
      // What a method of the class does with its attributes is not followed.
      forgetObjects(state, receiver.objects);
      return callUnknown(state, givenTo(frame, state, node));
    case 'transaction':
      giveAway(state, receiver);
      return UNKNOWN;
    default:
      return null;
  }
}

function callFactory(
  frame: Frame,
  state: FlowState,
  node: Call,
  { async, expires }: FlowValue & { readonly kind: 'factory' },
  method: string,
): FlowValue {
  const made = method === 'begin' ? sessionFrom(frame, state, node, async, expires) : UNKNOWN;
  return made.kind === 'session' ? { kind: 'transaction', session: made.session, nested: false } : UNKNOWN;
}

function sessionFrom(
  frame: Frame,
  state: FlowState,
  node: Call,
  async: boolean,
  expires: boolean | null,
): FlowValue {
  const given = givenTo(frame, state, node);
  const session = identityAt(frame, node);
  const replaced = given.keywords.has('expire_on_commit') || given.open;
  state.sessions.set(session, newSession(async, replaced ? null : expires, true));
  return { kind: 'session', session };
}

interface ValueCall {
  readonly receiver: FlowValue | null;
  readonly context: CallContext;
}

/** By what the evaluation says of the function. */
function callValue(frame: Frame, state: FlowState, node: Call, { receiver, context }: ValueCall): FlowValue {
  const query = callQuery(frame, state, node);
  if (query !== null) return query;
  const callee = frame.evaluation.values.get(node.function);
  switch (callee?.kind) {
    case 'entity':
      return construct(frame, state, node, callee);
    case 'session-factory':
      return sessionFrom(frame, state, node, callee.async, callee.expireOnCommit ?? null);
    case 'function': {
      const given = givenTo(frame, state, node);
      const self = callee.self === null ? null : selfOf(frame, node, callee.self, receiver);
      const isCoroutine = callee.node.async && context === 'plain';
      if (isCoroutine) return frame.machine.coroutine(frame, state, { callee, self, given, at: node });
      return frame.machine.invoke(frame, state, { callee, self, given, at: node });
    }
    case 'class':
      return frame.machine.instantiate(frame, state, {
        owner: callee,
        given: givenTo(frame, state, node),
        at: node,
      });
    default:
      return callOther(frame, state, node, { callee, context, given: givenTo(frame, state, node), receiver });
  }
}

function callOther(
  frame: Frame,
  state: FlowState,
  node: Call,
  {
    callee,
    given,
    receiver,
    context,
  }: ValueCall & { readonly callee: Value | undefined; readonly given: Given },
): FlowValue {
  const made = frame.evaluation.values.get(node);
  if (callee?.kind === 'library' && made?.kind === 'session') {
    const session = identityAt(frame, node);
    state.sessions.set(session, newSession(made.async, made.expireOnCommit ?? null, true));
    return { kind: 'session', session };
  }
  if (made?.kind === 'session-factory')
    return { kind: 'factory', async: made.async, expires: made.expireOnCommit ?? null };
  if (made?.kind === 'connection' && receiver !== null) return connectionFrom(frame, state, node, made.async);
  if (receiver !== null && receiver.kind !== 'unknown') giveAway(state, receiver);
  const value = callPaginate(frame, state, node, given) ?? callLibrary(frame, state, node, given);
  if (value !== null) return value;
  const asynchronous = allGiven(given).flatMap(each =>
    each.kind === 'session' && state.sessions.get(each.session)?.async ? [each.session] : [],
  );
  const result = callUnknown(state, given);
  // `async with get_session() as session`: what kind of session it is may be known from its annotation.
  if (made?.kind === 'session') return ambientValue(frame, state, node, placeOf(frame, node));
  // Perhaps a coroutine: those who run several of them will know.
  return context === 'plain' && asynchronous.length > 0
    ? { kind: 'coroutine', call: node, method: null, sessions: asynchronous }
    : result;
}

/** `engine.connect()`, `engine.begin()`. */
function connectionFrom(frame: Frame, state: FlowState, node: Call, async: boolean): FlowValue {
  const method = lastName(node.function);
  if (method !== 'connect' && method !== 'begin') return UNKNOWN;
  const session = identityAt(frame, node);
  state.sessions.set(session, { ...newSession(async, false, true), connection: true });
  return method === 'begin' ? { kind: 'transaction', session, nested: false } : { kind: 'session', session };
}

function selfOf(frame: Frame, node: Call, self: Value, receiver: FlowValue | null): FlowValue {
  if (receiver !== null && receiver.kind !== 'unknown') return receiver;
  if (self.kind !== 'object' || node.function.kind !== 'attribute') return UNKNOWN;
  return { kind: 'holder', holder: placeOf(frame, node.function.value) };
}

function construct(
  frame: Frame,
  state: FlowState,
  node: Call,
  entity: Value & { readonly kind: 'entity' },
): FlowValue {
  const given = givenTo(frame, state, node);
  const id = identityAt(frame, node);
  // What is put into it may come into a session with it.
  for (const each of allGiven(given)) giveAway(state, each);
  const value = madeObject(state, id, entity.model, given.keywords.keys());
  // A constructor of its own may set anything.
  const own = frame.machine.source.linked.definitionOf(`${entity.model.qualifiedName}.__init__`);
  if (given.open || given.positional.length > 0 || own !== null || entity.alias) forgetObjects(state, [id]);
  return value;
}
