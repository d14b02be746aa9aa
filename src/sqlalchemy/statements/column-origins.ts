/** Which column of which table a column of an alias, subquery or CTE is, through any number of them. */
import { columnsOf, expandedItem } from './columns.ts';
import type { ColumnElement, Element, StatementNode, TableFrom } from './ir.ts';

export interface ColumnOrigin {
  readonly table: TableFrom;
  /** Name in the database. */
  readonly column: string;
}

const known = new WeakMap<ColumnElement, ColumnOrigin | null>();

/** Null for what is worked out on the way: an expression, a function, a literal. */
export function originOf(column: ColumnElement): ColumnOrigin | null {
  const before = known.get(column);
  if (before !== undefined) return before;
  const origin = findOrigin(column);
  known.set(column, origin);
  return origin;
}

function findOrigin(column: ColumnElement): ColumnOrigin | null {
  const { from } = column;
  switch (from?.kind) {
    case 'table':
      return typeof column.name === 'string' ? { table: from, column: column.name } : null;
    case 'alias':
    case 'subquery':
    case 'cte': {
      const index = columnsOf(from).findIndex(each => each.key === column.key && each.name === column.name);
      const inner = from.kind === 'alias' ? columnsOf(from.of)[index] : listedBy(from.statement)[index];
      return originOfElement(inner);
    }
    default:
      return null;
  }
}

function originOfElement(element: Element | undefined): ColumnOrigin | null {
  if (element?.kind === 'label') return originOfElement(element.element);
  return element?.kind === 'column' ? originOf(element) : null;
}

function listedBy(statement: StatementNode): readonly Element[] {
  switch (statement.kind) {
    case 'select':
      return statement.items.flatMap(expandedItem);
    case 'compound':
      return statement.selects[0] === undefined ? [] : listedBy(statement.selects[0]);
    case 'insert':
    case 'update':
    case 'delete':
      return statement.returning.flatMap(expandedItem);
    default:
      return [];
  }
}
