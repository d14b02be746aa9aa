/** Expressions with one FROM element put in place of another, as for a table joined to itself. */
import { columnsOf } from './columns.ts';
import type { Element, FromElement } from './ir.ts';

export function withFrom(element: Element, from: FromElement, to: FromElement): Element {
  if (from === to) return element;
  const adapt = (each: Element): Element => withFrom(each, from, to);
  switch (element.kind) {
    case 'column': {
      if (element.from !== from) return element;
      const column = columnsOf(to).find(each => each.key === element.key);
      return column === undefined ? { ...element, from: to } : { ...column, at: element.at };
    }
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
