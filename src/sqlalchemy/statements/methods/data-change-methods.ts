/** Methods of INSERT, UPDATE and DELETE. */

import type { UnknownReason } from '../../statement.ts';
import { conditionOf, literal, operandOf, unknownElement } from '../coercion.ts';
import { built, type Call, constantArgument, unknownAt } from '../evaluation.ts';
import type { DeleteNode, Element, InsertNode, OnConflict, SetValue, TableFrom, UpdateNode } from '../ir.ts';
import { itemsOf } from '../select-items.ts';
import { NULL_TYPE } from '../sql-type.ts';
import type { DictValue, Located, StatementValue, Value } from '../value.ts';
import { type StatementMethod, unchanged } from './rows-methods.ts';
import { conditions, filterCondition, keywordPlace } from './select-methods.ts';

type Change = InsertNode | UpdateNode | DeleteNode;

const changeMethods: Readonly<Record<string, StatementMethod<Change>>> = {
  returning: (node, call, self) => {
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    return built(call, { ...node, returning: [...node.returning, ...items] }, self);
  },
  return_defaults: (node, call, self) => {
    const detail = 'What return_defaults() brings back depends on the server.';
    const unknown = node.unknown ?? unknownAt('unsupported-construct', detail, call.at);
    return built(call, { ...node, unknown }, self);
  },
  options: unchanged,
};

export const insertMethods: Readonly<Record<string, StatementMethod<InsertNode>>> = {
  ...(changeMethods as Readonly<Record<string, StatementMethod<InsertNode>>>),
  values: insertValues,
  from_select: (node, call, self) => {
    const [names, source] = call.arguments.positional;
    if (source?.value.kind !== 'statement') return null;
    const columns = names?.value.kind === 'list' ? names.value.elements.map(each => keyOf(each)) : [];
    const known = columns.filter(each => each !== null);
    if (known.length !== columns.length || known.length === 0) return null;
    call.evaluation.recorder?.consumed(source.value);
    return built(call, { ...node, fromSelect: { columns: known, statement: source.value.node } }, self);
  },
  inline: (node, call, self) => built(call, { ...node, inline: true }, self),
  on_conflict_do_nothing: (node, call, self) =>
    built(call, { ...node, onConflict: { ...conflictTarget(call), set: null, where: null } }, self),
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
      const name = key === undefined ? null : keyOf(key);
      if (key === undefined || name === null || value === undefined) return [];
      return [setValue(call, node.table, { key: name, at: key.at }, value)];
    });
    return row.length === pairs.length ? built(call, { ...node, values: row, ordered: true }, self) : null;
  },
  where: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter_by: (node, call, self) =>
    built(call, { ...node, where: [...node.where, ...namedConditions(node, call)] }, self),
};

export const deleteMethods: Readonly<Record<string, StatementMethod<DeleteNode>>> = {
  ...(changeMethods as Readonly<Record<string, StatementMethod<DeleteNode>>>),
  where: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter: (node, call, self) => built(call, { ...node, where: [...node.where, ...conditions(call)] }, self),
  filter_by: (node, call, self) =>
    built(call, { ...node, where: [...node.where, ...namedConditions(node, call)] }, self),
};

