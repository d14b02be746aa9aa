/** Names and attributes that the function did not fill itself: sessions, factories and objects, by what evaluation says of them. */
import type { Expression } from '../../python/syntax.ts';
import type { ConnectionLikeValue, Value } from '../statements/value.ts';
import { type Frame, textOf } from './machine.ts';
import type { FlowState, SessionState } from './state.ts';
import { type FlowValue, type Identity, UNKNOWN } from './values.ts';

/** `place`: where it is kept, so that two mentions are one object. */
export function ambientValue(frame: Frame, state: FlowState, node: Expression, place: string): FlowValue {
  const value = frame.evaluation.values.get(node);
  return value === undefined ? UNKNOWN : valueAt(state, value, place);
}

export function placeOf(frame: Frame, node: Expression): string {
  return `${frame.identity}/${textOf(frame, node).replace(/\s+/g, '')}`;
}

function valueAt(state: FlowState, value: Value, place: string): FlowValue {
  switch (value.kind) {
    case 'session':
      return ambientSession(state, value, place);
    case 'session-factory':
      return { kind: 'factory', async: value.async, expires: value.expireOnCommit ?? null };
    case 'instance':
      state.objects.set(place, { ...unknownObject, model: value.model });
      return { kind: 'objects', objects: [place] };
    case 'object':
      return { kind: 'holder', holder: place };
    default:
      return UNKNOWN;
  }
}

function ambientSession(state: FlowState, value: ConnectionLikeValue, place: Identity): FlowValue {
  if (!state.sessions.has(place))
    state.sessions.set(place, newSession(value.async, value.expireOnCommit ?? null, false));
  return { kind: 'session', session: place };
}

export function newSession(async: boolean, expires: boolean | null, own: boolean): SessionState {
  return {
    async,
    connection: false,
    expires,
    own,
    begunBy: null,
    block: null,
    changed: null,
    settled: false,
    flushed: false,
    lent: false,
    failed: null,
    flushing: null,
    tasks: 0,
  };
}

/** An object of which only the class is known. */
const unknownObject = {
  session: null,
  phase: 'unknown',
  loaded: null,
  expired: null,
  computed: null,
  changed: false,
  made: false,
  merged: false,
  closedBy: null,
  statement: null,
  loads: null,
  each: false,
} as const;
