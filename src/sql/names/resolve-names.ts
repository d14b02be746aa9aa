/** From a name in SQL to what it stands for: a table, one of its columns, or a place in the SQL itself. */
import type { TextRange } from '../../base/range.ts';
import {
  expressionNamed,
  type NameMention,
  type NamePart,
  type OutputColumn,
  type QueryScope,
  type Relation,
} from './query-scope.ts';

export interface SqlTable {
  readonly schema: string | null;
  readonly name: string;
}

/** Null for a table that nobody declares. */
export type ColumnsOf = (table: SqlTable) => readonly string[] | null;

export type Meant =
  | { readonly kind: 'table'; readonly table: SqlTable }
  | { readonly kind: 'column'; readonly table: SqlTable; readonly column: string }
  /** What the SQL itself makes: a common table expression, the column of a subquery. */
  | { readonly kind: 'place'; readonly range: TextRange };

/** A column that a relation has, and where it comes from. */
export interface RelationColumn {
  readonly name: string;
  readonly meant: Meant;
}

/** What one part of a name stands for; null where that is not known. */
export function meantBy(mention: NameMention, part: number, columnsOf: ColumnsOf): Meant | null {
  const { parts, role, scope, target } = mention;
  const name = parts[part]?.name ?? '';
  if (role === 'relation') return part === parts.length - 1 ? relationMeant(scope, parts) : null;
  if (role === 'target-column')
    return target && columnMeant(columnsOfRelation(scope, target, columnsOf), name);
  if (role === 'alias') return aliasMeant(mention);
  if (role !== 'column') return null;
  const [qualifier] = parts.slice(0, part).toReversed();
  if (part < parts.length - 1) {
    const relation = relationNamed(scope, name);
    if (relation) return meantByRelation(scope, relation);
    // `COMMENT ON COLUMN table.column`
    return part === parts.length - 2 ? relationMeant(scope, parts.slice(0, -1)) : null;
  }
  if (qualifier === undefined) return unqualified(scope, name, columnsOf);
  const relation = relationNamed(scope, qualifier.name);
  if (relation) return columnMeant(columnsOfRelation(scope, relation, columnsOf), name);
  const table = tableOf(parts.slice(0, -1));
  return columnsOf(table)?.includes(name) ? { kind: 'column', table, column: name } : null;
}

/** The alias of a table means the table. */
function aliasMeant({ parts: [alias], scope }: NameMention): Meant | null {
  const relation = scope.relations.find(each => each.start === alias?.start);
  return relation ? meantByRelation(scope, relation) : null;
}

function unqualified(scope: QueryScope, name: string, columnsOf: ColumnsOf): Meant | null {
  for (let each: QueryScope | null = scope; each !== null; each = each.parent) {
    for (const relation of each.relations) {
      if (relation.name === 'excluded') continue;
      const found = columnMeant(columnsOfRelation(each, relation, columnsOf), name);
      if (found) return found;
    }
    // ORDER BY and GROUP BY know what the select list gives.
    const output = each.outputs.find(one => one.name === name && one.column?.at(-1)?.name !== name);
    if (output) return { kind: 'place', range: { start: output.start, end: output.end } };
  }
  const whole = relationNamed(scope, name);
  return whole ? meantByRelation(scope, whole) : null;
}

/** The nearest relation of a query, or of one around it, with a name. */
export function relationNamed(scope: QueryScope, name: string): Relation | null {
  for (let each: QueryScope | null = scope; each !== null; each = each.parent) {
    const found = each.relations.find(relation => relation.name === name);
    if (found) return found;
  }
  return null;
}

function relationMeant(scope: QueryScope, parts: readonly NamePart[]): Meant {
  const [only] = parts;
  const expression = parts.length === 1 && only ? expressionNamed(scope, only.name) : null;
  if (expression) return { kind: 'place', range: { start: expression.start, end: expression.end } };
  return { kind: 'table', table: tableOf(parts) };
}

function meantByRelation(scope: QueryScope, relation: Relation): Meant {
  return relation.source.kind === 'named'
    ? relationMeant(scope, relation.source.parts)
    : { kind: 'place', range: { start: relation.start, end: relation.end } };
}

/** The table that a name with its qualifiers is. */
export function tableOf(parts: readonly NamePart[]): SqlTable {
  return { name: parts.at(-1)?.name ?? '', schema: parts.at(-2)?.name ?? null };
}

function columnMeant(columns: readonly RelationColumn[], name: string): Meant | null {
  return columns.find(column => column.name === name)?.meant ?? null;
}

/** How many queries deep columns are followed. */
const deepest = 200;

/** What queries give, by who tells the columns of tables: a query that others read from is asked once for each of theirs. */
const givenColumns = new WeakMap<ColumnsOf, Map<QueryScope, readonly RelationColumn[]>>();

/** Empty where they are not known. */
export function columnsOfRelation(
  scope: QueryScope,
  relation: Relation,
  columnsOf: ColumnsOf,
  depth = 0,
): readonly RelationColumn[] {
  const columns = depth > deepest ? [] : ownColumns(scope, relation, columnsOf, depth);
  return renamed(columns, relation.columnNames);
}

function ownColumns(
  scope: QueryScope,
  { source }: Relation,
  columnsOf: ColumnsOf,
  depth: number,
): readonly RelationColumn[] {
  if (source.kind === 'query') return columnsOfQuery(source.query, columnsOf, depth);
  if (source.kind === 'function') return [];
  const expression = source.parts.length === 1 ? expressionNamed(scope, source.parts[0]?.name ?? '') : null;
  if (expression)
    return renamed(
      expression.query ? columnsOfQuery(expression.query, columnsOf, depth) : [],
      expression.columnNames,
    );
  const table = tableOf(source.parts);
  return (columnsOf(table) ?? []).map(name => ({ name, meant: { kind: 'column', table, column: name } }));
}

function renamed(columns: readonly RelationColumn[], names: readonly NamePart[]): readonly RelationColumn[] {
  if (names.length === 0) return columns;
  const given = names.map(
    ({ name, start, end }): RelationColumn => ({ name, meant: { kind: 'place', range: { start, end } } }),
  );
  return [...given, ...columns.slice(names.length)];
}

/** What a query gives. One that reads from itself gives nothing to itself. */
function columnsOfQuery(query: QueryScope, columnsOf: ColumnsOf, depth: number): readonly RelationColumn[] {
  const given = givenColumns.get(columnsOf) ?? new Map<QueryScope, readonly RelationColumn[]>();
  givenColumns.set(columnsOf, given);
  const known = given.get(query);
  if (known) return known;
  given.set(query, []);
  const columns = query.outputs.flatMap(output => columnsOfOutput(query, output, columnsOf, depth + 1));
  given.set(query, columns);
  return columns;
}

function columnsOfOutput(
  query: QueryScope,
  { name, column, start, end }: OutputColumn,
  columnsOf: ColumnsOf,
  depth: number,
): readonly RelationColumn[] {
  const [qualifier] = column?.slice(0, -1).toReversed() ?? [];
  const from = qualifier === undefined ? query.relations : [relationNamed(query, qualifier.name)];
  const known = from.flatMap(each => (each ? columnsOfRelation(query, each, columnsOf, depth) : []));
  const last = column?.at(-1);
  if (last?.name === '*') return known;
  if (name === null) return [];
  const meant = known.find(each => each.name === last?.name)?.meant;
  return [{ name, meant: meant ?? { kind: 'place', range: { start, end } } }];
}
