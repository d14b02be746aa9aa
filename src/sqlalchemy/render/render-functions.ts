/** Function calls and what may follow them: DISTINCT, ORDER BY, FILTER, WITHIN GROUP, OVER. */
import type {
  AggregateOrderElement,
  Element,
  FilterElement,
  FrameBound,
  FunctionElement,
  OverElement,
  WithinGroupElement,
} from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import type { Flags, Rendering } from './rendering.ts';
import { joined, type Sql } from './sql.ts';

/** Functions that print in capitals, and without parentheses where they have no arguments. */
const spelled: Readonly<Record<string, string>> = {
  current_date: 'CURRENT_DATE',
  current_time: 'CURRENT_TIME',
  current_timestamp: 'CURRENT_TIMESTAMP',
  current_user: 'CURRENT_USER',
  localtime: 'LOCALTIME',
  localtimestamp: 'LOCALTIMESTAMP',
  session_user: 'SESSION_USER',
  user: 'USER',
  cube: 'CUBE',
  rollup: 'ROLLUP',
  grouping_sets: 'GROUPING SETS',
};

export function renderFunction(rendering: Rendering, element: FunctionElement, flags: Flags): Sql {
  const inner: Flags = { ...flags, inOperator: false };
  const parts = element.arguments.map(each => rendering.renderElement(rendering, each, inner));
  const lower = element.name.toLowerCase();
  if (element.packages.length === 0) {
    if (lower === 'substring' && parts.length >= 2) return renderSubstring(parts);
    if (lower === 'count' && parts.length === 0) return `${element.name}(*)`;
    if (lower === 'aggregate_strings') return ['string_agg(', joined(parts, ', '), ')'];
    if (lower === 'pow') return ['power(', joined(parts, ', '), ')'];
  }
  const own = element.isQuoted === true ? quoted(element.name) : functionName(element.name);
  const name = element.packages.length === 0 ? (spelled[lower] ?? own) : own;
  if (element.bare && parts.length === 0) return name;
  const packages = element.packages.map(each => `${functionName(each)}.`).join('');
  return [packages, name, '(', joined(parts, ', '), ')'];
}

function functionName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name);
}

function renderSubstring(parts: readonly Sql[]): Sql {
  const [text, start, length] = parts;
  return [
    'SUBSTRING(',
    text ?? '',
    ' FROM ',
    start ?? '',
    length === undefined ? '' : [' FOR ', length],
    ')',
  ];
}

export function renderFilter(rendering: Rendering, element: FilterElement, flags: Flags): Sql {
  return [
    rendering.renderElement(rendering, element.element, flags),
    ' FILTER (WHERE ',
    rendering.renderElement(rendering, element.criterion, { ...flags, inOperator: false }),
    ')',
  ];
}

export function renderWithinGroup(rendering: Rendering, element: WithinGroupElement, flags: Flags): Sql {
  const order = renderAll(rendering, element.orderBy, flags);
  return [rendering.renderElement(rendering, element.element, flags), ' WITHIN GROUP (ORDER BY ', order, ')'];
}

export function renderAggregateOrder(
  rendering: Rendering,
  element: AggregateOrderElement,
  flags: Flags,
): Sql {
  return [
    rendering.renderElement(rendering, element.element, flags),
    ' ORDER BY ',
    renderAll(rendering, element.orderBy, flags),
  ];
}

export function renderOver(rendering: Rendering, element: OverElement, flags: Flags): Sql {
  const clauses: Sql[] = [];
  if (element.partitionBy.length > 0)
    clauses.push(['PARTITION BY ', renderAll(rendering, element.partitionBy, flags)]);
  if (element.orderBy.length > 0) clauses.push(['ORDER BY ', renderAll(rendering, element.orderBy, flags)]);
  if (element.frame !== null) {
    const { unit, start, end, exclude } = element.frame;
    const low = frameBound(rendering, start, 'PRECEDING', flags);
    clauses.push([`${unit} BETWEEN `, low, ' AND ', frameBound(rendering, end, 'FOLLOWING', flags)]);
    if (exclude !== null) clauses.push(`EXCLUDE ${exclude}`);
  }
  return [rendering.renderElement(rendering, element.element, flags), ' OVER (', joined(clauses, ' '), ')'];
}

function frameBound(
  rendering: Rendering,
  bound: FrameBound,
  unbounded: 'PRECEDING' | 'FOLLOWING',
  flags: Flags,
): Sql {
  if (!('value' in bound) && bound.kind === 'unbounded') return `UNBOUNDED ${unbounded}`;
  if (!('value' in bound)) return 'CURRENT ROW';
  return [rendering.renderElement(rendering, bound.value, flags), ` ${bound.kind.toUpperCase()}`];
}

function renderAll(rendering: Rendering, elements: readonly Element[], flags: Flags): Sql {
  return joined(
    elements.map(each => rendering.renderElement(rendering, each, { ...flags, inOperator: false })),
    ', ',
  );
}
