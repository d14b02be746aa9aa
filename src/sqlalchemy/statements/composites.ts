/** `composite(Point, …)` in statements: its columns, listed one by one or compared one by one. */
import type { CompositeAttribute, Model, SourceLocation } from '../model.ts';
import { columnOf } from './columns.ts';
import { conjunction } from './elements.ts';
import type { Evaluation } from './evaluation.ts';
import type { ColumnElement, Element, FromElement } from './ir.ts';
import { operate } from './operations.ts';
import type { NamedOperator } from './operators.ts';
import { NULL_TYPE } from './sql-type.ts';
import { type ElementValue, isNone, type Located, PYTHON, type Value } from './value.ts';

/** The columns side by side, as ORDER BY and GROUP BY list them; null where one of them is not known. */
export function compositeColumns(
  model: Model,
  attribute: CompositeAttribute,
  from: FromElement,
  at: SourceLocation,
): Element | null {
  const columns = attribute.columns.flatMap(name => columnOf(from, name) ?? []);
  if (columns.length === 0 || columns.length < attribute.columns.length) return null;
  const elements = columns.map(each => ({ ...each, at }));
  return model.incomplete
    ? null
    : { kind: 'list', operator: 'comma', elements, type: NULL_TYPE, group: false, at };
}

/** Null for what is no composite. */
export function columnsOfComposite(value: Value): readonly ColumnElement[] | null {
  if (!isComposite(value) || value.element.kind !== 'list') return null;
  return value.element.elements.filter(each => each.kind === 'column');
}

export function isComposite(value: Value): value is ElementValue {
  return value.kind === 'element' && value.mapped?.attribute.kind === 'composite';
}

/** `Vertex.start == Point(1, 2)`: each column against a parameter of its own. */
export function compareComposite(
  evaluation: Evaluation,
  columns: readonly ColumnElement[],
  operator: NamedOperator,
  other: Located,
  at: SourceLocation,
): Element {
  const part: Located = isNone(other.value) ? other : { ...other, value: PYTHON };
  const tests = columns.map(column => operate(evaluation, column, operator, part, at));
  return conjunction('and', tests, at);
}
