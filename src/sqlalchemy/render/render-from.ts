/** FROM elements as SQL: tables, aliases, subqueries, CTEs, joins, functions and VALUES. */
import type {
  AliasFrom,
  CteFrom,
  Element,
  FromElement,
  FunctionFrom,
  Identifier,
  JoinFrom,
  TableFrom,
  TableSample,
  ValuesFrom,
} from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import { renderCte } from './render-cte.ts';
import { renderText } from './render-element.ts';
import { plainFlags, type Rendering } from './rendering.ts';
import { joined, mapped, type Sql } from './sql.ts';

export function renderFrom(rendering: Rendering, from: FromElement): Sql {
  const at = 'at' in from ? from.at : null;
  const only = rendering.stack.at(-1)?.only?.has(from) ? 'ONLY ' : '';
  return mapped(at, [only, renderUnmapped(rendering, from)]);
}

function renderUnmapped(rendering: Rendering, from: FromElement): Sql {
  switch (from.kind) {
    case 'table':
      return tableName(rendering, from);
    case 'alias':
      return renderAlias(rendering, from);
    case 'subquery': {
      const place = { asFrom: true, lateral: from.lateral, embedded: false };
      const inner = rendering.renderStatement(rendering, from.statement, place);
      return [from.lateral ? 'LATERAL ' : '', '(', inner, ') AS ', nameOf(rendering, from.name)];
    }
    case 'cte':
      return renderCteReference(rendering, from);
    case 'join':
      return renderJoin(rendering, from);
    case 'function-from':
      return renderFunctionFrom(rendering, from);
    case 'values':
      return renderValuesFrom(rendering, from);
    case 'text-from':
      return renderText(rendering, from.element);
  }
}

export function tableName(rendering: Rendering, table: TableFrom): string {
  if (table.unlikeDeclared) rendering.unlikeDeclared ??= table.name;
  return `${table.schema === null ? '' : `${quoted(table.schema)}.`}${quoted(table.name)}`;
}

function nameOf(rendering: Rendering, name: Identifier): string {
  return quoted(rendering.names.nameOf(name));
}

function renderAlias(rendering: Rendering, from: AliasFrom): Sql {
  const base = unaliased(from);
  if (base.kind === 'subquery' || base.kind === 'function-from' || base.kind === 'values')
    return renderFrom(rendering, { ...base, name: from.name, lateral: from.lateral || base.lateral });
  const name = nameOf(rendering, from.name);
  const sample = from.tablesample === null ? '' : tableSample(rendering, from.tablesample);
  return [from.lateral ? 'LATERAL ' : '', renderFrom(rendering, base), ' AS ', name, sample];
}

function tableSample(rendering: Rendering, { method, seed }: TableSample): Sql {
  const rendered = (element: Element) => rendering.renderElement(rendering, element, plainFlags);
  return [' TABLESAMPLE ', rendered(method), seed === null ? '' : [' REPEATABLE (', rendered(seed), ')']];
}

/** An alias of an alias is another name for the same thing. */
function unaliased(from: AliasFrom): FromElement {
  return from.of.kind === 'alias' ? unaliased(from.of) : from.of;
}

function renderJoin(rendering: Rendering, from: JoinFrom): Sql {
  const words = { inner: ' JOIN ', left: ' LEFT OUTER JOIN ', full: ' FULL OUTER JOIN ' };
  // Names are numbered in the order of the text.
  const left = renderFrom(rendering, from.left);
  const right = renderFrom(rendering, from.right);
  return [
    left,
    words[from.style],
    from.right.kind === 'join' ? ['(', right, ')'] : right,
    ' ON ',
    rendering.renderElement(rendering, from.on, plainFlags),
  ];
}

function renderCteReference(rendering: Rendering, from: CteFrom): Sql {
  // Inside of the CTE that an alias has become by `union()`.
  const placed = rendering.placedCtes.get(from);
  if (placed?.cte.restates === from) return nameOf(rendering, from.name);
  const origin = from.aliasOf ?? from;
  renderCte(rendering, origin);
  const name = nameOf(rendering, origin.name);
  return from.aliasOf === null ? name : [name, ' AS ', nameOf(rendering, from.name)];
}

function renderFunctionFrom(rendering: Rendering, from: FunctionFrom): Sql {
  const columns = from.columns.map(each =>
    `${nameOf(rendering, each.name)} ${from.derivedTypes ? (each.type.sql ?? '') : ''}`.trim(),
  );
  return [
    from.lateral ? 'LATERAL ' : '',
    rendering.renderElement(rendering, from.element, plainFlags),
    from.ordinality ? ' WITH ORDINALITY' : '',
    from.bare ? '' : [' AS ', nameOf(rendering, from.name)],
    from.derived ? `(${columns.join(', ')})` : '',
  ];
}

function renderValuesFrom(rendering: Rendering, from: ValuesFrom): Sql {
  const body = renderValues(rendering, from);
  const name = from.name === null ? '' : ` AS ${nameOf(rendering, from.name)}`;
  const columns = from.name === null ? '' : ` (${from.columns.map(each => quoted(each.name)).join(', ')})`;
  return [from.lateral ? 'LATERAL ' : '', '(', body, ')', name, columns];
}

export function renderValues(rendering: Rendering, from: ValuesFrom): Sql {
  const rows = from.rows.map(row => {
    const cells = row.map(each => rendering.renderElement(rendering, each, plainFlags));
    return ['(', joined(cells, ', '), ')'];
  });
  return ['VALUES ', joined(rows, ', ')];
}
