/** SELECT and its combinations (UNION and kin) as SQL. */

import type { NamedColumn } from '../statements/column-names.ts';
import { columnsOf, selectedColumns } from '../statements/columns.ts';
import { grouped, isConstant, isEmptyCondition } from '../statements/elements.ts';
import { fromsOfFrom } from '../statements/from-elements.ts';
import type { CompoundNode, Element, FromElement, Identifier, SelectNode } from '../statements/ir.ts';
import { adaptedSelect } from './adapted-select.ts';
import { correlatedFroms, displayedFroms } from './displayed-froms.ts';
import { withEagerJoins } from './eager-joins.ts';
import { forUpdate } from './for-update.ts';
import { withLoadedColumns } from './loaded-columns.ts';
import { conditionsOn, withCriteria } from './loader-criteria.ts';
import { quoted } from './quoting.ts';
import { renderCte, renderCteClause } from './render-cte.ts';
import { renderFrom } from './render-from.ts';
import { give, type NameResolution, type Place, plainFlags, type Rendering } from './rendering.ts';
import { fromsOfSelect } from './select-froms.ts';
import { withSingleTableCriteria } from './single-table-criteria.ts';
import { joined, mapped, type Sql } from './sql.ts';
import { wrapped } from './unknown-expressions.ts';
import { noteUnreadColumns } from './unread-columns.ts';

export function renderSelect(rendering: Rendering, written: SelectNode, place: Place): Sql {
  // Inside another statement nothing is loaded, so nothing is joined for loading.
  const joinedIn = rendering.stack.length === 0 ? withEagerJoins(written) : written;
  const loaded = rendering.stack.length === 0 ? withLoadedColumns(joinedIn) : written;
  if (rendering.stack.length > 0 && written.loading.some(each => each.byString))
    rendering.unknown ??= {
      reason: 'unsupported-construct',
      detail: 'Before SQLAlchemy 2.0 its options also change what is listed inside of another statement.',
      location: written.at,
    };
  noteUnreadColumns(rendering, joinedIn.items);
  const outerCriteria = rendering.criteria;
  rendering.criteria = [
    ...outerCriteria.filter(each => each !== written.ofCriterion),
    ...(written.criteria ?? []),
  ];
  const eager = new Set(written.eager.map(join => join.target));
  const select = withCriteria(
    adaptedSelect(
      withSingleTableCriteria(
        loaded,
        each => correlatedFroms(rendering, each, place),
        read => conditionsOn(read, rendering.criteria, eager),
      ),
    ),
    rendering.criteria,
    eager,
  );
  if (select.unknown !== null) return give(rendering, select.unknown);
  const read = fromsOfSelect(select);
  if ('unknown' in read) return give(rendering, read.unknown);
  const froms = displayedFroms(rendering, select, read.froms, place);
  if (froms === null) {
    return give(rendering, {
      reason: 'unsupported-construct',
      detail: 'This subquery has no FROM element left after correlation.',
      location: select.at,
    });
  }
  const columns = selectedColumns(select);
  const outer = rendering.stack.at(-1);
  const own = froms.flatMap(fromsOfFrom);
  rendering.stack.push({
    asFrom: new Set(own),
    correlatable: new Set([...own, ...(outer?.correlatable ?? [])]),
    names: resolutionOf(columns, froms, eager),
    only: new Set(select.only),
  });
  for (const added of select.addedCtes) renderCte(rendering, added.cte, added.nested);
  const body = selectBody(rendering, select, columns, froms, place);
  // Those of a part of UNION, or of an INSERT's source, stand in front of the whole.
  const ctes = place.embedded && outer !== undefined ? '' : renderCteClause(rendering);
  rendering.stack.pop();
  rendering.criteria = outerCriteria;
  return [ctes, mapped(select.at, [body, select.suffixes.map(each => ` ${each}`)])];
}

