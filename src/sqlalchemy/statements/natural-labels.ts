/** The names that expressions bring along: a column's, a label's, and a column's behind that of its table. */
import { extended } from './identifiers.ts';
import type { AnonymousIdentifier, Element, FromElement, Identifier } from './ir.ts';

/** Its key in `.c`; null for an expression without a name. */
export function keyOf(element: Element): string | null {
  switch (element.kind) {
    case 'column':
      return element.key;
    case 'label':
      return typeof element.name === 'string' ? element.name : null;
    case 'literal-column':
      return element.text;
    case 'cast':
    case 'type-coerce':
    case 'as-boolean':
      return keyOf(element.element);
    default:
      return null;
  }
}

/** The name that an element has by nature: a column's, a label's. */
export function nonAnonymousLabel(element: Element): Identifier | null {
  switch (element.kind) {
    case 'column':
    case 'label':
      return element.name;
    case 'literal-column':
      return element.text;
    default:
      return null;
  }
}

/** `table_column`, as legacy `Query` and LABEL_STYLE_TABLENAME_PLUS_COL name it; null without a name. */
export function tableLabelOf(element: Element): Identifier | null {
  switch (element.kind) {
    case 'column':
      return element.from === null ? element.name : tableLabel(element.from, element.name);
    case 'label':
      return element.name;
    case 'literal-column':
      return null;
    case 'cast':
    case 'type-coerce':
    case 'as-boolean':
      return tableLabelOf(element.element);
    default:
      return null;
  }
}

const LONGEST_PLAIN_LABEL = 57;

function tableLabel(from: FromElement, name: Identifier): Identifier {
  if (typeof name !== 'string') return anonymousTableLabel(from, name);
  switch (from.kind) {
    case 'table': {
      const label = `${from.schema === null ? '' : `${from.schema.replaceAll('.', '_')}_`}${from.name}_${name}`;
      // What is too long for a name is cut while the whole statement is rendered.
      return label.length > LONGEST_PLAIN_LABEL ? { pieces: [label] } : label;
    }
    case 'alias':
    case 'subquery':
    case 'cte':
    case 'function-from':
      return extended(from.name, `_${name}`);
    case 'values':
      return from.name === null ? name : extended(from.name, `_${name}`);
    default:
      return name;
  }
}

function anonymousTableLabel(from: FromElement, name: AnonymousIdentifier): Identifier {
  if (from.kind === 'join' || from.kind === 'text-from' || from.name === null) return name;
  const prefix = typeof from.name === 'string' ? [from.name] : from.name.pieces;
  return { pieces: [...prefix, '_', ...name.pieces] };
}
