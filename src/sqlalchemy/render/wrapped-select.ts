/**
 * A SELECT with LIMIT or DISTINCT that loads a collection by a join: LIMIT counts rows of the class, not of the join, so
 * SQLAlchemy joins the collection to a subquery (`_compound_eager_statement`).
 */
import { withColumns } from '../statements/adapt.ts';
import { identityOf } from '../statements/column-identity.ts';
import { columnsOf, type Inside, insideOf, selectedColumns } from '../statements/columns.ts';
import { unlabelled } from '../statements/elements.ts';
import { anonymous } from '../statements/identifiers.ts';
import type {
  ColumnElement,
  EagerJoin,
  Element,
  FromElement,
  JoinStep,
  SelectItem,
  SelectNode,
} from '../statements/ir.ts';
import { withLoadedColumns } from './loaded-columns.ts';

/** `behind` lists what the joins load, `steps` are the joins themselves. */
export function wrappedSelect(
  select: SelectNode,
  joins: readonly EagerJoin[],
  behind: readonly SelectItem[],
  steps: readonly JoinStep[],
): SelectNode {
  const loaded = withLoadedColumns(select);
  const listed = new Set(selectedColumns(loaded).map(each => identityOf(unlabelled(each.element))));
  const ordering = select.orderBy.filter(each => each.kind !== 'label-reference').map(undirected);
  const added = ordering.filter(each => !listed.has(identityOf(unlabelled(each))));
  const statement: SelectNode = {
    ...loaded,
    items: [
      ...loaded.items,
      ...added.map(element => ({ kind: 'element', element, at: element.at }) as const),
    ],
  };
  const subquery: FromElement = {
    kind: 'subquery',
    statement,
    name: anonymous({}, 'anon'),
    lateral: false,
    at: select.at,
  };
  const inside = insideOf(statement, subquery);
  const own = new Set(joins.map(join => join.target));
  const outer = (column: ColumnElement) => inside(column) ?? column;
  return {
    ...select,
    items: [{ kind: 'from', from: subquery, at: null }, ...behind],
    froms: [subquery],
    fromClasses: [],
    joins: steps.map(step => adapted(step, own, subquery, outer)),
    where: [],
    groupBy: [],
    having: [],
    orderBy: [
      ...select.orderBy.map(each => ordered(each, statement, subquery, inside)),
      ...joins.flatMap(join => join.orderBy),
    ],
    limit: null,
    offset: null,
    fetch: null,
    distinct: false,
    distinctOn: [],
    prefixes: [],
    suffixes: [],
    correlate: null,
    addedCtes: [],
    only: [],
  };
}

function adapted(
  step: JoinStep,
  own: ReadonlySet<FromElement>,
  subquery: FromElement,
  outer: (column: ColumnElement) => Element,
): JoinStep {
  const { left, on, secondary } = step;
  return {
    ...step,
    left: left !== null && own.has(left) ? left : subquery,
    on: on && withColumns(on, outer),
    secondary: secondary && { ...secondary, on: withColumns(secondary.on, outer) },
  };
}

/** What is ordered by, seen from outside of the subquery. */
export function ordered(
  element: Element,
  statement: SelectNode,
  subquery: FromElement,
  inside: Inside,
): Element {
  if (element.kind === 'unary' && element.position === 'after')
    return { ...element, element: ordered(element.element, statement, subquery, inside) };
  if (element.kind !== 'label-reference')
    return inside(base(element)) ?? withColumns(element, each => inside(each) ?? each);
  const index = selectedColumns(statement).findIndex(
    each => each.element.kind === 'label' && each.element.name === element.name,
  );
  const column = columnsOf(subquery)[index];
  if (column === undefined) return element;
  if (element.direction === null) return column;
  const operator = element.direction === 'DESC' ? 'desc' : 'asc';
  return { kind: 'unary', operator, element: column, position: 'after', type: column.type, at: element.at };
}

/** Without its direction and label. */
function base(element: Element): Element {
  return unlabelled(undirected(element));
}

function undirected(element: Element): Element {
  if (element.kind === 'unary' && element.position === 'after') return undirected(element.element);
  return element;
}
