/** Expressions with one FROM element put in place of another, as for a table joined to itself. */
import { columnsOf } from './columns.ts';
import type { ColumnElement, Element, FromElement } from './ir.ts';

export function withFrom(element: Element, from: FromElement, to: FromElement): Element {
  if (from === to) return element;
  return withColumns(element, column => (column.from === from ? columnIn(column, to) : column));
}

/** A condition of `.and_(…)` over the association table, which a join has an alias of. */
export function overSecondary(element: Element, secondary: FromElement | null): Element {
  return secondary?.kind === 'alias' ? withFrom(element, secondary.of, secondary) : element;
}

/** The same column of another FROM element, which is made of the column's own. */
export function columnIn(column: ColumnElement, to: FromElement): ColumnElement {
  const found = columnsOf(to).find(each => each.key === column.key);
  return found === undefined ? { ...column, from: to } : { ...found, at: column.at };
}

/** With every column of the expression replaced. */
export function withColumns(element: Element, change: (column: ColumnElement) => Element): Element {
  const adapt = (each: Element): Element => withColumns(each, change);
  switch (element.kind) {
    case 'column':
      return change(element);
    case 'binary':
      return { ...element, left: adapt(element.left), right: adapt(element.right) };
    case 'list':
    case 'tuple':
    case 'array':
      return { ...element, elements: element.elements.map(adapt) };
    case 'function':
      return { ...element, arguments: element.arguments.map(adapt) };
    case 'unary':
    case 'as-boolean':
    case 'group':
    case 'label':
    case 'cast':
    case 'type-coerce':
    case 'extract':
      return { ...element, element: adapt(element.element) };
    case 'filter':
      return { ...element, element: adapt(element.element), criterion: adapt(element.criterion) };
    case 'case':
      return {
        ...element,
        value: element.value === null ? null : adapt(element.value),
        whens: element.whens.map(each => ({ when: adapt(each.when), result: adapt(each.result) })),
        otherwise: element.otherwise === null ? null : adapt(element.otherwise),
      };
    case 'scalar-select':
    case 'exists':
    case 'over':
    case 'within-group':
    case 'aggregate-order': {
      const detail = 'A subquery or window inside a condition that is moved to an alias is not rendered yet.';
      const unknown = { reason: 'unsupported-construct', detail, location: element.at } as const;
      return { kind: 'unknown', unknown, at: element.at };
    }
    default:
      return element;
  }
}
