/**
 * Methods of a write-only collection: `account.transactions.select()`, `.insert()`, `.update()`, `.delete()`; and what a
 * dynamic one is.
 */
import type { SourceLocation } from '../../model.ts';
import { columnNamed } from '../columns.ts';
import { bind, equals } from '../elements.ts';
import { built, type Call, locationOf, unsupported } from '../evaluation.ts';
import type { Element, FromElement, SelectNode, SetValue } from '../ir.ts';
import { deleteFrom, insertInto, updateOf } from '../library/data-changes.ts';
import { mappedSelect } from '../mapped-select.ts';
import { associationTable, joinConditions } from '../relationship-joins.ts';
import { relationshipOrder } from '../relationship-order.ts';
import { entityItem } from '../select-items.ts';
import { type CollectionValue, type EntityValue, PYTHON, type StatementValue, type Value } from '../value.ts';

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
      const select = selectOfRows(call, self, rows, call.at);
      return select === null
        ? unsupported(call, 'The order of this collection is not understood.')
        : built(call, select);
    }
  }
}

function selectOfRows(
  call: Call,
  { relationship }: CollectionValue,
  { target, secondary, where }: Rows,
  at: SourceLocation,
): SelectNode | null {
  const { evaluation } = call;
  const { model, attribute } = relationship;
  const orderBy = relationshipOrder(evaluation, model, attribute, target.from, target.from);
  if (orderBy === null) return null;
  const froms = secondary === null ? [] : [target.from, secondary];
  const select = mappedSelect(evaluation, [entityItem(evaluation, target, at)], at);
  return { ...select, froms, where, orderBy };
}

/** `author.posts` as the Query that each access of a dynamic collection is; null where its rows cannot be told. */
export function dynamicQuery(call: Call, self: CollectionValue): StatementValue | null {
  const node = call.node.function.kind === 'attribute' ? call.node.function.value : call.node;
  const at = locationOf(call.evaluation, node);
  const rows = rowsOf(call, self);
  const select = rows && selectOfRows(call, self, rows, at);
  if (select === null) return null;
  const value: StatementValue = {
    kind: 'statement',
    node: { ...select, tableLabels: true, legacy: true },
    builder: node,
    begun: at,
    excluded: null,
  };
  call.evaluation.recorder?.built(value);
  return value;
}

function rowsOf(call: Call, { relationship }: CollectionValue): Rows | null {
  const { evaluation } = call;
  const { model, attribute, target } = relationship;
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null || target.from.kind === 'join' || join.pairs.length === 0) return null;
  const secondary = associationTable(evaluation, relationship);
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