function selectBody(
  rendering: Rendering,
  select: SelectNode,
  columns: readonly NamedColumn[],
  froms: readonly FromElement[],
  place: Place,
): Sql {
  const prefixes = select.prefixes.map(each => `${each} `).join('');
  const distinct = distinctClause(rendering, select);
  const listed = columns.map(column => renderSelectColumn(rendering, column, place.asFrom));
  const from =
    froms.length === 0
      ? ''
      : [
          '\nFROM ',
          joined(
            froms.map(each => renderFrom(rendering, each)),
            ', ',
          ),
        ];
  return [
    listed.length === 0 ? `SELECT${distinct === '' && prefixes === '' ? '' : ' '}` : 'SELECT ',
    prefixes,
    distinct,
    joined(listed, ', '),
    from,
    conditions(rendering, '\nWHERE ', select.where),
    groupBy(rendering, select),
    conditions(rendering, '\nHAVING ', select.having),
    orderBy(rendering, select),
    rowLimit(rendering, select),
    select.forUpdate === null ? '' : forUpdate(rendering, select.forUpdate),
    select.hints === undefined ? '' : ` ${select.hints.join(' ')}`,
  ];
}

/** Names of what is joined for loading are nobody's to order by. */
function resolutionOf(
  columns: readonly NamedColumn[],
  froms: readonly FromElement[],
  eager: ReadonlySet<FromElement | null>,
): NameResolution {
  const selected = new Map<string, Element>();
  const anonymous = new Set<Identifier>();
  for (const { element } of columns) {
    if (element.kind === 'label' && typeof element.name === 'string') selected.set(element.name, element);
    else if (element.kind === 'label') anonymous.add(element.name);
    else if (element.kind === 'column' && element.from === null) selected.set(element.key, element);
  }
  const own = froms.flatMap(columnsOf).filter(({ from }) => !eager.has(from));
  const fromColumns = new Map(own.map(column => [column.key, column]));
  return { selected, anonymous, froms: fromColumns, all: new Map([...fromColumns, ...selected]) };
}

function distinctClause(rendering: Rendering, select: SelectNode): Sql {
  if (select.distinctOn.length > 0) {
    return ['DISTINCT ON (', renderOrdered(rendering, select, 'distinctOn'), ') '];
  }
  return select.distinct ? 'DISTINCT ' : '';
}

/** `_label_select_column`. */
export function renderSelectColumn(rendering: Rendering, column: NamedColumn, asFrom: boolean): Sql {
  const { element, required, fallback } = column;
  const flags = { ...plainFlags, columnsClause: true };
  if (element.kind === 'column' && element.type.wraps?.columns && !asFrom)
    return give(rendering, wrapped(element.type.name, element.at));
  if (element.kind === 'label') return rendering.renderElement(rendering, element, flags);
  const label = required ?? (needsLabel(element, asFrom) ? fallback : null);
  if (label === null) return rendering.renderElement(rendering, element, flags);
  const name = quoted(rendering.names.nameOf(label));
  return [rendering.renderElement(rendering, element, plainFlags), ' AS ', name];
}

function needsLabel(element: Element, asFrom: boolean): boolean {
  switch (element.kind) {
    case 'column':
      return asFrom && element.from !== null;
    case 'text':
    case 'literal-column':
    case 'field':
      return false;
    case 'unary':
    case 'as-boolean': {
      const inner = element.element.kind === 'group' ? element.element.element : element.element;
      return asFrom || (inner.kind !== 'column' && inner.kind !== 'literal-column');
    }
    default:
      return true;
  }
}

export function conditions(rendering: Rendering, keyword: string, criteria: readonly Element[]): Sql {
  const decided = criteria.find(each => isConstant(each, 'false'));
  const deciding = criteria.filter(each => !isEmptyCondition(each) && !isConstant(each, 'true'));
  const always = criteria.find(each => isConstant(each, 'true'));
  const kept =
    decided !== undefined ? [decided] : deciding.length > 0 || always === undefined ? deciding : [always];
  if (kept.length === 0) return '';
  const against = kept.length > 1 ? 'and' : 'as-boolean';
  const parts = kept.map(each => rendering.renderElement(rendering, grouped(each, against), plainFlags));
  return [keyword, joined(parts, ' AND ')];
}

function groupBy(rendering: Rendering, rows: SelectNode | CompoundNode): Sql {
  return rows.groupBy.length === 0 ? '' : [' GROUP BY ', renderOrdered(rendering, rows, 'groupBy')];
}

function orderBy(rendering: Rendering, rows: SelectNode | CompoundNode): Sql {
  return rows.orderBy.length === 0 ? '' : [' ORDER BY ', renderOrdered(rendering, rows, 'orderBy')];
}

