/** Statements as outlines: which clauses are there, and which FROM elements hang together. */
import type { Expression } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { fromsOfSelect } from '../render/select-froms.ts';
import type { EagerCollection, FromGroup, OutlineItem, StatementOutline } from '../statement-outline.ts';
import { childrenOf, fromsOf, fromsOfFrom, fromsOfItem } from './from-elements.ts';
import type {
  ContainedRelationship,
  EagerJoin,
  Element,
  FromElement,
  SelectItem,
  SelectNode,
  StatementNode,
} from './ir.ts';
import { statementKind } from './meaning-of.ts';
import { modelOfFrom } from './methods/filtered-from.ts';
import { outlineJoins, undecidedJoin } from './outline-joins.ts';
import type { StatementValue } from './value.ts';

/** `path`: the file whose expressions the locations are to be in. */
export function outlineOf(value: StatementValue, path: string): StatementOutline {
  const { node, builder } = value;
  const rows = node.kind === 'select' || node.kind === 'compound' ? node : null;
  const select = node.kind === 'select' ? node : null;
  return {
    kind: statementKind(node),
    legacy: select?.legacy ?? false,
    location: builder && locationIn(path, builder),
    begun: value.begun ?? null,
    complete: node.unknown === null,
    target: 'model' in node ? node.model : null,
    conditions: 'where' in node ? node.where.length : 0,
    unknownConditions: 'where' in node ? node.where.filter(mayHideTable).length : 0,
    items: select?.items.map(outlineItem) ?? [],
    fromGroups: select && fromGroups(select),
    orderedOutside: select && orderedOutside(select),
    ordered: (rows?.orderBy.length ?? 0) > 0,
    grouped: (rows?.groupBy.length ?? 0) > 0,
    distinct: select?.distinct ?? false,
    limit: limitOf(node),
    offset: (rows?.offset ?? null) !== null,
    eagerCollections: select ? eagerCollections([...select.eager, ...select.contained]) : [],
    eagerWithoutFrom: select ? eagerWithoutFrom(select) : [],
    joins: select ? outlineJoins(select) : [],
    undecidedJoin: select && undecidedJoin(select),
  };
}

function locationIn(path: string, { start, end }: Expression): SourceLocation {
  return { path, range: { start, end } };
}

function limitOf(node: StatementNode): StatementOutline['limit'] {
  if (node.kind !== 'select' && node.kind !== 'compound') return null;
  const limit = node.limit ?? node.fetch?.count ?? null;
  return limit === null ? null : { location: limit.at };
}

const aggregates: ReadonlySet<string> = new Set(
  'sum min max avg array_agg string_agg bool_and bool_or every json_agg jsonb_agg aggregate_strings'.split(
    ' ',
  ),
);

function outlineItem(item: SelectItem): OutlineItem {
  if (item.kind === 'entity') return { kind: 'entity', location: item.at, model: item.model };
  const kind = item.kind === 'element' ? elementKind(item.element) : 'from';
  return { kind, location: item.at, model: null };
}

function elementKind(element: Element): OutlineItem['kind'] {
  switch (element.kind) {
    case 'column':
      return 'column';
    case 'label':
    case 'group':
    case 'cast':
    case 'filter':
    case 'type-coerce':
      return elementKind(element.element);
    case 'function':
      if (element.name.toLowerCase() === 'count')
        return element.arguments.some(mayBeColumn) ? 'other' : 'count';
      if (aggregates.has(element.name.toLowerCase())) return 'aggregate';
      return element.arguments.some(each => elementKind(each) === 'aggregate') ? 'aggregate' : 'other';
    default:
      return 'other';
  }
}

/** A value that the code hands on may be a column all the same. */
function mayBeColumn(element: Element): boolean {
  return element.kind === 'bind' && element.source !== 'constant';
}

/**
 * What joins and conditions connect. A condition that cannot be looked into connects everything, and so do the rows of a
 * `Query.union()`, whose columns are written as those of its parts.
 */
