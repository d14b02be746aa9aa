/** `receiver.name` of SQL expressions, of FROM elements and of their columns. */
import type { TextRange } from '../../base/range.ts';
import { originOf } from './column-origins.ts';
import { columnOf, columnsOf } from './columns.ts';
import { typeOf } from './elements.ts';
import { type Evaluation, locationOf, unknownAt } from './evaluation.ts';
import type { ColumnElement, Element, FromElement } from './ir.ts';
import { allColumnNames } from './known-columns.ts';
import { asText, columnMethods } from './methods/column-methods.ts';
import { fromMethods } from './methods/from-methods.ts';
import { functionMethods } from './methods/function-methods.ts';
import { isOfCollection, undeclaredColumn } from './undeclared-columns.ts';
import { constantValue, element, type FromValue, PYTHON, unknownSql, type Value } from './value.ts';

export function elementAttribute(
  self: Element,
  name: string,
  evaluation: Evaluation,
  range: TextRange,
): Value {
  if (name === 'astext') {
    const text = asText(self, locationOf(evaluation, range));
    if (text !== null) return element(text);
  }
  if (name in columnMethods || name in functionMethods)
    return { kind: 'method', receiver: element(self), name };
  if (
    ['where', 'select_from', 'correlate', 'correlate_except', 'select', 'filter_by', 'join'].includes(name)
  ) {
    return { kind: 'method', receiver: element(self), name };
  }
  if (self.kind === 'column' && (name === 'name' || name === 'key')) {
    const text = name === 'key' ? self.key : self.name;
    return typeof text === 'string' ? constantValue(text) : PYTHON;
  }
  if (self.kind === 'column' && name === 'primary_key') return isKey(self);
  if (['key', 'name', 'type', 'property', 'comparator', 'nullable', 'primary_key', 'prop'].includes(name))
    return PYTHON;
  return { kind: 'method', receiver: element(self), name };
}

function isKey(column: ColumnElement): Value {
  const origin = originOf(column);
  const declared = origin?.table.columns.find(each => each.name === origin.column);
  return declared === undefined ? PYTHON : constantValue(declared.primaryKey);
}

export function fromAttribute(self: FromValue, name: string): Value {
  if (name === 'c' || name === 'columns' || name === 'exported_columns')
    return { kind: 'columns', from: self.from };
  if (name === 'element' && self.from.kind === 'subquery')
    return { kind: 'statement', node: self.from.statement, builder: null, excluded: null };
  const { from } = self;
  if (name === 'primary_key' && from.kind === 'table') return { kind: 'primary-key', table: from };
  if (name === 'column' && from.kind === 'function-from')
    return element({ kind: 'column', from, name: from.name, key: '', type: typeOf(from.element), at: null });
  if (name in fromMethods || ['cte', 'data', 'prefix_with', 'suffix_with'].includes(name))
    return { kind: 'method', receiver: self, name };
  // Anything else may give another FROM element.
  return plainOfFrom.has(name) ? PYTHON : { kind: 'method', receiver: self, name };
}

/** What tables and their kin have that is no SQL. */
const plainOfFrom = new Set(
  `name fullname schema key description comment info metadata primary_key foreign_keys foreign_key_constraints constraints
  indexes create drop exists to_metadata tometadata append_column append_constraint named_with_column implicit_returning
  is_derived_from compare compile get_children dialect_options entity_namespace original sqltext`.split(
    /\s+/,
  ),
);

export function collectionColumn(
  evaluation: Evaluation,
  from: FromElement,
  name: string,
  range: TextRange,
): Value {
  const at = locationOf(evaluation, range);
  const column =
    columnOf(from, name) ?? columnsOf(from).find(each => each.name === name) ?? undeclaredColumn(from, name);
  if (column !== null) return element({ ...column, at });
  if (from.kind === 'alias' && from.name === 'excluded' && ['keys', 'items', 'values', 'get'].includes(name))
    return PYTHON;
  const unknown = unknownSql(unknownAt('unresolved-name', `There is no column “${name}” here.`, at));
  const known = allColumnNames(from);
  return known === null || isOfCollection(name) ? unknown : { ...unknown, lacking: known };
}
