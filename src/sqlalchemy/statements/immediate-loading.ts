/** `immediateload(…)`: the statement that loads a relationship of one object, whose keys are parameters (`_LazyLoader`). */
import type { RelationshipJoin } from '../linked-project.ts';
import { adapted } from './adapt.ts';
import { columnNamed } from './columns.ts';
import { bind, equals } from './elements.ts';
import { selectOf } from './empty-select.ts';
import type { Evaluation } from './evaluation.ts';
import { aliasOf } from './from-values.ts';
import type { Element, FromElement } from './ir.ts';
import { associationTable, joinConditions } from './relationship-joins.ts';
import { relationshipOrder } from './relationship-order.ts';
import type { SelectIn } from './select-in.ts';
import type { EntityValue, RelationshipValue } from './value.ts';

/** Null where the relationship cannot be worked out. */
export function selectOfOne(
  evaluation: Evaluation,
  owner: EntityValue,
  { model, attribute, target }: RelationshipValue,
): SelectIn | null {
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null) return null;
  const order = relationshipOrder(evaluation, model, attribute, target.from, target.from);
  const secondary = associationTable(evaluation, { model, attribute });
  const isGet = attribute.direction === 'many-to-one' && join.custom === null && join.secondary === null;
  const where =
    (isGet ? keyConditions(join, target.from) : null) ??
    joinedConditions(evaluation, owner.from, { model, attribute, target: target.from, secondary });
  if (order === null || where === null) return null;
  const froms = secondary === null ? [target.from] : [target.from, secondary];
  return { select: { ...selectOf([], null), froms, where, orderBy: order }, target, keys: [] };
}

/** The object by its primary key, which the session may have already; null where a column of it is not known. */
function keyConditions({ pairs }: RelationshipJoin, target: FromElement): readonly Element[] | null {
  const keys = pairs.flatMap(pair => columnNamed(target, pair.remote.column) ?? []);
  return keys.length < pairs.length ? null : keys.map(key => equals(key, bind('pk', key.type, null), null));
}

interface Joined extends Pick<RelationshipValue, 'model' | 'attribute'> {
  readonly target: FromElement;
  readonly secondary: FromElement | null;
}

/** The conditions of the relationship, with parameters in place of the owner's columns. */
function joinedConditions(
  evaluation: Evaluation,
  owner: FromElement,
  { model, attribute, target, secondary }: Joined,
): readonly Element[] | null {
  if (owner.kind !== 'table') return null;
  const parent = aliasOf(owner, null, null);
  const joined = joinConditions(evaluation, model, attribute.name, parent, target, secondary);
  if (joined.on === null || (secondary !== null && joined.secondary === null)) return null;
  const conditions = joined.secondary === null ? [joined.on] : [joined.secondary, joined.on];
  return conditions.map(each =>
    adapted(each, {
      column: column => (column.from === parent ? bind('param', column.type, null) : column),
    }),
  );
}
