/** FROM elements as SQL: tables, aliases, subqueries, CTEs, joins, functions and VALUES. */
import { columnsOf } from '../statements/columns.ts';
import type {
  AliasFrom,
  CteFrom,
  FromElement,
  FunctionFrom,
  Identifier,
  JoinFrom,
  TableFrom,
  ValuesFrom,
} from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import { quotedSchema, renderText } from './render-element.ts';
import { give, plainFlags, type Rendering } from './rendering.ts';
import { joined, mapped, type Sql } from './sql.ts';

export function renderFrom(rendering: Rendering, from: FromElement): Sql {
  const at = 'at' in from ? from.at : null;
  return mapped(at, renderUnmapped(rendering, from));
}

function renderUnmapped(rendering: Rendering, from: FromElement): Sql {
  switch (from.kind) {
    case 'table':
      return tableName(from);
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

export function tableName(table: TableFrom): string {
  return `${table.schema === null ? '' : `${quotedSchema(table.schema)}.`}${quoted(table.name)}`;
}

function nameOf(rendering: Rendering, name: Identifier): string {
  return quoted(rendering.names.nameOf(name));
}

function renderAlias(rendering: Rendering, from: AliasFrom): Sql {
  const name = nameOf(rendering, from.name);
  const sample =
    from.tablesample === null
      ? ''
      : [' TABLESAMPLE ', rendering.renderElement(rendering, from.tablesample, plainFlags)];
  return [from.lateral ? 'LATERAL ' : '', renderFrom(rendering, from.of), ' AS ', name, sample];
}

function renderJoin(rendering: Rendering, from: JoinFrom): Sql {
  const words = { inner: ' JOIN ', left: ' LEFT OUTER JOIN ', full: ' FULL OUTER JOIN ' };
  const right = renderFrom(rendering, from.right);
  return [
    renderFrom(rendering, from.left),
    words[from.style],
    from.right.kind === 'join' ? ['(', right, ')'] : right,
    ' ON ',
    rendering.renderElement(rendering, from.on, plainFlags),
  ];
}

function renderCteReference(rendering: Rendering, from: CteFrom): Sql {
  const origin = from.aliasOf ?? from;
  renderCte(rendering, origin);
  const name = nameOf(rendering, origin.name);
  return from.aliasOf === null ? name : [name, ' AS ', nameOf(rendering, from.name)];
}

/** Renders the CTE's text once, where it is first met; the statement that holds it prints it in front. */
export function renderCte(rendering: Rendering, cte: CteFrom): void {
  if (cte.nesting && rendering.stack.length > 1) {
    // SQLAlchemy prints it in the innermost statement that reads it.
    const detail = 'A nesting CTE inside another statement is not rendered yet.';
    give(rendering, { reason: 'unsupported-construct', detail, location: cte.at });
  }
  const base = cte.restates ?? cte;
  const existing = [...rendering.ctes.keys()].find(each => each === cte || (each.restates ?? each) === base);
  if (existing === cte || (existing !== undefined && cte.restates === null)) return;
  if (existing !== undefined) rendering.ctes.delete(existing);
  rendering.ctes.set(cte, null);
  const name = nameOf(rendering, cte.name);
  const columns = cte.recursive
    ? `(${columnsOf(cte)
        .map(each => nameOf(rendering, each.name))
        .join(', ')})`
    : '';
  const prefixes = cte.prefixes.map(each => `${each} `).join('');
  const place = { asFrom: true, lateral: false, embedded: false };
  const inner = withoutOuterCtes(rendering, () => rendering.renderStatement(rendering, cte.statement, place));
  const text = [name, columns, ' AS ', prefixes, '\n(', inner, ')'];
  // CTEs that this one reads from were met inside it, and come before it.
  rendering.ctes.delete(cte);
  rendering.ctes.set(cte, mapped(cte.at, text));
}

/** CTEs met inside a CTE belong to the outermost statement, so that no statement inside prints them. */
function withoutOuterCtes(rendering: Rendering, render: () => Sql): Sql {
  rendering.insideCte += 1;
  const sql = render();
  rendering.insideCte -= 1;
  return sql;
}

export function renderCteClause(rendering: Rendering): Sql {
  if (rendering.ctes.size === 0 || rendering.insideCte > 0 || rendering.stack.length > 1) return '';
  const recursive = [...rendering.ctes.keys()].some(each => each.recursive);
  const texts = [...rendering.ctes.values()].filter(text => text !== null);
  rendering.ctes.clear();
  return [recursive ? 'WITH RECURSIVE ' : 'WITH ', joined(texts, ', \n'), '\n'];
}

function renderFunctionFrom(rendering: Rendering, from: FunctionFrom): Sql {
  const columns = from.columns.map(each =>
    `${nameOf(rendering, each.name)} ${from.derivedTypes ? (each.type.sql ?? '') : ''}`.trim(),
  );
  return [
    from.lateral ? 'LATERAL ' : '',
    rendering.renderElement(rendering, from.element, plainFlags),
    from.ordinality ? ' WITH ORDINALITY' : '',
    ' AS ',
    nameOf(rendering, from.name),
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
