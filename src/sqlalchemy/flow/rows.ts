/** Results and rows: what their methods, indexes and loops give. */
import type { Call, Expression, Subscript } from '../../python/syntax.ts';
import type { RowColumn } from '../flow-fact.ts';
import { type CallContext, type Frame, report } from './machine.ts';
import { loadedObject } from './objects.ts';
import type { FlowState } from './state.ts';
import {
  type FlowValue,
  type Identity,
  type ManyValue,
  plain,
  type RowsValue,
  type RowValue,
  UNKNOWN,
} from './values.ts';

/** Methods that give the result itself, or one like it. */
const same: ReadonlySet<string> = new Set(['unique', 'yield_per', 'execution_options', 'tuples', 'freeze']);
const lists: ReadonlySet<string> = new Set(['all', 'fetchall', 'fetchmany']);
const singles: ReadonlySet<string> = new Set(['first', 'one', 'one_or_none', 'fetchone']);
const scalars: ReadonlySet<string> = new Set(['scalar', 'scalar_one', 'scalar_one_or_none']);

export function callRows(
  frame: Frame,
  state: FlowState,
  rows: RowsValue,
  node: Call,
  context: CallContext,
): FlowValue {
  const { function: called } = node;
  const method = called.kind === 'attribute' ? called.attribute.id : '';
  const waits = lists.has(method) || singles.has(method) || scalars.has(method) || method === 'close';
  if (rows.streamed && waits && context !== 'awaited')
    return { kind: 'coroutine', call: node, method, sessions: [rows.session] };
  if (!rows.streamed && context === 'awaited') {
    report(frame, { kind: 'await-mistake', node, way: 'needless', method });
    return UNKNOWN;
  }
  if (same.has(method)) return rows;
  if (method === 'scalars') return scalarRows(frame, rows, node);
  if (lists.has(method)) return manyOf(state, rows);
  if (singles.has(method)) return firstOf(state, rows);
  if (scalars.has(method)) return firstOf(state, scalarRows(frame, rows, node));
  if (method === 'mappings') return { ...rows, mappings: true };
  if (method === 'columns' || method === 'partitions') return { ...rows, items: null, texts: [] };
  return method === 'keys' || method === 'close' ? plain(method) : UNKNOWN;
}

function scalarRows(frame: Frame, rows: RowsValue, node: Call): RowsValue {
  const method = node.function.kind === 'attribute' ? node.function.attribute.id : '';
  const isFirst = node.arguments.length === 0;
  if (isFirst && !rows.scalars && rows.items !== null && rows.items.length > 1)
    report(frame, { kind: 'dropped-columns', node, method, count: rows.items.length });
  return { ...rows, scalars: true, items: isFirst ? rows.items : null };
}

/** All rows at once, or one after the other. */
export function manyOf(state: FlowState, rows: RowsValue): ManyValue {
  return { kind: 'many', element: elementOf(state, rows, true), statement: rows.statement };
}

/** One row, or the one value of it. */
export function firstOf(state: FlowState, rows: RowsValue): FlowValue {
  return elementOf(state, rows, false);
}

function elementOf(state: FlowState, rows: RowsValue, each: boolean): FlowValue {
  if (rows.items === null)
    return rows.texts.length > 0 && !rows.scalars ? { kind: 'row', items: [], rows } : UNKNOWN;
  const row: RowValue = { kind: 'row', items: rows.items, rows };
  const { session, statement } = rows;
  // The objects are in the session from now on.
  for (const [index, { entity }] of rows.items.entries())
    if (entity) loadedObject(state, identityOf(row, index), entity, { session, statement, each });
  return rows.scalars ? itemOf(row, 0) : row;
}

/** `row[0]`, and what a tuple of names takes apart. */
export function itemOf(row: RowValue, index: number): FlowValue {
  const place = index < 0 ? row.items.length + index : index;
  const item = row.items[place];
  if (item === undefined) return UNKNOWN;
  return item.entity === null ? plain('') : { kind: 'objects', objects: [identityOf(row, place)] };
}

function identityOf(row: RowValue, index: number): Identity {
  return `${row.rows.identity}[${index}]`;
}

const rowAttributes = /^(?:count|index|t|tuple|keys|_.*)$/;

/** `row.User`, `row.name`: names of the columns, of which a single entity has one. */
export function readRow(
  frame: Frame,
  node: Expression & { readonly kind: 'attribute' },
  row: RowValue,
): FlowValue {
  const name = node.attribute.id;
  if (name === '_mapping') return { ...row, rows: { ...row.rows, mappings: true } };
  if (row.rows.mappings) return UNKNOWN;
  const index = row.items.findIndex(each => each.entity?.model.name === name);
  if (index >= 0) return itemOf(row, index);
  const [only] = row.items;
  const model = row.items.length === 1 ? only?.entity?.model : undefined;
  if (rowAttributes.test(name)) return UNKNOWN;
  if (model === undefined || !model.attributes.some(each => each.name === name))
    return checkName(frame, row, { node, name, way: 'attribute' });
  report(frame, { kind: 'row-misuse', node, way: 'attribute-of-row', model, execution: row.rows.call });
  return UNKNOWN;
}

/** `row["name"]`: only a mapping is asked so. */
export function readRowKey(frame: Frame, node: Subscript, name: string, row: RowValue): FlowValue {
  return checkName(frame, row, { node, name, way: row.rows.mappings ? 'key' : 'text-index' });
}

/** Names are held against each other only where all of them are known, and none is there twice. */
function checkName(
  frame: Frame,
  { items, rows: { texts } }: RowValue,
  asked: Pick<RowColumn, 'node' | 'name' | 'way'>,
): FlowValue {
  const names = items.flatMap(each => each.name ?? []);
  const isKnown = items.length > 0 && names.length === items.length && new Set(names).size === names.length;
  if (asked.way === 'text-index' || (isKnown && !names.includes(asked.name)) || texts.length > 0)
    report(frame, { kind: 'row-column', ...asked, names: isKnown ? names : [], texts });
  return UNKNOWN;
}

/** `a, b = row`. */
export function unpackRow(
  frame: Frame,
  node: Expression & { readonly elements: readonly Expression[] },
  { items, rows: { mappings, texts } }: RowValue,
): void {
  if (mappings || node.elements.some(each => each.kind === 'starred')) return;
  const isKnown = items.length > 0 && items.every(each => !each.wide);
  const [count, columns] = [node.elements.length, isKnown ? items.length : null];
  if (columns === count || (columns === null && texts.length === 0)) return;
  report(frame, { kind: 'row-unpacking', node, count, columns, texts });
}
