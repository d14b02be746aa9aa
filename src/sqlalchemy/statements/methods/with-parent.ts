/** `with_parent(user, User.addresses)` and `query.with_parent(user)`: the rows that belong to an object. */
import type { RelationshipAttribute } from '../../model.ts';
import { unknownElement } from '../coercion.ts';
import { columnNamed } from '../columns.ts';
import { bind, conjunction, equals } from '../elements.ts';
import { entityOf } from '../entities.ts';
import { argument, type Call, unknownAt } from '../evaluation.ts';
import type { Element, FromElement, SelectNode } from '../ir.ts';
import { associationAlias, joinConditions } from '../relationship-joins.ts';
import { type EntityValue, element, type RelationshipValue, type Value } from '../value.ts';

export function withParent(call: Call): Value | null {
  const given = argument(call, 1, 'prop')?.value;
  const entity = argument(call, 2, 'from_entity')?.value;
  if (entity !== undefined && entity.kind !== 'entity') return null;
  if (given?.kind !== 'relationship') return null;
  const condition = ofObject(call, given, entity?.from ?? given.target?.from ?? null);
  return condition === null ? null : element(condition);
}

/** Of a legacy Query, where the relationship may be left out: then it is the one that leads to what is asked for. */
export function parentCondition(call: Call, select: SelectNode): Element {
  const [item] = select.items;
  const object = argument(call, 0, 'instance')?.value;
  const written = argument(call, 1, 'property')?.value;
  const own = argument(call, 2, 'from_entity')?.value;
  const entity = own?.kind === 'entity' ? own : item?.kind === 'entity' ? item : null;
  const refused = (detail: string) => unknownElement(unknownAt('from-caller', detail, call.at), call.at);
  if (entity === null) return refused('What belongs to the object is not known.');
  if (written?.kind === 'relationship')
    return (
      ofObject(call, written, entity.from) ?? refused('How the rows belong to the object is not understood.')
    );
  if (object?.kind !== 'instance')
    return refused('The class of the object that the rows belong to is not known.');
  const leading = object.model.attributes.filter(
    (each): each is RelationshipAttribute =>
      each.kind === 'relationship' && each.target === entity.model.qualifiedName,
  );
  const [only, ...others] = leading;
  const parent = entityOf(call.evaluation, object.model);
  if (only === undefined || others.length > 0 || parent.kind !== 'entity')
    return refused('Not exactly one relationship leads from the object to what is asked for.');
  const value = call.evaluation.attribute(call.evaluation, parent, only.name, call.at.range);
  const condition = value.kind === 'relationship' ? ofObject(call, value, entity.from) : null;
  return condition ?? refused('How the rows belong to the object is not understood.');
}

/** The object's keys as parameters against the columns that refer to it. */
function ofObject(
  { evaluation, at }: Call,
  { model, attribute, from: parent }: RelationshipValue,
  target: EntityValue['from'] | null,
): Element | null {
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null || join.custom !== null || join.pairs.length === 0) return null;
  const secondary = associationAlias(evaluation, { model, attribute });
  if (join.secondary !== null && secondary === null) return null;
  const holder: FromElement = secondary ?? target;
  const tests = join.pairs.map(pair => {
    const column = columnNamed(holder, pair.remote.column);
    if (column === null) return null;
    const key = bind(null, column.type, at);
    // In the order of the relationship's own condition: what is referred to stands first.
    return attribute.direction === 'many-to-one' ? equals(column, key, at) : equals(key, column, at);
  });
  const known = tests.filter(each => each !== null);
  if (known.length < tests.length) return null;
  if (secondary === null) return conjunction('and', known, at);
  const { on } = joinConditions(evaluation, model, attribute.name, parent, target, secondary);
  return on && conjunction('and', [...known, on], at);
}
