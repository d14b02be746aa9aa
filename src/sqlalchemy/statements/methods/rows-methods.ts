/** What SELECT and UNION have in common: order, limits, grouping, locks, and their use as subqueries. */
import { operandOf, orderingOf } from '../coercion.ts';
import { columnsOf as columnsOfFrom } from '../columns.ts';
import { noRows, selectOf } from '../empty-select.ts';
import { argument, built, type Call, constantArgument, flag, unknownAt } from '../evaluation.ts';
import { fromsOfItem } from '../from-elements.ts';
import { fromOf } from '../from-values.ts';
import { anonymous } from '../identifiers.ts';
import type {
  CompoundNode,
  CteFrom,
  Element,
  FromElement,
  SelectNode,
  StatementNode,
  SubqueryFrom,
} from '../ir.ts';
import { scalarType } from '../scalar-type.ts';
import { INTEGER } from '../sql-type.ts';
import { element, isNone, type StatementValue, type Value } from '../value.ts';
import { forUpdate } from './for-update.ts';

export type StatementMethod<Node extends StatementNode> = (
  node: Node,
  call: Call,
  self: StatementValue,
) => Value | null;

type Rows = SelectNode | CompoundNode;

export const rowsMethods: Readonly<Record<string, StatementMethod<Rows>>> = {
  order_by: ordered('orderBy'),
  group_by: ordered('groupBy'),
  limit: (node, call, self) => built(call, { ...node, limit: countOf(call, 'limit'), fetch: null }, self),
  offset: (node, call, self) => built(call, { ...node, offset: countOf(call, 'offset') }, self),
  slice: (node, call, self) => {
    const start = constantArgument(call, 0, 'start');
    const stop = constantArgument(call, 1, 'stop');
    const offset = start === 0 || start === null ? null : countOf(call, 'start');
    const limit = stop === null ? null : countOf(call, 'stop', 1);
    return built(call, { ...node, offset, limit }, self);
  },
  fetch: (node, call, self) => {
    const count = countOf(call, 'count');
    if (count === null) return null;
    const fetch = { count, percent: flag(call, 'percent'), withTies: flag(call, 'with_ties') };
    return built(call, { ...node, limit: null, fetch }, self);
  },
  with_for_update: (node, call, self) => built(call, { ...node, forUpdate: forUpdate(call) }, self),
  subquery: (node, call, self) => subquery(node, call, self, false),
  alias: (node, call, self) => subquery(node, call, self, false),
  lateral: (node, call, self) => subquery(node, call, self, true),
  scalar_subquery: (node, call, self) => scalar(node, call, self),
  as_scalar: (node, call, self) => scalar(node, call, self),
  label: (node, call, self) => {
    const name = constantArgument(call, 0, 'name');
    call.evaluation.recorder?.consumed(self);
    const inner: Element = { kind: 'scalar-select', statement: node, type: scalarType(node), at: call.at };
    if (typeof name !== 'string' && name !== null) return null;
    return element({ kind: 'label', name: name ?? anonymous(inner, 'anon'), element: inner, at: call.at });
  },
  union: combined('UNION'),
  union_all: combined('UNION ALL'),
  intersect: combined('INTERSECT'),
  intersect_all: combined('INTERSECT ALL'),
  except_: combined('EXCEPT'),
  except_all: combined('EXCEPT ALL'),
  exists: (node, call, self) => {
    call.evaluation.recorder?.consumed(self);
    return element({ kind: 'exists', statement: existing(node), at: call.at });
  },
};

/** Methods of every statement. */
export const statementMethods: Readonly<Record<string, StatementMethod<StatementNode>>> = {
  cte: cteOf,
  add_cte: (node, call, self) => {
    if (node.kind === 'values-statement') return null;
    const nested = flag(call, 'nest_here');
    const ctes = call.arguments.positional.flatMap(each =>
      each.value.kind === 'from' && each.value.from.kind === 'cte' ? [{ cte: each.value.from, nested }] : [],
    );
    if (ctes.length < call.arguments.positional.length) return null;
    return built(call, { ...node, addedCtes: [...(node.addedCtes ?? []), ...ctes] }, self);
  },
  execution_options: unchanged,
  params: unchanged,
  with_hint: hinted,
  with_statement_hint: statementHinted,
  prefix_with: (node, call, self) => (isForOtherDialect(call) ? unchanged(node, call, self) : null),
  suffix_with: (node, call, self) => (isForOtherDialect(call) ? unchanged(node, call, self) : null),
  set_label_style: (node, call, self) => {
    const style = call.arguments.positional[0]?.value;
    const name = style?.kind === 'library' ? style.name : '';
    const tableLabels = name.endsWith('TABLENAME_PLUS_COL');
    const unlabelled = name.endsWith('LABEL_STYLE_NONE');
    return node.kind === 'select'
      ? built(call, { ...node, tableLabels, unlabelled, styled: true }, self)
      : unchanged(node, call, self);
  },
  self_group: (_node, _call, self) => self,
};

