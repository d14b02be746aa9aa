/** Calls that send a statement: what they give, what they change, and what they bring up to date. */
import { argumentNamed } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { anchor, type Frame, type Given, identityAt, loopsAround, report } from './machine.ts';
import { refreshByQuery } from './objects.ts';
import { giveAway, touch } from './session-effects.ts';
import { type FlowState, forkState, type SessionState, updateObject, updateSession } from './state.ts';
import { sentAt } from './statements-sent.ts';
import type { FlowValue, Identity, RowItem } from './values.ts';

export interface SessionCall {
  readonly frame: Frame;
  readonly state: FlowState;
  readonly session: Identity;
  readonly known: SessionState;
  readonly node: Call;
  readonly method: string;
  readonly given: Given;
}

type Form = 'rows' | 'scalars' | 'streamed' | 'streamed-scalars' | 'entities';

export function executed(call: SessionCall, form: Form): FlowValue {
  const { frame, state, session, known, node, given, method } = call;
  touch(frame, state, session, node);
  const argument = argumentNamed(node, 0, 'statement') ?? null;
  const sent = argument && sentAt(frame, argument);
  const changes = sent?.kind === 'insert' || sent?.kind === 'update' || sent?.kind === 'delete';
  if (changes) changed(state, session, anchor(frame, node));
  if (!sent || changes) pointOfFailure(frame, state);
  reportInLoop(frame, node, 'statement');
  for (const each of given.positional.slice(1)) giveAway(state, each);
  const selected = form === 'entities' && !selectsBySqlModel(frame) ? null : (sent?.items ?? null);
  const items = known.connection ? (selected?.map(asColumns) ?? null) : selected;
  for (const item of items ?? []) if (item.entity) refreshByQuery(state, session, item.entity);
  // What is not understood may bring any object up to date.
  if (!sent || items === null) refreshAll(state, session);
  const scalars = form.endsWith('scalars') || (form === 'entities' && items?.length === 1);
  if (scalars && items !== null && items.length > 1)
    report(frame, { kind: 'dropped-columns', node, method, count: items.length });
  return {
    kind: 'rows',
    session,
    items,
    texts: form === 'rows' || form === 'streamed' ? (sent?.texts ?? []) : [],
    scalars,
    mappings: false,
    streamed: form.startsWith('streamed'),
    identity: identityAt(frame, node),
    call: frame.depth === 0 ? node : null,
    statement: frame.depth === 0 ? argument : null,
  };
}

/** A connection gives the columns of a class, not its objects. */
function asColumns(item: RowItem): RowItem {
  return item.entity === null ? item : { name: null, wide: true, entity: null };
}

export function refreshAll(state: FlowState, session: Identity): void {
  for (const [id, each] of state.objects)
    if (each.session === session) updateObject(state, id, { expired: null, computed: null, loaded: null });
}

/** `exec()` gives objects for a select() of SQLModel, and rows for one of SQLAlchemy. */
function selectsBySqlModel({ evaluation }: Frame): boolean {
  return /\bfrom sqlmodel import\b[^)\n]*(?:\([^)]*)?\bselect\b|\bsqlmodel\.select\b/.test(
    evaluation.file.text,
  );
}

/** Errors of the database may also come from here, where nothing was flushed. */
function pointOfFailure(frame: Frame, state: FlowState): void {
  for (const points of frame.raising) points.push(forkState(state));
}

export function reportInLoop(frame: Frame, node: Expression, what: 'statement' | 'commit'): void {
  if (loopsAround(frame) > 0)
    report(frame, { kind: 'repeated-query', what, node, model: null, attribute: null, statement: null });
}

export function changed(state: FlowState, session: Identity, node: Expression): void {
  const known = state.sessions.get(session);
  if (known !== undefined) updateSession(state, session, { changed: known.changed ?? node, flushed: false });
}
