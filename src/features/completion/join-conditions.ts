/** How the relation that a query has last joins those before it, by the foreign keys between their tables. */
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { ForeignKey, Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import { expressionNamed, type QueryScope, type Relation } from '../../sql/names/query-scope.ts';
import { tableOf } from '../../sql/names/resolve-names.ts';
import type { KnownTables } from '../names/known-tables.ts';

/** `orders.user_id = u.id`, one a foreign key, either way round. */
export function joinConditions(scope: QueryScope, tables: KnownTables): readonly string[] {
  const [last, ...before] = scope.relations.toReversed();
  if (!last) return [];
  const conditions = before.flatMap(other => [
    ...conditionsFrom(scope, tables, last, other),
    ...conditionsFrom(scope, tables, other, last),
  ]);
  return [...new Set(conditions)];
}

function conditionsFrom(
  scope: QueryScope,
  tables: KnownTables,
  from: Relation,
  to: Relation,
): readonly string[] {
  const [source, target] = [tableBehind(scope, tables, from), tableBehind(scope, tables, to)];
  if (!source || !target || from === to) return [];
  return source.foreignKeys
    .filter(key => leadsTo(key, target))
    .map(({ columns, targetColumns }) =>
      columns
        .map((column, index) => `${columnOf(from, column)} = ${columnOf(to, targetColumns[index] ?? '')}`)
        .join(' AND '),
    );
}

function columnOf({ name }: Relation, column: string): string {
  return `${quoteIdentifier(name)}.${quoteIdentifier(column)}`;
}

function leadsTo(key: ForeignKey, target: Table): boolean {
  return isSameName(target, { schema: key.targetSchema, name: key.targetTable });
}

/** The tables that a foreign key joins to one that the query has. */
export function joinPartners(scope: QueryScope, tables: KnownTables): ReadonlySet<Table> {
  const own = scope.relations.flatMap(relation => tableBehind(scope, tables, relation) ?? []);
  const partners = tables.all.filter(table =>
    own.some(
      one =>
        table.foreignKeys.some(key => leadsTo(key, one)) || one.foreignKeys.some(key => leadsTo(key, table)),
    ),
  );
  return new Set(partners);
}

function tableBehind(scope: QueryScope, tables: KnownTables, { source }: Relation): Table | null {
  if (source.kind !== 'named') return null;
  const reference = tableOf(source.parts);
  if (source.parts.length === 1 && expressionNamed(scope, reference.name)) return null;
  return tables.find(reference);
}
