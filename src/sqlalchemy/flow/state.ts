/**
 * Sessions, objects and variables at one point of a run. Where two ways meet, only what holds on both is kept: a finding
 * must be true on every way. `loaded` is the one set that grows, since what may be loaded is no mistake to read.
 */
import type { TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { LoadCause } from '../flow-fact.ts';
import type { Model } from '../model.ts';
import { SharedMap } from '../shared-map.ts';
import type { LoadPath } from '../statements/ir.ts';
import { type FlowValue, type Identity, joinedValue } from './values.ts';

/** Changed in place along one way; where ways part, it is forked. */
export interface FlowState extends Shared {
  names: SharedMap<string, FlowValue>;
  /** True where no way leads on from here. */
  dead: boolean;
}

/** What a function shares with those that it calls. */
interface Shared {
  objects: SharedMap<Identity, ObjectState>;
  sessions: SharedMap<Identity, SessionState>;
  /** Attributes of holders, as `holder.name`. */
  fields: SharedMap<string, FlowValue>;
}

export interface ObjectState {
  readonly model: Model;
  /** Null for an object that no session has. */
  readonly session: Identity | null;
  readonly phase: 'transient' | 'pending' | 'persistent' | 'detached' | 'unknown';
  /** Relationships that may be loaded; null where all may be. */
  readonly loaded: ReadonlySet<string> | null;
  /** Why reading any column goes to the database; null where it may not. */
  readonly expired: { readonly cause: LoadCause; readonly by: TextRange } | null;
  /** Columns that the database computes, of an object that an UPDATE was sent for. */
  readonly computed: TextRange | null;
  /** Changed since it was loaded, so that the next flush sends an UPDATE. */
  readonly changed: boolean;
  /** Made by a constructor here. */
  readonly made: boolean;
  /** Given to `merge()`. */
  readonly merged: boolean;
  readonly closedBy: TextRange | null;
  readonly statement: Expression | null;
  /** Options of its statement, from this object on; null where they are not known. */
  readonly loads: readonly LoadPath[] | null;
  /** Stands for each element of a list. */
  readonly each: boolean;
}

export interface SessionState {
  readonly async: boolean;
  /** True for a `Connection`, which knows no objects, and begins and ends transactions as a session does. */
  readonly connection: boolean;
  /** Whether `commit()` expires; null where it is not known. */
  readonly expires: boolean | null;
  /** Made in the function that is run, so that nobody else commits it. */
  readonly own: boolean;
  /** What surely began the transaction that is running. */
  readonly begunBy: TextRange | null;
  /** The block around: open, or ended too early by the given call. */
  readonly block: { readonly nested: boolean; readonly ended: BlockEnd | null } | null;
  /** The first change that is surely not committed. */
  readonly changed: Expression | null;
  /** Whether it may have been committed, or given to somebody who may commit it. */
  readonly settled: boolean;
  /** Whether a savepoint has sent all that was pending, and nothing was changed since. */
  readonly flushed: boolean;
  /** Whether code that is not seen had it, so that any object may be there already, loaded in whatever way. */
  readonly lent: boolean;
  readonly failed: { readonly by: TextRange; readonly handler: TextRange } | null;
  /** The call whose failing the running handler may have caught. */
  readonly flushing: TextRange | null;
  /** Tasks that run with it, as far as known. */
  readonly tasks: number;
}

export interface BlockEnd {
  readonly node: Expression;
  readonly method: string;
}

export function emptyState(): FlowState {
  return {
    names: new SharedMap(),
    objects: new SharedMap(),
    sessions: new SharedMap(),
    fields: new SharedMap(),
    dead: false,
  };
}

export function forkState(state: FlowState): FlowState {
  return {
    names: state.names.fork(),
    objects: state.objects.fork(),
    sessions: state.sessions.fork(),
    fields: state.fields.fork(),
    dead: state.dead,
  };
}

/** The same objects and sessions, seen from inside a function with variables of its own. */
export function withNames(state: FlowState, names: SharedMap<string, FlowValue>): FlowState {
  return { ...state, names };
}

/** Goes on as another state has ended, with the variables that are there. */
export function continueAs(state: FlowState, ended: FlowState | null): void {
  if (ended === null) {
    state.dead = true;
    return;
  }
  state.objects = ended.objects;
  state.sessions = ended.sessions;
  state.fields = ended.fields;
}

export function updateObject(state: FlowState, id: Identity, change: Partial<ObjectState>): void {
  const known = state.objects.get(id);
  if (known !== undefined) state.objects.set(id, { ...known, ...change });
}

export function updateSession(state: FlowState, id: Identity, change: Partial<SessionState>): void {
  const known = state.sessions.get(id);
  if (known !== undefined) state.sessions.set(id, { ...known, ...change });
}

/** Where one way out commits, the others leave the changes behind on purpose. */
export function settleTogether(ways: readonly FlowState[]): void {
  const settled = new Set(
    ways.flatMap(way => [...way.sessions].flatMap(([id, each]) => (each.settled ? [id] : []))),
  );
  for (const way of ways) for (const id of settled) updateSession(way, id, { settled: true });
}

/** Null for no ways at all. */
export function joinStates(states: readonly (FlowState | null)[]): FlowState | null {
  const reached = states.filter(each => each !== null && !each.dead) as readonly FlowState[];
  const [first, ...others] = reached;
  if (first === undefined) return null;
  return others.reduce((one, two) => (one === two ? one : joined(one, two)), first);
}

function joined(one: FlowState, two: FlowState): FlowState {
  return {
    names: joinedMap(one.names, two.names, joinedValue),
    objects: joinedMap(one.objects, two.objects, joinedObject),
    sessions: joinedMap(one.sessions, two.sessions, joinedSession),
    fields: joinedMap(one.fields, two.fields, joinedValue),
    dead: false,
  };
}

/** What only one way knows of is kept: the other does not have it at all. */
function joinedMap<Key, Item>(
  one: SharedMap<Key, Item>,
  two: SharedMap<Key, Item>,
  join: (one: Item, two: Item) => Item,
): SharedMap<Key, Item> {
  const result = one.fork();
  if (one.isSameAs(two)) return result;
  for (const [key, item] of two) {
    const known = one.get(key);
    if (known === item) continue;
    const both = known === undefined ? item : join(known, item);
    if (both !== known) result.set(key, both);
  }
  return result;
}

function joinedObject(one: ObjectState, two: ObjectState): ObjectState {
  return {
    model: one.model,
    session: one.session === two.session ? one.session : null,
    phase: one.phase === two.phase ? one.phase : 'unknown',
    loaded: one.loaded && two.loaded && new Set([...one.loaded, ...two.loaded]),
    expired: one.expired && two.expired && one.expired,
    computed: one.computed && two.computed && one.computed,
    changed: one.changed && two.changed,
    made: one.made && two.made,
    merged: one.merged && two.merged,
    closedBy: one.closedBy ?? two.closedBy,
    statement: one.statement === two.statement ? one.statement : null,
    loads: one.loads && two.loads && [...new Set([...one.loads, ...two.loads])],
    each: one.each || two.each,
  };
}

function joinedSession(one: SessionState, two: SessionState): SessionState {
  const sameBlock = one.block?.nested === two.block?.nested;
  const ended = one.block?.ended && two.block?.ended ? one.block.ended : null;
  return {
    async: one.async,
    connection: one.connection,
    expires: one.expires === two.expires ? one.expires : null,
    own: one.own && two.own,
    begunBy: one.begunBy && two.begunBy && one.begunBy,
    block: sameBlock && one.block ? { ...one.block, ended } : null,
    changed: one.changed && two.changed && one.changed,
    settled: one.settled || two.settled,
    flushed: one.flushed || two.flushed,
    lent: one.lent || two.lent,
    failed: one.failed && two.failed && one.failed,
    flushing: one.flushing && two.flushing && one.flushing,
    tasks: Math.min(one.tasks, two.tasks),
  };
}