/** `with_hint(table, "ONLY")`, of UPDATE and DELETE `with_hint("ONLY")`; PostgreSQL has no other. */
function hinted(node: StatementNode, call: Call, self: StatementValue): Value {
  const { kind } = node;
  if (!isForPostgresql(call, 2)) return unchanged(node, call, self);
  if (kind !== 'select' && kind !== 'update' && kind !== 'delete') return refusedHint(node, call, self);
  const [text, table] =
    kind === 'select'
      ? [constantArgument(call, 1, 'text'), argument(call, 0, 'selectable')?.value]
      : [constantArgument(call, 0, 'text'), argument(call, 1, 'selectable')?.value];
  const from = kind === 'select' || table !== undefined ? table && fromOf(table) : node.from;
  if (!from || typeof text !== 'string' || text.toUpperCase() !== 'ONLY')
    return refusedHint(node, call, self);
  return unchanged({ ...node, only: [...(node.only ?? []), from] }, call, self);
}

/** Words at the end of a SELECT, such as a comment. */
function statementHinted(node: StatementNode, call: Call, self: StatementValue): Value {
  const text = constantArgument(call, 0, 'text');
  return node.kind === 'select' && typeof text === 'string' && isForPostgresql(call, 1)
    ? unchanged({ ...node, hints: [...(node.hints ?? []), text] }, call, self)
    : refusedHint(node, call, self);
}

/** What it adds for PostgreSQL or for every database is not rendered. */
function refusedHint(node: StatementNode, call: Call, self: StatementValue): Value {
  if (!isForPostgresql(call, 1)) return unchanged(node, call, self);
  const detail = 'This hint changes the statement in a way that is not rendered.';
  const unknown = node.unknown ?? unknownAt('unsupported-construct', detail, call.at);
  return unchanged({ ...node, unknown }, call, self);
}

function isForPostgresql(call: Call, position: number): boolean {
  const dialect = constantArgument(call, position, 'dialect_name');
  return dialect === undefined || dialect === '*' || dialect === 'postgresql';
}

/** Hints and other words for one database only: `dialect="oracle"`. */
export function isForOtherDialect(call: Call): boolean {
  const dialect = call.arguments.keywords.get('dialect')?.value;
  return dialect?.kind === 'constant' && typeof dialect.value === 'string' && dialect.value !== 'postgresql';
}

export function unchanged(node: StatementNode, call: Call, self: StatementValue): Value {
  return built({ ...call, arguments: { ...call.arguments, open: null } }, node, self);
}

function ordered(clause: 'orderBy' | 'groupBy'): StatementMethod<Rows> {
  return (node, call, self) => {
    const given = call.arguments.positional;
    const cleared =
      given.length === 1 &&
      given[0]?.value.kind === 'constant' &&
      [null, false].includes(given[0].value.value as null | false);
    if (cleared) return built(call, { ...node, [clause]: [] }, self);
    const flat = given.flatMap(each => (each.value.kind === 'list' ? each.value.elements : [each]));
    const added = flat.flatMap(each => columnsOrOne(call, each));
    return built(call, { ...node, [clause]: [...node[clause], ...added] }, self);
  };
}

/** `group_by(User)` and `group_by(*table.c)` list all columns. */
function columnsOrOne(call: Call, each: Call['arguments']['positional'][number]): readonly Element[] {
  if (each.value.kind === 'entity' || each.value.kind === 'columns') {
    return columnsOfFrom(each.value.from).map(column => ({ ...column, at: each.at }));
  }
  return [orderingOf(call.evaluation, each)];
}

