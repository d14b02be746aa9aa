/** Which FROM elements an expression reads from (SQLAlchemy's `_from_objects`), and which ones a join hides. */
import type { ColumnElement, Element, FromElement, SelectItem, TableFrom } from './ir.ts';

/** In the order in which SQLAlchemy meets them, duplicates included. */
export function fromsOf(element: Element): readonly FromElement[] {
  switch (element.kind) {
    case 'column':
      return element.from === null ? [] : fromsOfFrom(element.from);
    case 'table-reference':
      return fromsOfFrom(element.from);
    case 'scalar-select':
    case 'exists':
    // SQLAlchemy sees no table in `scalar_table_valued(…)`.
    case 'field':
      return [];
    default:
      return childrenOf(element).flatMap(fromsOf);
  }
}

/** Direct operands of an expression; statements inside it are not entered. */
export function childrenOf(element: Element): readonly Element[] {
  switch (element.kind) {
    case 'binary':
      return [element.left, element.right];
    case 'list':
    case 'tuple':
    case 'array':
      return element.elements;
    case 'unary':
    case 'as-boolean':
    case 'group':
    case 'label':
    case 'cast':
    case 'type-coerce':
    case 'extract':
    case 'field':
      return [element.element];
    case 'function':
      return element.arguments;
    case 'filter':
      return [element.element, element.criterion];
    case 'over':
      return [element.element, ...element.partitionBy, ...element.orderBy];
    case 'within-group':
      return [...element.orderBy, element.element];
    case 'aggregate-order':
      return [element.element, ...element.orderBy];
    case 'case':
      return [
        ...(element.value === null ? [] : [element.value]),
        ...element.whens.flatMap(each => [each.when, each.result]),
        ...(element.otherwise === null ? [] : [element.otherwise]),
      ];
    case 'slice':
      return [element.start, element.stop];
    case 'text':
      return element.pieces.filter(piece => typeof piece !== 'string' && piece.kind === 'bind');
    default:
      return [];
  }
}

/** A join stands for itself and for all that it joins. */
export function fromsOfFrom(from: FromElement): readonly FromElement[] {
  return from.kind === 'join' ? [from, ...fromsOfFrom(from.left), ...fromsOfFrom(from.right)] : [from];
}

/** The table itself, or that which an alias is another name for; null for anything else. */
export function tableBehind(from: FromElement | null): TableFrom | null {
  if (from?.kind === 'alias') return tableBehind(from.of);
  return from?.kind === 'table' ? from : null;
}

export function fromsOfItem(item: SelectItem): readonly FromElement[] {
  if (item.kind !== 'element') return fromsOfFrom(item.from);
  return entitiesIn(item.element).length === 0
    ? fromsOf(item.element)
    : [...entitiesIn(item.element).flatMap(fromsOfFrom), ...fromsOf(item.element)];
}

/** The joined tables of the classes whose columns an expression is made of. */
function entitiesIn(element: Element): readonly FromElement[] {
  if (element.kind === 'column') return element.entity === undefined ? [] : [element.entity];
  return childrenOf(element).flatMap(entitiesIn);
}

/** The elements that stand inside a join and so need no place of their own. */
export function hiddenBy(from: FromElement): readonly FromElement[] {
  return from.kind === 'join' ? [...fromsOfFrom(from.left), ...fromsOfFrom(from.right)] : [];
}

/** Without duplicates and without what joins of the list contain (`SelectState._normalize_froms`). */
export function normalizedFroms(froms: Iterable<FromElement>): readonly FromElement[] {
  const unique = [...new Set(froms)];
  const hidden = new Set(unique.flatMap(hiddenBy));
  return unique.filter(from => !hidden.has(from));
}

/** The columns of an expression; statements inside it are not entered. */
export function columnsIn(element: Element): readonly ColumnElement[] {
  return element.kind === 'column' ? [element] : childrenOf(element).flatMap(columnsIn);
}
