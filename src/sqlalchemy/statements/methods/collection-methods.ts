/** Methods of a write-only collection: `account.transactions.select()`, `.insert()`, `.update()`, `.delete()`. */
import { columnNamed } from '../columns.ts';
import { bind, equals } from '../elements.ts';
import { selectOf } from '../empty-select.ts';
import { built, type Call, unsupported } from '../evaluation.ts';
import type { Element, FromElement, SetValue } from '../ir.ts';
import { deleteFrom, insertInto, updateOf } from '../library/data-changes.ts';
import { joinConditions } from '../relationship-joins.ts';
import { relationshipOrder } from '../relationship-order.ts';
import { entityItem } from '../select-items.ts';
import { type CollectionValue, type EntityValue, PYTHON, type Value } from '../value.ts';

interface Rows {
  readonly target: EntityValue;
  readonly secondary: FromElement | null;
  /** That a row belongs to the object: its key is a parameter. */
  readonly where: readonly Element[];
  /** Columns of the target that hold the object's key; none behind an association table. */
  readonly keys: readonly SetValue[];
}

export function collectionMethod(call: Call, self: CollectionValue, name: string): Value {
  if (!['select', 'insert', 'update', 'delete'].includes(name)) return PYTHON;
  const rows = rowsOf(call, self);
  if (rows === null) return unsupported(call, 'The rows of this collection cannot be told.');
  const { from, model } = rows.target;
  const silent: Call = { ...call, evaluation: { ...call.evaluation, recorder: null } };
  switch (name) {
    case 'insert': {
      const made = insertInto(from, silent, false, model);
      const isKnown = made.kind === 'statement' && made.node.kind === 'insert' && rows.secondary === null;
      if (!isKnown) return unsupported(call, 'Rows behind an association table are not inserted like this.');
      return built(call, { ...made.node, values: [rows.keys] } as typeof made.node);
    }
    case 'update':
    case 'delete': {
      const made = name === 'update' ? updateOf(from, silent, model) : deleteFrom(from, silent, model);
      if (made.kind !== 'statement' || !('where' in made.node)) return made;
      return built(call, { ...made.node, where: rows.where });
    }
    default: {
      const orderBy = relationshipOrder(
        call.evaluation,
        self.relationship.model,
        self.relationship.attribute,
        from,
        from,
      );
      if (orderBy === null) return unsupported(call, 'The order of this collection is not understood.');
      const froms = rows.secondary === null ? [] : [from, rows.secondary];
      const select = selectOf([entityItem(call.evaluation, rows.target, call.at)], call.at);
      return built(call, { ...select, froms, where: rows.where, orderBy });
    }
  }
}

function rowsOf(call: Call, { relationship }: CollectionValue): Rows | null {
  const { evaluation } = call;
  const { model, attribute, target } = relationship;
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null || target.from.kind === 'join' || join.pairs.length === 0) return null;
  const secondary = join.secondary === null ? null : evaluation.tables.between(join.secondary);
  if (join.secondary !== null && secondary === null) return null;
  const holder = secondary ?? target.from;
  const keys = join.pairs.flatMap(({ remote }) => {
    const column = columnNamed(holder, remote.column);
    return column === null ? [] : [{ column, value: bind(null, column.type, call.at) }];
  });
  if (keys.length < join.pairs.length) return null;
  const where: Element[] = keys.map(({ column, value }) => equals(value, column, call.at));
  if (secondary !== null) {
    const { on } = joinConditions(
      evaluation,
      model,
      attribute.name,
      relationship.from,
      target.from,
      secondary,
    );
    if (on === null) return null;
    where.push(on);
  }
  const written = keys.map(({ column, value }) => ({ key: column.key, at: null, value }));
  return { target, secondary, where, keys: secondary === null ? written : [] };
}
