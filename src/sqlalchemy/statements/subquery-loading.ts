/** `subqueryload(…)`: the first statement again as a subquery, and what is loaded joined to it (`_SubqueryLoader`). */
import { columnNamed, columnOfTable } from './columns.ts';
import { selectOf } from './empty-select.ts';
import type { Evaluation } from './evaluation.ts';
import { anonymous } from './identifiers.ts';
import type { ColumnElement, SelectNode, SubqueryFrom, TableFrom } from './ir.ts';
import { keysOf } from './primary-key.ts';
import { relationshipOrder } from './relationship-order.ts';
import { type SelectIn, stepFrom } from './select-in.ts';
import type { EntityValue, RelationshipValue } from './value.ts';

/** Of a relationship of a class that the statement lists; null where it cannot be worked out. */
export function joinedToSubquery(
  evaluation: Evaluation,
  first: SelectNode,
  owner: EntityValue,
  relationship: RelationshipValue,
): SelectIn | null {
  const { model, attribute, target } = relationship;
  const join = evaluation.linked.joinOf(model, attribute.name);
  if (join === null || target === null || owner.from.kind !== 'table') return null;
  const order = relationshipOrder(evaluation, model, attribute, target.from, target.from);
  const names = [...new Set(join.pairs.map(pair => pair.local.column))];
  const local = names.flatMap(name => columnNamed(owner.from, name) ?? []);
  const rows = local.length === names.length ? rowsOf(first, owner.from, local) : null;
  if (order === null || rows === null || local.length === 0) return null;
  const step = stepFrom(evaluation, rows, relationship);
  const table = owner.from.name;
  const keys = local.flatMap(({ name }) =>
    typeof name === 'string' ? (columnOfTable(rows, table, name) ?? []) : [],
  );
  if (step === null || keys.length < local.length) return null;
  return { select: { ...selectOf([], null), froms: [rows], joins: [step], orderBy: order }, target, keys };
}

/** The keys of the first statement's rows. Their order counts where their number is limited. */
function rowsOf(first: SelectNode, table: TableFrom, local: readonly ColumnElement[]): SubqueryFrom | null {
  const isLimited = first.limit !== null || first.offset !== null || first.fetch !== null;
  const distinct = first.distinct || !keysOf(table).every(each => local.includes(each));
  // What DISTINCT rows are ordered by would have to stand among them.
  if (distinct && isLimited && first.orderBy.length > 0) return null;
  const entities = first.items.flatMap(item => (item.kind === 'entity' ? [item.from] : []));
  const plain: SelectNode = {
    ...{ ...first, eager: [], contained: [], loading: [], loads: [] },
    items: local.map(element => ({ kind: 'element', element, at: null })),
    froms: first.froms.length === 0 && first.joins.length === 0 ? entities : first.froms,
    joins: first.joins.map(step => ({ ...step, items: step.items ?? first.items })),
    orderBy: isLimited ? first.orderBy : [],
    ...{ distinct, tableLabels: true, unlabelled: false, legacy: false, correlate: null },
  };
  return { kind: 'subquery', statement: plain, name: anonymous({}, 'anon'), lateral: false, at: null };
}
