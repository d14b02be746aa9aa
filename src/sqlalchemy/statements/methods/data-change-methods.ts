/** Methods of INSERT, UPDATE and DELETE. */

import { unknownElement } from '../coercion.ts';
import { columnsOf } from '../columns.ts';
import { emptySelect } from '../empty-select.ts';
import { argument, built, type Call, constantArgument, unknownAt } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { DeleteNode, Element, InsertNode, StatementNode, UpdateNode } from '../ir.ts';
import { itemsOf } from '../select-items.ts';
import type { Located, StatementValue, Value } from '../value.ts';
import { conflictNothing, conflictUpdate } from './on-conflict.ts';
import { type StatementMethod, unchanged } from './rows-methods.ts';
import { conditions, filterCondition } from './select-methods.ts';
import { givenRow, keyOf, merged, rowOf, setOf } from './set-values.ts';

type Change = InsertNode | UpdateNode | DeleteNode;

const changeMethods: Readonly<Record<string, StatementMethod<Change>>> = {
  returning: (node, call, self) => {
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    return built(call, { ...node, returning: [...node.returning, ...items] }, self);
  },
  return_defaults: (node, call, self) => {
    // Nothing comes back of rows that are many, or of a SELECT.
    if (node.kind === 'insert' && (node.many || node.fromSelect !== null)) return unchanged(node, call, self);
    const detail = 'What return_defaults() brings back depends on the server.';
    const unknown = node.unknown ?? unknownAt('unsupported-construct', detail, call.at);
    return built(call, { ...node, unknown }, self);
  },
  options: (node, call, self) => {
    const adds = call.arguments.positional.some(
      ({ value }) => value.kind === 'loader' && (value.criteria.length > 0 || value.unknown !== null),
    );
    const detail = 'What with_loader_criteria() adds to this statement is not rendered yet.';
    const unknown = adds ? unknownAt('unsupported-construct', detail, call.at) : null;
    return unchanged({ ...node, unknown: node.unknown ?? unknown }, call, self);
  },
};

export const insertMethods: Readonly<Record<string, StatementMethod<InsertNode>>> = {
  ...(changeMethods as Readonly<Record<string, StatementMethod<InsertNode>>>),
  values: insertValues,
  from_select: (node, call, self) => {
    const source = argument(call, 1, 'select');
    const statement = source === undefined ? null : insertedRows(source);
    const columns = insertedColumns(argument(call, 0, 'names')?.value);
    if (statement === null || columns === null) return null;
    if (source?.value.kind === 'statement') call.evaluation.recorder?.consumed(source.value);
    const defaults = constantArgument(call, 2, 'include_defaults') !== false;
    return built(call, { ...node, fromSelect: { columns, statement, defaults } }, self);
  },
  inline: (node, call, self) => built(call, { ...node, inline: true }, self),
  on_conflict_do_nothing: conflictNothing,
  on_conflict_do_update: conflictUpdate,
};

export const updateMethods: Readonly<Record<string, StatementMethod<UpdateNode>>> = {
  ...(changeMethods as Readonly<Record<string, StatementMethod<UpdateNode>>>),
  values: (node, call, self) => {
    const row = givenRow(node.table, call);
    if (row === null) return built(call, { ...node, unknown: node.unknown ?? unknownValues(call) }, self);
    return built(call, { ...node, values: merged(node.values ?? [], row) }, self);
  },
  ordered_values: (node, call, self) => {
    const pairs = call.arguments.positional.map(each =>
      each.value.kind === 'list' ? each.value.elements : [],
    );
    const row = pairs.flatMap(([key, value]) => {
      const made = key === undefined || value === undefined ? null : setOf(call, node.table, key, value);
      return made === null ? [] : [made];
    });
    if (row.length < pairs.length) return null;
    return built(call, { ...node, values: row.flat(), ordered: true }, self);
  },
  inline: unchanged,
  where: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter_by: (node, call, self) =>
    built(call, { ...node, where: [...node.where, ...namedConditions(node, call)] }, self),
};

export const deleteMethods: Readonly<Record<string, StatementMethod<DeleteNode>>> = {
  ...(changeMethods as Readonly<Record<string, StatementMethod<DeleteNode>>>),
  using: (node, call, self) => {
    const froms = call.arguments.positional.map(each => fromOf(each.value));
    const known = froms.filter(each => each !== null);
    if (known.length < froms.length) return null;
    return built(call, { ...node, using: [...node.using, ...known] }, self);
  },
  where: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter_by: (node, call, self) =>
    built(call, { ...node, where: [...node.where, ...namedConditions(node, call)] }, self),
};

/** Null where they are not known. */
function insertedColumns(given: Value | undefined): readonly string[] | null {
  if (given?.kind === 'columns') return columnsOf(given.from).map(each => each.key);
  const columns = given?.kind === 'list' ? given.elements.map(keyOf) : [];
  const known = columns.filter(each => each !== null);
  return known.length === columns.length && known.length > 0 ? known : null;
}

/** A table or subquery stands for a SELECT of its columns. */
function insertedRows({ value, at }: Located): StatementNode | null {
  if (value.kind === 'statement') return value.node;
  return value.kind === 'from' ? emptySelect(value.from, at) : null;
}

function namedConditions(node: Change, call: Call): readonly Element[] {
  const { keywords, open } = call.arguments;
  const known = [...keywords].map(([name, given]) => filterCondition(call, node, name, given));
  return open === null ? known : [...known, unknownElement(open, call.at)];
}

function unknownValues(call: Call) {
  return unknownAt(
    'dynamic-arguments',
    'The values are put together in a way that is not understood.',
    call.at,
  );
}

function insertValues(node: InsertNode, call: Call, self: StatementValue): Value | null {
  const only = call.arguments.positional[0];
  if (
    only?.value.kind === 'list' &&
    only.value.elements.every(each => each.value.kind === 'dict' || each.value.kind === 'list')
  ) {
    const rows = only.value.elements.map(each => rowOf(node.table, call, each));
    const known = rows.filter(each => each !== null);
    const unknown = known.length === rows.length ? null : unknownValues(call);
    return built(call, { ...node, values: known, many: true, unknown: node.unknown ?? unknown }, self);
  }
  const row = givenRow(node.table, call);
  if (row === null) return built(call, { ...node, unknown: node.unknown ?? unknownValues(call) }, self);
  return built(call, { ...node, values: [merged(node.values?.[0] ?? [], row)] }, self);
}
