/** Attributes of mapped objects: what reading or writing one of them does. */
import type { TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { LoadCause } from '../flow-fact.ts';
import type { LinkedProject } from '../linked-project.ts';
import type { MappedAttribute, RelationshipAttribute } from '../model.ts';
import { hasAwaitableAttributes } from './awaitable.ts';
import { anchor, type Frame, type Loop } from './machine.ts';
import { eagerMappings, forgetObjects, loadedObject } from './objects.ts';
import { type FlowState, type ObjectState, updateObject, updateSession } from './state.ts';
import { toldAt } from './told-at.ts';
import { type FlowValue, type Identity, plain, UNKNOWN } from './values.ts';

type AttributeNode = Expression & { readonly kind: 'attribute' };

const lazyMappings: ReadonlySet<string> = new Set(['select', 'true']);

/** `user.name`, `user.posts`. */
export function readAttribute(
  frame: Frame,
  state: FlowState,
  node: AttributeNode,
  ids: readonly Identity[],
): FlowValue {
  const name = node.attribute.id;
  if (name === 'awaitable_attrs') return { kind: 'awaitable-attributes', objects: ids };
  const objects = statesOf(state, ids);
  const attribute = objects?.[0]?.model.attributes.find(each => each.name === name);
  if (objects === null || attribute === undefined) return UNKNOWN;
  if (reportLazyLoad(frame, state, node, { ids, objects, attribute, assigned: false })) {
    forgetObjects(state, ids);
    return UNKNOWN;
  }
  if (attribute.kind !== 'relationship') return attribute.kind === 'column' ? plain('') : UNKNOWN;
  reportRepeated(frame, state, node, { ids, objects, attribute });
  markLoaded(state, ids, name);
  return relatedValue(frame.machine.source.linked, state, ids, attribute);
}

function markLoaded(state: FlowState, ids: readonly Identity[], name: string): void {
  for (const id of ids) {
    const each = state.objects.get(id);
    // Reading the collection of an object that is not in the database yet fills nothing in.
    if (each?.loaded && each.phase === 'persistent' && !each.loaded.has(name))
      updateObject(state, id, { loaded: new Set([...each.loaded, name]) });
  }
}

/** `await user.awaitable_attrs.posts`. */
export function readAwaitable(
  frame: Frame,
  state: FlowState,
  node: AttributeNode,
  ids: readonly Identity[],
): FlowValue {
  const name = node.attribute.id;
  const objects = statesOf(state, ids);
  const attribute = objects?.[0]?.model.attributes.find(each => each.name === name);
  if (objects === null || attribute === undefined) return UNKNOWN;
  if (attribute.kind === 'relationship') reportRepeated(frame, state, node, { ids, objects, attribute });
  markLoaded(state, ids, name);
  for (const id of ids) updateObject(state, id, { expired: null, computed: null });
  return attribute.kind === 'relationship'
    ? relatedValue(frame.machine.source.linked, state, ids, attribute)
    : UNKNOWN;
}

/** `user.name = …`, `user.posts = […]`. */
export function writeAttribute(
  frame: Frame,
  state: FlowState,
  node: AttributeNode,
  ids: readonly Identity[],
): void {
  const name = node.attribute.id;
  const objects = statesOf(state, ids);
  const attribute = objects?.[0]?.model.attributes.find(each => each.name === name);
  if (objects === null || attribute === undefined) return;
  if (attribute.kind === 'relationship' && attribute.collection) {
    const reported = reportLazyLoad(frame, state, node, { ids, objects, attribute, assigned: true });
    if (reported) forgetObjects(state, ids);
  }
  for (const [index, id] of ids.entries()) {
    const each = objects[index];
    if (each === undefined) continue;
    updateObject(state, id, {
      loaded: each.loaded && new Set([...each.loaded, name]),
      changed: each.phase === 'persistent',
    });
    const session = each.session === null ? undefined : state.sessions.get(each.session);
    if (each.session !== null && each.phase === 'persistent' && session?.changed === null && ids.length === 1)
      updateSession(state, each.session, { changed: anchor(frame, node) });
  }
}

function statesOf(state: FlowState, ids: readonly Identity[]): readonly ObjectState[] | null {
  const states = ids.flatMap(id => state.objects.get(id) ?? []);
  const [first] = states;
  const isKnown =
    states.length === ids.length && first !== undefined && states.every(each => each.model === first.model);
  return isKnown ? states : null;
}

interface Access {
  readonly ids: readonly Identity[];
  readonly objects: readonly ObjectState[];
  readonly attribute: MappedAttribute;
  readonly assigned: boolean;
}

interface Reason {
  readonly cause: LoadCause;
  readonly by: TextRange | null;
  readonly detached: boolean;
}

function reportLazyLoad(frame: Frame, state: FlowState, node: AttributeNode, access: Access): boolean {
  const reasons = access.objects.map(each => reasonOf(state, each, access));
  const [reason] = reasons;
  const [object] = access.objects;
  if (!reason || object === undefined || reasons.some(each => each === null)) return false;
  const told = toldAt(frame, node);
  if (told === null) return true;
  frame.machine.report({
    kind: 'lazy-load',
    node: told,
    model: object.model,
    attribute: access.attribute.name,
    relationship: access.attribute.kind === 'relationship',
    detached: reason.detached,
    cause: reason.cause,
    causedBy: reason.by,
    statement: object.statement,
    assigned: access.assigned,
    awaitable: hasAwaitableAttributes(object.model, frame.machine.source.linked),
  });
  return true;
}

/** Why the attribute has to be loaded where it cannot be; null where it need not, or can. */
function reasonOf(state: FlowState, object: ObjectState, { attribute, assigned }: Access): Reason | null {
  if (object.phase !== 'persistent' && object.phase !== 'detached') return null;
  const detached = object.phase === 'detached';
  const session = object.session === null ? undefined : state.sessions.get(object.session);
  if (!detached && session?.async !== true) return null;
  if (object.expired !== null && !assigned && isLoaded(attribute))
    return { cause: object.expired.cause, by: detached ? object.closedBy : object.expired.by, detached };
  if (attribute.kind === 'column')
    return object.computed !== null && isComputed(attribute.onUpdate)
      ? { cause: 'computed', by: object.computed, detached }
      : null;
  if (attribute.kind !== 'relationship' || !isUnloaded(state, object, attribute)) return null;
  return { cause: object.made ? 'new' : 'unloaded', by: detached ? object.closedBy : null, detached };
}

/** Attributes that are filled by loading; properties and hybrids are code. */
function isLoaded(attribute: MappedAttribute): boolean {
  return (
    attribute.kind === 'column' || attribute.kind === 'relationship' || attribute.kind === 'column-property'
  );
}

/** `onupdate=func.now()` is computed by the database; a Python function is not. */
function isComputed(onUpdate: string | null | undefined): boolean {
  return typeof onUpdate === 'string' && /^(?:[\w.]*\bfunc\.\w+\(|[\w.]*\btext\()/.test(onUpdate);
}

function isUnloaded(state: FlowState, object: ObjectState, relationship: RelationshipAttribute): boolean {
  const { name, lazy, direction, collection, target } = relationship;
  const isLazy =
    lazyMappings.has(lazy.toLowerCase()) || (object.made && eagerMappings.has(lazy.toLowerCase()));
  if (!isLazy || object.loaded === null || object.loaded.has(name)) return false;
  if (direction !== 'many-to-one') return direction !== null || collection;
  // An object that the session has already is found without a query, and a key that is NULL leads nowhere.
  if (object.made) return false;
  return ![...state.objects.values()].some(
    each => each.model.qualifiedName === target || each.model.bases.includes(target ?? ''),
  );
}

/** The session is synchronous, so that it works: once for each object of a loop. */
function reportRepeated(
  frame: Frame,
  state: FlowState,
  node: AttributeNode,
  {
    ids,
    objects,
    attribute,
  }: { ids: readonly Identity[]; objects: readonly ObjectState[]; attribute: RelationshipAttribute },
): void {
  const [object] = objects;
  const isEach = ids.every(id => isIterated(frame.loop ?? frame.caller?.loop ?? null, id));
  const isLoading = objects.every(each => each.phase === 'persistent' && isUnloaded(state, each, attribute));
  const told = isEach && isLoading ? toldAt(frame, node) : null;
  if (told === null || object === undefined) return;
  frame.machine.report({
    kind: 'repeated-query',
    what: 'relationship',
    node: told,
    model: object.model,
    attribute: attribute.name,
    statement: object.statement,
  });
}

function isIterated(loop: Loop | null, id: Identity): boolean {
  return loop !== null && (loop.iterated.includes(id) || isIterated(loop.outer, id));
}

/** The objects behind a relationship, which came with their owner. */
function relatedValue(
  linked: LinkedProject,
  state: FlowState,
  ids: readonly Identity[],
  { name, target, collection }: RelationshipAttribute,
): FlowValue {
  const model = target === null ? undefined : linked.models.get(target);
  const [owner] = ids;
  const object = owner === undefined ? undefined : state.objects.get(owner);
  if (model === undefined || object === undefined || ids.length !== 1) return UNKNOWN;
  if (object.session === null || object.phase === 'unknown' || object.made) return UNKNOWN;
  const id = `${owner}.${name}`;
  const loads =
    object.loads?.filter(path => path[0]?.relationship === name).map(path => path.slice(1)) ?? null;
  const each = object.each || collection;
  if (!state.objects.has(id)) {
    loadedObject(state, id, { model, loads }, { session: object.session, statement: object.statement, each });
    updateObject(state, id, { phase: object.phase, closedBy: object.closedBy, expired: object.expired });
  }
  const value: FlowValue = { kind: 'objects', objects: [id] };
  return collection ? { kind: 'many', element: value, statement: object.statement } : value;
}
