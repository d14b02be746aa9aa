/** What sessions do to themselves and their objects: flush, commit, rollback, close, and being given away. */
import { rangeOf, type TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { FlowFact } from '../flow-fact.ts';
import { anchor, type Frame, report } from './machine.ts';
import { forgetObjects } from './objects.ts';
import { type BlockEnd, type FlowState, forkState, updateObject, updateSession } from './state.ts';
import type { FlowValue, Identity } from './values.ts';

/** Before anything goes to the database. `node` is the call that sends it. */
export function touch(frame: Frame, state: FlowState, session: Identity, node: Expression): void {
  const known = state.sessions.get(session);
  frame.machine.touched.add(session);
  if (known === undefined) return;
  if (known.failed !== null) {
    const { by: failed, handler } = known.failed;
    if (isOutside(frame, handler))
      frame.machine.report({ kind: 'use-after-failure', node: anchor(frame, node), failed, handler });
    updateSession(state, session, { failed: null });
  }
  useInBlock(frame, state, session, node);
  if (!known.async && !known.connection && frame.async) report(frame, { kind: 'blocking-call', node });
  if (known.begunBy === null) updateSession(state, session, { begunBy: anchor(frame, node) });
}

/** A call that raises where the transaction of the block around was ended before: what follows it says nothing new. */
export function useInBlock(frame: Frame, state: FlowState, session: Identity, node: Expression): void {
  const ended = state.sessions.get(session)?.block?.ended;
  if (!ended) return;
  reportEnded(frame, ended, anchor(frame, node));
  updateSession(state, session, { block: null });
}

/** `used`: the call that raises; null where none follows. */
export function reportEnded(frame: Frame, { node, method }: BlockEnd, used: Expression | null): void {
  if (isOutside(frame, node)) frame.machine.report({ kind: 'commit-in-block', node, method, used });
}

/** What helpers do to what was done before their call is told of the call; what they do by themselves is told of them. */
function isOutside({ reports, site }: Frame, before: TextRange): boolean {
  return reports || (site !== null && before.start !== site.start);
}

/** A call that may fail on what is flushed: the handlers around begin with that. */
export function mayFail(frame: Frame, state: FlowState, session: Identity, node: Expression): void {
  const known = state.sessions.get(session);
  if (known === undefined || known.connection || known.block?.nested || known.flushed) return;
  for (const points of frame.raising) {
    const failing = forkState(state);
    updateSession(failing, session, { flushing: rangeOf(anchor(frame, node)) });
    points.push(failing);
  }
}

export function flush(state: FlowState, session: Identity, node: TextRange): void {
  for (const [id, each] of state.objects) {
    if (each.session !== session) continue;
    if (each.phase === 'pending') updateObject(state, id, { phase: 'persistent', changed: false });
    else if (each.phase === 'persistent' && each.changed)
      updateObject(state, id, { changed: false, computed: rangeOf(node) });
  }
}

export function commit(state: FlowState, session: Identity, node: TextRange): void {
  flush(state, session, node);
  const known = state.sessions.get(session);
  if (known?.expires === true) expireAll(state, session, 'commit', node);
  updateSession(state, session, {
    changed: null,
    settled: true,
    begunBy: null,
    failed: null,
    flushing: null,
  });
  settleOthers(state);
}

export function rollback(state: FlowState, session: Identity, node: TextRange): void {
  for (const [id, each] of state.objects) {
    if (each.session !== session) continue;
    if (each.made) forgetObjects(state, [id]);
  }
  expireAll(state, session, 'rollback', node);
  updateSession(state, session, { changed: null, begunBy: null, failed: null, flushing: null });
  settleOthers(state);
}

/** Sessions that come from elsewhere may be one and the same: what ends one may end the other. */
function settleOthers(state: FlowState): void {
  for (const [id, each] of state.sessions)
    if (!each.own) updateSession(state, id, { failed: null, flushing: null, begunBy: null });
}

export function expireAll(
  state: FlowState,
  session: Identity,
  cause: 'commit' | 'rollback' | 'expire',
  by: TextRange,
): void {
  for (const [id, each] of state.objects)
    if (each.session === session && each.phase === 'persistent')
      updateObject(state, id, { expired: { cause, by: rangeOf(by) }, computed: null });
}

/** `closedBy` is what closes it: a block or a call. */
export function close(frame: Frame, state: FlowState, session: Identity, closedBy: Expression): void {
  const known = state.sessions.get(session);
  // What a helper does to a session of its own is told of the helper.
  const isTold = frame.depth === 0 ? frame.reports : known?.changed !== frame.site;
  if (isTold && known?.changed && known.own && !known.settled) {
    const fact: FlowFact = {
      kind: 'uncommitted-change',
      connection: known.connection,
      node: known.changed,
      closedBy: anchor(frame, closedBy),
    };
    frame.machine.report(fact);
  }
  detachAll(state, session, anchor(frame, closedBy));
  updateSession(state, session, { changed: null, begunBy: null, failed: null, flushing: null, block: null });
}

export function detachAll(state: FlowState, session: Identity, by: TextRange): void {
  for (const [id, each] of state.objects) {
    if (each.session !== session) continue;
    if (each.phase === 'persistent') updateObject(state, id, { phase: 'detached', closedBy: rangeOf(by) });
    else if (each.phase === 'pending') forgetObjects(state, [id]);
  }
}

/** Given to code that is not seen: nothing is known of it any more. */
export function giveAway(state: FlowState, value: FlowValue): void {
  switch (value.kind) {
    case 'session':
      giveAwaySession(state, value.session);
      return;
    case 'transaction':
      giveAwaySession(state, value.session);
      return;
    case 'objects':
    case 'awaitable-attributes':
      forgetObjects(state, value.objects);
      return;
    case 'many':
      giveAway(state, value.element);
      return;
    case 'tuple':
      for (const each of value.elements) giveAway(state, each);
      return;
    case 'coroutine':
      for (const each of value.sessions) giveAwaySession(state, each);
      return;
    case 'rows':
      giveAwaySession(state, value.session);
      return;
    case 'holder':
      for (const [field, held] of state.fields)
        if (field.startsWith(`${value.holder}.`) && held.kind !== 'holder') giveAway(state, held);
      return;
    default:
      return;
  }
}

function giveAwaySession(state: FlowState, session: Identity): void {
  const known = state.sessions.get(session);
  if (known === undefined) return;
  const ids = [...state.objects].flatMap(([id, each]) => (each.session === session ? [id] : []));
  forgetObjects(state, ids);
  updateSession(state, session, {
    changed: null,
    settled: true,
    lent: true,
    flushed: false,
    begunBy: null,
    failed: null,
    flushing: null,
  });
}