/** Labels of the SELECT list print as their name, in ORDER BY and DISTINCT ON but not in GROUP BY. */
function renderOrdered(
  rendering: Rendering,
  rows: SelectNode | CompoundNode,
  clause: 'orderBy' | 'groupBy' | 'distinctOn',
): Sql {
  const names = rendering.stack.at(-1)?.names;
  // The rows of a UNION are of no table.
  const tableNames = rows.kind === 'select';
  const elements = clause === 'distinctOn' ? (rows.kind === 'select' ? rows.distinctOn : []) : rows[clause];
  const parts = elements.map(element => {
    const label = labelIn(element);
    const named = label !== null && clause !== 'groupBy' && isSelected(label, names);
    return rendering.renderElement(rendering, element, {
      ...plainFlags,
      tableNames,
      labelAsName: named ? label : null,
    });
  });
  return joined(parts, ', ');
}

function labelIn(element: Element): Element | null {
  if (element.kind === 'label') return element;
  return element.kind === 'unary' && element.position === 'after' ? labelIn(element.element) : null;
}

function isSelected(label: Element, names: NameResolution | undefined): boolean {
  if (label.kind !== 'label') return false;
  if (typeof label.name !== 'string') return names?.anonymous?.has(label.name) ?? false;
  const listed = names?.selected.get(label.name);
  // `desc(label)` may have put parentheses into it.
  const inner = label.element.kind === 'group' ? label.element.element : null;
  return listed === label || (listed?.kind === 'label' && listed.element === inner);
}

function rowLimit(rendering: Rendering, rows: SelectNode | CompoundNode): Sql {
  const render = (element: Element) => rendering.renderElement(rendering, element, plainFlags);
  if (rows.fetch !== null) {
    const { count, percent, withTies } = rows.fetch;
    const words = `${percent ? ' PERCENT' : ''} ROWS ${withTies ? 'WITH TIES' : 'ONLY'}`;
    const offset = rows.offset === null ? '' : ['\n OFFSET (', render(rows.offset), ') ROWS'];
    return [offset, '\n FETCH FIRST (', render(count), ')', words];
  }
  const limit = rows.limit === null ? '' : ['\n LIMIT ', render(rows.limit)];
  if (rows.offset === null) return limit;
  return [rows.limit === null ? '\n LIMIT ALL' : limit, ' OFFSET ', render(rows.offset)];
}

export function renderCompound(rendering: Rendering, compound: CompoundNode, place: Place): Sql {
  const outer = rendering.stack.at(-1);
  const first = compound.selects[0];
  const columns = first?.kind === 'select' ? selectedColumns(first) : [];
  rendering.stack.push({
    asFrom: outer?.asFrom ?? new Set(),
    correlatable: outer?.correlatable ?? new Set(),
    names: compoundNames(columns),
  });
  for (const added of compound.addedCtes) renderCte(rendering, added.cte, added.nested);
  const parts = compound.selects.map(each => {
    const inner = rendering.renderStatement(rendering, each, { ...place, embedded: true });
    return needsParentheses(each) ? ['(', inner, ')'] : inner;
  });
  const tail = [groupBy(rendering, compound), orderBy(rendering, compound), rowLimit(rendering, compound)];
  const ctes = renderCteClause(rendering, true);
  rendering.stack.pop();
  return [ctes, mapped(compound.at, [joined(parts, ` ${compound.operator} `), tail])];
}

function compoundNames(columns: readonly NamedColumn[]): NameResolution {
  const selected = new Map<string, Element>();
  for (const { element } of columns) {
    if (element.kind === 'label' && typeof element.name === 'string') selected.set(element.name, element);
    else if (element.kind === 'column') selected.set(element.key, { ...element, from: null });
  }
  return { selected, froms: new Map(), all: selected };
}

/** A SELECT with ORDER BY or LIMIT, and any compound, stands in parentheses inside a compound. */
function needsParentheses(statement: SelectNode | CompoundNode | { readonly kind: string }): boolean {
  if (statement.kind === 'compound') return true;
  if (!('orderBy' in statement)) return false;
  return (
    statement.orderBy.length > 0 ||
    statement.limit !== null ||
    statement.offset !== null ||
    statement.fetch !== null
  );
}
