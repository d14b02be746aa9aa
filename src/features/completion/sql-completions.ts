/** What may stand at the cursor in SQL: tables, columns of the tables in scope, aliases, functions, types, keywords. */
import { sliceOf } from '../../base/range.ts';
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { Table } from '../../schema/schema.ts';
import type { NameMention, QueryScope, Relation } from '../../sql/names/query-scope.ts';
import { columnsOfRelation, relationNamed, tableOf } from '../../sql/names/resolve-names.ts';
import { type TypedName, typedNameAt } from '../../sql/names/typed-name.ts';
import type { SqlPlace } from '../../sqlalchemy/places/name-place.ts';
import { expressionRelation } from '../names/expression-relation.ts';
import type { KnownTables } from '../names/known-tables.ts';
import { columnsIn } from '../names/named-thing.ts';
import { type CompletionItem, type Completions, orderOf, tableSubject } from './completion-item.ts';
import { joinConditions, joinPartners } from './join-conditions.ts';
import { columnItem, type KnownColumn, tableItem } from './schema-items.ts';
import { functionItems, keywordItems, typeItems } from './word-items.ts';

/** `asked`: the editor was asked for them, rather than a space typed. Null where nothing is named. */
export function sqlCompletions(
  place: SqlPlace,
  tables: KnownTables,
  asked: 'by-hand' | 'by-space',
): Completions | null {
  const { sql, of } = place;
  const typed = typedNameAt(sql.text, sql.cursor, of ? expressionRelation(of) : undefined);
  if (!typed) return null;
  const context: Context = { place, tables, typed };
  const items = typed.isParameter ? parameterItems(context) : namesIn(context, asked);
  if (items.length === 0) return null;
  const replaced = sql.toSource(typed.range);
  const inserted = sql.toSource({ start: typed.range.start, end: sql.cursor });
  return { items, inserted, replaced, isIncomplete: typed.prefix === '' };
}

interface Context {
  readonly place: SqlPlace;
  readonly tables: KnownTables;
  readonly typed: TypedName;
}

/** A space brings tables and how they are joined, and nothing that is in the way of whoever types on. */
function namesIn(context: Context, asked: 'by-hand' | 'by-space'): readonly CompletionItem[] {
  const { typed, place } = context;
  const { mention } = typed;
  if (!mention) return [];
  if (asked === 'by-space') {
    if (mention.role === 'relation') return relationItems(context, mention);
    return typed.before[0] === 'on' && mention.role === 'column' ? conditionItems(context, mention) : [];
  }
  const words = typed.isQuoted || typed.part > 0 ? [] : keywordItems(mention.role, place.sql.text);
  switch (mention.role) {
    case 'relation':
      return [...relationItems(context, mention), ...words];
    case 'column':
      return typed.part > 0
        ? qualifiedItems(context, mention)
        : [
            ...conditionItems(context, mention),
            ...columnItemsIn(context, mention),
            ...valueItems(context),
            ...words,
          ];
    case 'target-column':
      return mention.target ? itemsOfRelation(context, mention.scope, mention.target) : [];
    case 'type':
      return [...enumItems(context), ...typeItems()];
    default:
      return words;
  }
}

function valueItems({ typed }: Context): readonly CompletionItem[] {
  return typed.isQuoted ? [] : functionItems(typed.prefix, typed.next);
}

function relationItems({ place, tables, typed }: Context, mention: NameMention): readonly CompletionItem[] {
  const { written } = place.sql;
  const [schema] = mention.parts.slice(0, typed.part).toReversed();
  const partners = typed.before[0] === 'join' ? joinPartners(mention.scope, tables) : new Set<Table>();
  const known = tables.all.filter(
    table => schema === undefined || (table.schema ?? 'public') === schema.name,
  );
  const items = known.map((table, index) => {
    const shown = schema === undefined ? table : { ...table, schema: null };
    const item = tableItem(shown, orderOf(partners.has(table) ? 1 : 3, index), written);
    return { ...item, ...plainIn(typed, table.name), subject: tableSubject(table) };
  });
  return schema === undefined ? [...expressionItems(mention.scope), ...items] : items;
}

/** Between quotes a name stands as it is. */
function plainIn({ isQuoted }: TypedName, name: string): Partial<Pick<CompletionItem, 'insert' | 'label'>> {
  return isQuoted ? { insert: name, label: name } : {};
}

/** Common table expressions. */
function expressionItems(scope: QueryScope): readonly CompletionItem[] {
  const found = new Set<string>();
  for (let each: QueryScope | null = scope; each !== null; each = each.parent)
    for (const name of each.expressions.keys()) found.add(name);
  return [...found].map((name, index) => ({
    label: name,
    kind: 'table',
    detail: '',
    from: 'WITH',
    insert: quoteIdentifier(name),
    order: orderOf(2, index),
    subject: null,
  }));
}

