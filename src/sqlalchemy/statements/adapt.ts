/** Expressions with one FROM element put in place of another, as for a table joined to itself. */
import { columnsOf } from './columns.ts';
import type {
  BindElement,
  ColumnElement,
  Element,
  FromElement,
  JoinStep,
  SelectItem,
  SelectNode,
  StatementNode,
} from './ir.ts';
import { columnThrough } from './rows-of-join.ts';

export function withFrom(element: Element, from: FromElement, to: FromElement): Element {
  return from === to ? element : adapted(element, adaptation(from, to));
}

/** The same for an expression that is used once for itself and once for an alias: its parameters are told apart. */
export function copyWithFrom(
  element: Element,
  pairs: readonly (readonly [from: FromElement, to: FromElement])[],
): Element {
  const binds = new Map<BindElement, BindElement>();
  const bind = (one: BindElement) => {
    const copy = binds.get(one) ?? { ...one };
    binds.set(one, copy);
    return copy;
  };
  return pairs.reduce<Element>(
    (made, [from, to]) => adapted(made, { ...adaptation(from, to), bind }),
    element,
  );
}

/** What is put in place of the parts of an expression; without `from`, statements inside it are not entered. */
export interface Adaptation {
  readonly column: (column: ColumnElement) => Element;
  readonly from?: (from: FromElement) => FromElement;
  readonly bind?: (bind: BindElement) => Element;
  /** In place of entering the statements inside it. */
  readonly statement?: (statement: StatementNode) => StatementNode;
}

function adaptation(from: FromElement, to: FromElement): Adaptation {
  const rows = to.kind === 'subquery' && to.of === from ? to : null;
  return {
    column: column => {
      const inside = rows && columnThrough(rows, column);
      if (inside) return { ...inside, at: column.at };
      return column.from === from ? columnIn(column, to) : column;
    },
    from: each => (each === from ? to : each),
  };
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
export function withColumns(element: Element, column: (column: ColumnElement) => Element): Element {
  return adapted(element, { column });
}

export function adapted(element: Element, change: Adaptation): Element {
  const adapt = (each: Element): Element => adapted(each, change);
  switch (element.kind) {
    case 'column':
      return change.column(element);
    case 'bind':
      return change.bind?.(element) ?? element;
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
    case 'field':
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
    case 'within-group':
    case 'aggregate-order':
      return { ...element, element: adapt(element.element), orderBy: element.orderBy.map(adapt) };
    case 'over':
      return {
        ...element,
        element: adapt(element.element),
        partitionBy: element.partitionBy.map(adapt),
        orderBy: element.orderBy.map(adapt),
      };
    case 'scalar-select':
    case 'exists': {
      if (change.statement !== undefined)
        return { ...element, statement: change.statement(element.statement) };
      const statement = change.from === undefined ? null : adaptedStatement(element.statement, change);
      return statement === null ? notAdapted(element.at) : { ...element, statement };
    }
    default:
      return element;
  }
}

function notAdapted(at: Element['at']): Element {
  const detail = 'A subquery inside a condition that is moved to an alias is not rendered yet.';
  return { kind: 'unknown', unknown: { reason: 'unsupported-construct', detail, location: at }, at };
}

/** Null for what is neither a SELECT nor made of some. */
function adaptedStatement(statement: StatementNode, change: Adaptation): StatementNode | null {
  if (statement.kind === 'compound') {
    const selects = statement.selects.map(each => adaptedStatement(each, change));
    const known = selects.filter(each => each !== null);
    return known.length === selects.length ? { ...statement, selects: known } : null;
  }
  return statement.kind === 'select' ? adaptedSelect(statement, change) : null;
}

function adaptedSelect(select: SelectNode, change: Adaptation): SelectNode {
  const all = (elements: readonly Element[]) => elements.map(each => adapted(each, change));
  const place = (from: FromElement) => adaptedFrom(from, change);
  return {
    ...select,
    items: select.items.map(
      (item): SelectItem =>
        item.kind === 'element'
          ? { ...item, element: adapted(item.element, change) }
          : { ...item, from: place(item.from) },
    ),
    froms: select.froms.map(place),
    ...(select.fromClasses === undefined
      ? {}
      : { fromClasses: select.fromClasses.map(each => ({ ...each, from: place(each.from) })) }),
    joins: select.joins.map(
      (step): JoinStep => ({
        ...step,
        left: step.left && place(step.left),
        right: place(step.right),
        on: step.on && adapted(step.on, change),
        secondary: step.secondary && {
          from: place(step.secondary.from),
          on: adapted(step.secondary.on, change),
        },
      }),
    ),
    where: all(select.where),
    having: all(select.having),
    groupBy: all(select.groupBy),
    orderBy: all(select.orderBy),
    distinctOn: all(select.distinctOn),
    correlate: select.correlate && { ...select.correlate, froms: select.correlate.froms.map(place) },
  };
}

function adaptedFrom(from: FromElement, change: Adaptation): FromElement {
  const to = change.from?.(from) ?? from;
  if (to !== from || from.kind !== 'join') return to;
  const [left, right] = [adaptedFrom(from.left, change), adaptedFrom(from.right, change)];
  if (left === from.left && right === from.right) return from;
  return { ...from, left, right, on: adapted(from.on, change) };
}