function fromGroups(select: SelectNode): readonly FromGroup[] | null {
  const read = fromsOfSelect(select);
  const elements = select.items.flatMap(item => (item.kind === 'element' ? [item.element] : []));
  if ('unknown' in read || elements.some(mayHideTable)) return null;
  const parts = read.froms.map(from => fromsOfFrom(from));
  let groups: readonly Group[] = select.adapts === undefined ? parts : [parts.flat()];
  for (const condition of select.where) {
    groups = connected(groups, isOpaque(condition) ? groups.flat() : fromsOf(condition));
  }
  for (const group of groups) groups = connected(groups, group);
  if (groups.some(group => group.some(isLateral))) groups = [groups.flat()];
  return groups.map(group => ({
    tables: group.flatMap(tableNames),
    location: firstMention(select, group),
  }));
}

/** ORDER BY adds nothing to FROM. */
function orderedOutside(select: SelectNode): StatementOutline['orderedOutside'] {
  if (select.orderBy.length === 0) return null;
  const read = fromsOfSelect(select);
  if ('unknown' in read || select.adapts !== undefined || select.unknown !== null) return null;
  const held = read.froms.flatMap(fromsOfFrom);
  // What is not followed may bring the table along.
  const selected = select.items.flatMap(item => (item.kind === 'element' ? [item.element] : []));
  const entities = new Set(select.items.flatMap(item => (item.kind === 'entity' ? [item.model.name] : [])));
  if (held.length === 0 || [...selected, ...select.where].some(mayHideTable)) return null;
  for (const element of select.orderBy) {
    const missing = isOpaque(element)
      ? undefined
      : fromsOf(element).find(from => from.kind === 'table' && !held.some(each => isSame(from, each)));
    const [table = ''] = missing ? tableNames(missing) : [];
    // A class that is selected is there, in whatever form.
    if (missing && !entities.has(table)) return { table, location: element.at };
  }
  return null;
}

type Group = readonly FromElement[];

/** With all groups that hold one of the given elements as one, in the place of the first. */
function connected(groups: readonly Group[], by: Group): readonly Group[] {
  const isConnected = (group: Group) => group.some(from => by.some(other => isSame(from, other)));
  const first = groups.findIndex(isConnected);
  const whole = groups.filter(isConnected).flat();
  return groups.flatMap((group, index) => (index === first ? [whole] : isConnected(group) ? [] : [group]));
}

/** A table is itself wherever it is read from; an alias is another one each time. */
function isSame(one: FromElement, two: FromElement): boolean {
  if (one.kind !== 'table' || two.kind !== 'table') return one === two;
  return one.name === two.name && one.schema === two.schema;
}

/** Conditions inside which more tables may be mentioned than can be seen. */
function isOpaque(element: Element): boolean {
  switch (element.kind) {
    case 'exists':
    case 'scalar-select':
    case 'text':
    case 'literal-column':
    case 'unknown':
      return true;
    case 'bind':
      return element.source === 'unsure';
    default:
      return childrenOf(element).some(isOpaque);
  }
}

/** True where a table may hide behind what is not known. */
function mayHideTable(element: Element): boolean {
  if (element.kind === 'unknown') return true;
  return element.kind === 'bind' ? element.source === 'unsure' : childrenOf(element).some(mayHideTable);
}

/** What may read from its neighbours. */
function isLateral(from: FromElement): boolean {
  if (from.kind === 'function-from' || from.kind === 'text-from') return true;
  return 'lateral' in from && from.lateral;
}

function tableNames(from: FromElement): readonly string[] {
  if (from.kind === 'table') return [modelOfFrom(from)?.name ?? from.name];
  return from.kind === 'alias' ? tableNames(from.of) : [];
}

function firstMention(select: SelectNode, group: readonly FromElement[]): SourceLocation | null {
  const item = select.items.find(each => fromsOfItem(each).some(from => group.includes(from)));
  if (item) return item.at;
  const condition = select.where.find(each => fromsOf(each).some(from => group.includes(from)));
  return condition?.at ?? select.joins.find(each => group.includes(each.right))?.at ?? null;
}

function eagerCollections(joins: readonly (EagerJoin | ContainedRelationship)[]): readonly EagerCollection[] {
  return joins.flatMap(({ collection, relationship, at }) =>
    collection ? [{ attribute: relationship, location: at }] : [],
  );
}

function eagerWithoutFrom(select: SelectNode): readonly EagerCollection[] {
  const read = fromsOfSelect(select);
  if ('unknown' in read || select.contained.length === 0) return [];
  const held = read.froms.flatMap(fromsOfFrom);
  const missing = select.contained.filter(each => !held.some(from => isSame(from, each.target)));
  return missing.map(({ relationship, at }) => ({ attribute: relationship, location: at }));
}
