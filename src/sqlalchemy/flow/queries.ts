/** Legacy `session.query(…)`: the call that sends it, on the session at the beginning of its chain. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { newSession } from './ambient.ts';
import { givenTo } from './arguments.ts';
import { changed, refreshAll, reportInLoop } from './executions.ts';
import { anchor, type Frame, type Given, identityAt } from './machine.ts';
import { refreshByQuery } from './objects.ts';
import { firstOf, manyOf } from './rows.ts';
import { touch } from './session-effects.ts';
import type { FlowState } from './state.ts';
import { type SentStatement, sentAt } from './statements-sent.ts';
import { type FlowValue, type Identity, plain, type RowsValue, UNKNOWN } from './values.ts';

/** Null where the call sends no legacy query. */
export function callQuery(frame: Frame, state: FlowState, node: Call): FlowValue | null {
  const sent = sentAt(frame, node);
  if (!sent?.legacy || node.function.kind !== 'attribute') return null;
  givenTo(frame, state, node);
  const session = sessionOf(frame, state, node.function.value);
  if (session === null) return UNKNOWN;
  const rows = sentQuery(frame, state, node, { sent, session });
  switch (node.function.attribute.id) {
    case 'all':
    // A page of Flask-SQLAlchemy is looped over as its `items` are.
    case 'paginate':
      return manyOf(state, rows);
    case 'first':
    case 'one':
    case 'one_or_none':
    case 'get':
    case 'first_or_404':
    case 'one_or_404':
    case 'get_or_404':
      return firstOf(state, rows);
    case 'update':
    case 'delete':
      changed(state, session, anchor(frame, node));
      return plain('');
    default:
      return plain('');
  }
}

/** What stands behind `db` has no name of its own. */
const paginating = /^(?:fastapi_pagination\b.*\.)?paginate$/;

/** `db.paginate(select(User))`, `paginate(session, select(User))`; null for all else. */
export function callPaginate(frame: Frame, state: FlowState, node: Call, given: Given): FlowValue | null {
  if (lastName(node.function) !== 'paginate') return null;
  const argument = node.arguments.find(
    each => each.keyword === null && sentAt(frame, each.value) !== null,
  )?.value;
  const sent = argument && sentAt(frame, argument);
  if (!sent || !paginating.test(calledName(frame, node))) return null;
  const own = given.positional.find(each => each.kind === 'session')?.session;
  const session = own ?? sessionOfExtension(frame, state);
  return manyOf(state, {
    ...sentQuery(frame, state, node, { sent, session }),
    statement: frame.depth === 0 ? argument : null,
  });
}

function calledName({ evaluation }: Frame, { function: called }: Call): string {
  const value = evaluation.values.get(called);
  return value?.kind === 'library' ? value.name : (evaluation.qualify(called) ?? '');
}

/** `for user in session.query(User):`; null for all else. */
export function iteratedQuery(frame: Frame, state: FlowState, node: Expression): FlowValue | null {
  const sent = sentAt(frame, node);
  if (!sent?.legacy) return null;
  const session = sessionOf(frame, state, node);
  return session === null ? UNKNOWN : manyOf(state, sentQuery(frame, state, node, { sent, session }));
}

function sentQuery(
  frame: Frame,
  state: FlowState,
  node: Expression,
  { sent, session }: { readonly sent: SentStatement; readonly session: Identity },
): RowsValue {
  touch(frame, state, session, node);
  reportInLoop(frame, node, 'statement');
  const { items } = sent;
  for (const item of items ?? []) if (item.entity) refreshByQuery(state, session, item.entity);
  if (items === null) refreshAll(state, session);
  const [only, ...others] = items ?? [];
  const scalars = only?.entity != null && others.length === 0;
  return {
    kind: 'rows',
    session,
    items,
    texts: [],
    scalars,
    mappings: false,
    streamed: false,
    identity: identityAt(frame, node),
    call: null,
    statement: null,
  };
}

/** What `User.query` asks: the session that Flask-SQLAlchemy keeps for the request, which code calls `db.session`. */
function sessionOfExtension(frame: Frame, state: FlowState): Identity {
  const place = `${frame.identity}/db.session`;
  if (!state.sessions.has(place)) state.sessions.set(place, newSession(false, null, false));
  return place;
}

/** The session of `session.query(…)` that the chain begins with, where it is written as one chain. */
function sessionOf(frame: Frame, state: FlowState, node: Expression): Identity | null {
  let inner = node;
  for (;;) {
    if (inner.kind === 'call') inner = inner.function;
    else if (inner.kind === 'attribute') {
      const isModelQuery = inner.attribute.id === 'query';
      inner = inner.value;
      if (inner.kind === 'call') continue;
      if (isModelQuery && frame.evaluation.values.get(inner)?.kind === 'entity')
        return sessionOfExtension(frame, state);
      const value = frame.machine.evaluate(frame, state, inner);
      if (value.kind === 'session') return value.session;
    } else return null;
  }
}
