/** Mapped objects: how they come to be, and what a query does to those that are there. */
import type { Expression } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../model.ts';
import type { LoadPath } from '../statements/ir.ts';
import { type FlowState, updateObject } from './state.ts';
import type { FlowValue, Identity, RowItem } from './values.ts';

const loading: ReadonlySet<string> = new Set([
  'selectinload',
  'joinedload',
  'subqueryload',
  'immediateload',
  'contains_eager',
  'raiseload',
  'noload',
]);

export const eagerMappings: ReadonlySet<string> = new Set(['selectin', 'joined', 'subquery', 'immediate']);

/** Relationships that a query loads along; null where all may be. */
function loadedBy(model: Model, loads: readonly LoadPath[] | null): ReadonlySet<string> | null {
  if (loads === null) return null;
  const first = loads.flatMap(path => (path[0] && loading.has(path[0].strategy) ? [path[0]] : []));
  if (first.some(step => step.relationship === null)) return null;
  return new Set([...first.map(step => step.relationship ?? ''), ...eagerRelationships(model)]);
}

export function eagerRelationships(model: Model): readonly string[] {
  return relationshipsOf(model)
    .filter(each => eagerMappings.has(each.lazy.toLowerCase()))
    .map(each => each.name);
}

function relationshipsOf(model: Model): readonly RelationshipAttribute[] {
  return model.attributes.filter(each => each.kind === 'relationship');
}

export function isRelated(one: Model, two: Model): boolean {
  return one === two || one.bases.includes(two.qualifiedName) || two.bases.includes(one.qualifiedName);
}

export interface Origin {
  readonly session: Identity;
  readonly statement: Expression | null;
  readonly each: boolean;
}

/**
 * The object of one row. Objects of its class that the session has already may be the same, with what they have loaded; and
 * code that had the session may have left there whatever it liked.
 */
export function loadedObject(
  state: FlowState,
  id: Identity,
  item: NonNullable<RowItem['entity']>,
  origin: Origin,
): FlowValue {
  const { model, loads } = item;
  const loaded = joinedLoads([
    state.sessions.get(origin.session)?.lent === true ? null : loadedBy(model, loads),
    ...[...state.objects]
      .filter(
        ([other, each]) => other !== id && each.session === origin.session && isRelated(each.model, model),
      )
      .map(([, each]) => each.loaded),
  ]);
  state.objects.set(id, {
    model,
    session: origin.session,
    phase: 'persistent',
    loaded,
    expired: null,
    computed: null,
    changed: false,
    made: false,
    merged: false,
    closedBy: null,
    statement: origin.statement,
    loads,
    each: origin.each,
  });
  return { kind: 'objects', objects: [id] };
}

/** A query brings what it selects up to date, and loads what its options say. */
export function refreshByQuery(
  state: FlowState,
  session: Identity,
  item: NonNullable<RowItem['entity']>,
): void {
  const added = loadedBy(item.model, item.loads);
  for (const [id, each] of state.objects) {
    if (each.session !== session || !isRelated(each.model, item.model)) continue;
    const loaded = each.loaded && added && new Set([...each.loaded, ...added]);
    state.objects.set(id, { ...each, loaded, expired: null, computed: null });
  }
}

/** `User(…)`: what the constructor is given is there, all else is not. */
export function madeObject(state: FlowState, id: Identity, model: Model, given: Iterable<string>): FlowValue {
  state.objects.set(id, {
    model,
    session: null,
    phase: 'transient',
    loaded: new Set(given),
    expired: null,
    computed: null,
    changed: false,
    made: true,
    merged: false,
    closedBy: null,
    statement: null,
    loads: [],
    each: false,
  });
  return { kind: 'objects', objects: [id] };
}

export function forgetObjects(state: FlowState, ids: readonly Identity[]): void {
  for (const id of ids)
    updateObject(state, id, { phase: 'unknown', loaded: null, expired: null, computed: null });
}

function joinedLoads(sets: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  const known = sets.filter(each => each !== null);
  return known.length < sets.length ? null : new Set(known.flatMap(each => [...each]));
}