function countOf(call: Call, name: string, position = 0): Element | null {
  const given = argument(call, position, name) ?? call.arguments.positional[position];
  if (given === undefined || isNone(given.value)) return null;
  return operandOf(call.evaluation, given, { name: null, type: INTEGER });
}

/** `Query.exists()` asks for 1 in place of what it lists. */
function existing(node: Rows): Rows {
  if (node.kind !== 'select' || !node.legacy) return node;
  const one: Element = { kind: 'literal-column', text: '1', type: INTEGER, at: null };
  return {
    ...node,
    legacy: false,
    tableLabels: false,
    froms: [...node.froms, ...(node.joins.length > 0 ? [] : new Set(node.items.flatMap(fromsOfItem)))],
    joins: node.joins.map(step => ({ ...step, items: step.items ?? node.items })),
    items: [{ kind: 'element', element: one, at: null }],
    eager: [],
    contained: [],
  };
}

/** Inside another statement a legacy Query is a SELECT like any other. */
function plain(node: StatementNode): StatementNode {
  if (node.kind !== 'select' || !node.legacy) return node;
  return { ...node, legacy: false, tableLabels: node.styled === true && node.tableLabels };
}

function subquery(whole: StatementNode, call: Call, self: StatementValue, lateral: boolean): Value {
  const node = plain(whole);
  call.evaluation.recorder?.consumed(self);
  const name = constantArgument(call, 0, 'name');
  const identity = {};
  const from: FromElement = {
    kind: 'subquery',
    statement: node,
    name: typeof name === 'string' ? name : anonymous(identity, 'anon'),
    lateral,
    at: call.at,
  };
  return { kind: 'from', from };
}

function scalar(whole: StatementNode, call: Call, self: StatementValue): Value {
  const node = plain(whole);
  call.evaluation.recorder?.consumed(self);
  return element({ kind: 'scalar-select', statement: node, type: scalarType(node), at: call.at });
}

export function cteOf(whole: StatementNode, call: Call, self: StatementValue): Value {
  call.evaluation.recorder?.consumed(self);
  return namedCte(plain(whole), call);
}

/** `cte("name", recursive=…, nesting=…)` of whatever gives rows. */
export function namedCte(statement: StatementNode, call: Call): Value {
  const name = constantArgument(call, 0, 'name');
  const recursive = argument(call, 1, 'recursive')?.value;
  const from: CteFrom = {
    kind: 'cte',
    statement,
    name: typeof name === 'string' ? name : anonymous({}, 'anon'),
    recursive: recursive?.kind === 'constant' && recursive.value === true,
    nesting: flag(call, 'nesting'),
    restates: null,
    prefixes: [],
    suffixes: [],
    aliasOf: null,
    at: call.at,
  };
  return { kind: 'from', from };
}

function combined(operator: CompoundNode['operator']): StatementMethod<Rows> {
  return (node, call, self) => {
    const whole = compound(operator, [self, ...statementsIn(call)], call, node);
    if (node.kind !== 'select' || !node.legacy) return built(call, whole, self);
    const adapts: SubqueryFrom = {
      kind: 'subquery',
      statement: whole,
      name: anonymous({}, 'anon'),
      lateral: false,
      at: call.at,
    };
    return built(call, { ...selectOf(node.items, call.at), tableLabels: true, legacy: true, adapts }, self);
  };
}

export function statementsIn(call: Call): readonly StatementValue[] {
  const given = call.arguments.positional.flatMap(each =>
    each.value.kind === 'list' ? each.value.elements : [each],
  );
  return given.flatMap(each => (each.value.kind === 'statement' ? [each.value] : []));
}

export function compound(
  operator: CompoundNode['operator'],
  parts: readonly StatementValue[],
  call: Call,
  first: StatementNode | null,
): CompoundNode {
  for (const part of parts) call.evaluation.recorder?.consumed(part);
  const count = call.arguments.positional.flatMap(each =>
    each.value.kind === 'list' ? each.value.elements : [each],
  ).length;
  const expected = count + (first === null ? 0 : 1);
  return {
    kind: 'compound',
    operator,
    selects: parts.map(part => part.node),
    ...noRows,
    unknown:
      parts.length === expected
        ? null
        : {
            reason: 'dynamic-arguments',
            detail: 'Not all parts of this combination are known.',
            location: call.at,
          },
    at: call.at,
  };
}
