/** `immediateload(…)`: the statement that loads a relationship of one object, whose keys are parameters (`_LazyLoader`). */
import { adapted } from './adapt.ts';
import { columnNamed } from './columns.ts';
import { bind, equals } from './elements.ts';
import { selectOf } from './empty-select.ts';
import type { Evaluation } from './evaluation.ts';
import { aliasOf } from './from-values.ts';
import type { Element } from './ir.ts';
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
  if (order === null) return null;
  const keys = join.pairs.map(pair => columnNamed(target.from, pair.remote.column));
  const isGet = attribute.direction === 'many-to-one' && join.custom === null && join.secondary === null;
  const known = keys.filter(each => each !== null);
  if (isGet && known.length === keys.length) {
    // The object by its primary key, which the session may have already.
    const where = known.map(key => equals(key, bind('pk', key.type, null), null));
    return {
      select: { ...selectOf([], null), froms: [target.from], where, orderBy: order },
      target,
      keys: [],
    };
  }
  const where =
    owner.from.kind === 'table' ? conditionsOf(evaluation, owner, { model, attribute, target }) : null;
  if (where === null) return null;
  const secondary = associationTable(evaluation, { model, attribute });
  const froms = secondary === null ? [target.from] : [target.from, secondary];
  return { select: { ...selectOf([], null), froms, where, orderBy: order }, target, keys: [] };
}

/** The conditions of the relationship, with parameters in place of the owner's columns. */
function conditionsOf(
  evaluation: Evaluation,
  owner: EntityValue,
  { model, attribute, target }: Pick<RelationshipValue, 'model' | 'attribute' | 'target'>,
): readonly Element[] | null {
  if (target === null) return null;
  const parent = aliasOf(owner.from, null, null);
  const secondary = associationTable(evaluation, { model, attribute });
  const joined = joinConditions(evaluation, model, attribute.name, parent, target.from, secondary);
  if (joined.on === null || (secondary !== null && joined.secondary === null)) return null;
  const conditions = joined.secondary === null ? [joined.on] : [joined.secondary, joined.on];
  return conditions.map(each =>
    adapted(each, {
      column: column => (column.from === parent ? bind('param', column.type, null) : column),
    }),
  );
}