function namedConditions(node: Change, call: Call): readonly Element[] {
  const { keywords, open } = call.arguments;
  const known = [...keywords].map(([name, given]) => filterCondition(call, node.from, name, given));
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

function merged(before: readonly SetValue[], added: readonly SetValue[]): readonly SetValue[] {
  const keys = new Set(added.map(each => each.key));
  return [...before.filter(each => !keys.has(each.key)), ...added];
}

/** `values(a=1)`, `values({"a": 1})`, `values((1, 2))`; null where the keys are not known. */
function givenRow(table: TableFrom, call: Call): readonly SetValue[] | null {
  if (call.arguments.open !== null) return null;
  const { positional, keywords } = call.arguments;
  const row: SetValue[] = [];
  for (const given of positional) {
    const part = rowOf(table, call, given);
    if (part === null) return null;
    row.push(...part);
  }
  for (const [name, given] of keywords)
    row.push(setValue(call, table, { key: name, at: keywordPlace(call, name) }, given));
  return row;
}

function rowOf(table: TableFrom, call: Call, given: Located): readonly SetValue[] | null {
  if (given.value.kind === 'list') {
    return given.value.elements.flatMap((each, index) => {
      const column = table.columns[index];
      return column === undefined ? [] : [setValue(call, table, { key: column.key, at: each.at }, each)];
    });
  }
  return given.value.kind === 'dict' ? rowOfDict(table, call, given.value) : null;
}

function rowOfDict(table: TableFrom, call: Call, dict: DictValue): readonly SetValue[] | null {
  const row = dict.entries.map(({ key, value }) => {
    const name = keyOf(key);
    return name === null ? null : setValue(call, table, { key: name, at: key.at }, value);
  });
  const known = row.filter(each => each !== null);
  return known.length === row.length ? known : null;
}

/** The key of a column given as a string or as the column itself. */
function keyOf(given: Located): string | null {
  const { value } = given;
  if (value.kind === 'constant' && typeof value.value === 'string') return value.value;
  if (value.kind === 'element' && value.element.kind === 'column') return value.element.key;
  if (value.kind === 'missing-attribute') return value.name;
  return null;
}

function setValue(
  call: Call,
  table: TableFrom,
  { key, at }: Omit<SetValue, 'value'>,
  given: Located,
): SetValue {
  const column = table.columns.find(each => each.key === key);
  const { value } = given;
  const unknown = (reason: UnknownReason, detail: string): SetValue => ({
    key,
    at,
    value: unknownElement(unknownAt(reason, detail, at), at),
  });
  if (column === undefined && !table.complete)
    return unknown('unresolved-name', `${table.name}.${key} may come from a part that could not be read.`);
  if (value.kind === 'relationship' || value.kind === 'loader')
    return unknown('unsupported-construct', 'This value is no SQL expression.');
  const options = { name: key, type: column?.type ?? NULL_TYPE };
  const plain = value.kind === 'constant' || value.kind === 'dict' || value.kind === 'list';
  return { key, at, value: plain ? literal(given, options) : operandOf(call.evaluation, given, options) };
}

function conflictUpdate(node: InsertNode, call: Call, self: StatementValue): Value | null {
  const given = call.arguments.keywords.get('set_');
  const set = given === undefined ? null : conflictSet(node, call, given);
  if (set === null) {
    const unknown = unknownAt(
      'dynamic-arguments',
      'The columns that ON CONFLICT updates are not known.',
      given?.at ?? call.at,
    );
    return built(call, { ...node, unknown: node.unknown ?? unknown }, self);
  }
  const where = call.arguments.keywords.get('where');
  const onConflict = {
    ...conflictTarget(call),
    set,
    where: where === undefined || isNone(where) ? null : conditionOf(call.evaluation, where),
  };
  return built(call, { ...node, onConflict }, self);
}

function conflictSet(node: InsertNode, call: Call, given: Located): readonly SetValue[] | null {
  if (given.value.kind === 'dict') return rowOfDict(node.table, call, given.value);
  return null;
}

function isNone(given: Located): boolean {
  return given.value.kind === 'constant' && given.value.value === null;
}

function conflictTarget(call: Call): Pick<OnConflict, 'constraint' | 'targets' | 'targetWhere'> {
  const constraint = constantArgument(call, 0, 'constraint');
  const elements = call.arguments.keywords.get('index_elements');
  const where = call.arguments.keywords.get('index_where');
  return {
    constraint: typeof constraint === 'string' ? constraint : null,
    targets:
      elements?.value.kind === 'list'
        ? elements.value.elements.map(each => conflictColumn(call, each))
        : null,
    targetWhere: where === undefined || isNone(where) ? null : conditionOf(call.evaluation, where),
  };
}

function conflictColumn(call: Call, given: Located): string | Element {
  const { value } = given;
  return value.kind === 'constant' && typeof value.value === 'string'
    ? value.value
    : operandOf(call.evaluation, given);
}