function qualifiedItems(context: Context, mention: NameMention): readonly CompletionItem[] {
  const { tables, typed, place } = context;
  const qualifiers = mention.parts.slice(0, typed.part);
  const reference = tableOf(qualifiers);
  const relation = qualifiers.length === 1 ? relationNamed(mention.scope, reference.name) : null;
  if (relation) return itemsOfRelation(context, mention.scope, relation);
  const table = tables.find(reference);
  if (!table) return relationItems(context, mention);
  return table.columns.map((column, index) =>
    columnItem(
      column.name,
      { table, column },
      { from: table.name, order: orderOf(1, index), written: place.sql.written },
    ),
  );
}

/** Of one relation, by their names alone. */
function itemsOfRelation(
  { place, tables, typed }: Context,
  scope: QueryScope,
  relation: Relation,
): readonly CompletionItem[] {
  return columnsFor(tables, scope, relation).map(({ name, known }, index) => ({
    ...columnItem(name, known, { from: relation.name, order: orderOf(1, index), written: place.sql.written }),
    ...plainIn(typed, name),
  }));
}

/** Of all relations in scope; what more than one has is qualified. Then the relations themselves. */
function columnItemsIn(context: Context, { scope }: NameMention): readonly CompletionItem[] {
  const { tables, typed, place } = context;
  const items: CompletionItem[] = [];
  for (let each: QueryScope | null = scope, depth = 1; each !== null; each = each.parent, depth = 2) {
    const columns = each.relations
      .filter(({ name }) => name !== 'excluded')
      .flatMap(relation => columnsFor(tables, each, relation).map(column => ({ ...column, relation })));
    const times = countBy(columns.map(({ name }) => name));
    for (const { name, known, relation } of columns) {
      const isShared = (times.get(name) ?? 0) > 1 || depth > 1;
      const qualifier = isShared && !typed.isQuoted ? relation.name : undefined;
      const order = orderOf(depth, items.length);
      items.push({
        ...columnItem(name, known, { from: relation.name, order, qualifier, written: place.sql.written }),
        ...plainIn(typed, name),
      });
    }
    for (const relation of each.relations)
      if (relation.name !== '') items.push(aliasItem(relation, items.length));
  }
  return items;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function aliasItem({ name, source }: Relation, index: number): CompletionItem {
  const table = source.kind === 'named' ? source.parts.map(part => part.name).join('.') : '';
  return {
    label: name,
    kind: 'alias',
    detail: '',
    from: table,
    insert: quoteIdentifier(name),
    order: orderOf(3, index),
    subject: source.kind === 'named' ? tableSubject(tableOf(source.parts)) : null,
  };
}

interface FoundColumn {
  readonly name: string;
  readonly known: KnownColumn | null;
}

function columnsFor(tables: KnownTables, scope: QueryScope, relation: Relation): readonly FoundColumn[] {
  return columnsOfRelation(scope, relation, columnsIn(tables)).map(({ name, meant }) => {
    const table = meant.kind === 'column' ? tables.find(meant.table) : null;
    const column =
      meant.kind === 'column' ? table?.columns.find(each => each.name === meant.column) : undefined;
    return { name, known: table && column ? { table, column } : null };
  });
}

function conditionItems(
  { tables, typed, place }: Context,
  { scope }: NameMention,
): readonly CompletionItem[] {
  if (typed.before[0] !== 'on' || typed.part > 0) return [];
  return joinConditions(scope, tables).map((condition, index) => ({
    label: condition,
    kind: 'condition',
    detail: '',
    from: 'foreign key',
    insert: place.sql.written(condition),
    order: orderOf(0, index),
    subject: null,
  }));
}

function enumItems({ tables, place }: Context): readonly CompletionItem[] {
  return tables.enums.map(({ name, values }, index) => ({
    label: name,
    kind: 'type',
    detail: 'ENUM',
    from: '',
    insert: place.sql.written(quoteIdentifier(name)),
    order: orderOf(1, index),
    subject: { kind: 'text', text: values.join(', ') },
  }));
}

function parameterItems({ place, typed }: Context): readonly CompletionItem[] {
  const [before, after] = sliceOf(place.sql.text, typed.range).startsWith('%') ? ['%(', ')s'] : [':', ''];
  return [...place.parameters.keys()].map((name, index) => ({
    label: `${before}${name}${after}`,
    kind: 'parameter',
    detail: '',
    from: '',
    insert: `${before}${name}${after}`,
    order: orderOf(1, index),
    subject: null,
  }));
}
