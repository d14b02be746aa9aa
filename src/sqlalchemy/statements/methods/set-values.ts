/** What `values(…)` and `set_=` write to which columns. */
import type { UnknownReason } from '../../statement.ts';
import { literal, operandOf, unknownElement } from '../coercion.ts';
import { columnsOfComposite } from '../composites.ts';
import { typeOf } from '../elements.ts';
import { type Call, unknownAt } from '../evaluation.ts';
import { dictionaryOf } from '../given-dictionaries.ts';
import type { SetValue, TableFrom } from '../ir.ts';
import { NULL_TYPE } from '../sql-type.ts';
import { type DictValue, type Located, PYTHON } from '../value.ts';
import { keywordPlace } from './select-methods.ts';

export function merged(before: readonly SetValue[], added: readonly SetValue[]): readonly SetValue[] {
  const keys = new Set(added.map(each => each.key));
  return [...before.filter(each => each.target !== undefined || !keys.has(each.key)), ...added];
}

/** `values(a=1)`, `values({"a": 1})`, `values((1, 2))`; null where the keys are not known. */
export function givenRow(table: TableFrom, call: Call): readonly SetValue[] | null {
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

export function rowOf(table: TableFrom, call: Call, given: Located): readonly SetValue[] | null {
  if (given.value.kind === 'list') {
    return given.value.elements.flatMap((each, index) => {
      const column = table.columns[index];
      return column === undefined ? [] : [setValue(call, table, { key: column.key, at: each.at }, each)];
    });
  }
  const row = dictionaryOf(call.evaluation, given.value);
  return row === null ? null : rowOfDict(table, call, row);
}

export function rowOfDict(table: TableFrom, call: Call, dict: DictValue): readonly SetValue[] | null {
  const row = dict.entries.map(({ key, value }) => setOf(call, table, key, value));
  const known = row.filter(each => each !== null);
  return known.length === row.length ? known.flat() : null;
}

/** What a pair of key and value sets; null where the key is not known. */
export function setOf(
  call: Call,
  table: TableFrom,
  key: Located,
  value: Located,
): readonly SetValue[] | null {
  const name = keyOf(key);
  if (name !== null) return [setValue(call, table, { key: name, at: key.at }, value)];
  const columns = columnsOfComposite(key.value);
  if (columns !== null)
    return columns.map(each =>
      setValue(call, table, { key: each.key, at: key.at }, { ...value, value: PYTHON }),
    );
  // What a hybrid stands for is no place to write to: its `update_expression` says where that is.
  if (key.value.kind !== 'element' || key.value.mapped?.attribute.kind === 'hybrid') return null;
  const target = key.value.element;
  const options = { name: null, type: typeOf(target) };
  return [{ key: '', at: key.at, target, value: operandOf(call.evaluation, value, options) }];
}

/** The key of a column given as a string or as the column itself. */
export function keyOf(given: Located): string | null {
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
  if (column === undefined && !table.complete && table.reflected !== true)
    return unknown('unresolved-name', `${table.name}.${key} may come from a part that could not be read.`);
  if (value.kind === 'relationship' || value.kind === 'loader')
    return unknown('unsupported-construct', 'This value is no SQL expression.');
  const options = { name: key, type: column?.type ?? NULL_TYPE };
  const plain = value.kind === 'constant' || value.kind === 'dict' || value.kind === 'list';
  const made = plain ? literal(given, options) : operandOf(call.evaluation, given, options);
  // Whatever its class, SQLAlchemy sends it as the column's type.
  const isTyped = made.kind === 'bind' && value.kind !== 'element' && column !== undefined;
  return { key, at, value: isTyped && column.type.family !== 'null' ? { ...made, type: column.type } : made };
}
