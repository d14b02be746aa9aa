/** The database schema that the models describe, as `metadata.create_all()` would make it. */
import type { DatabaseSchema, EnumType, Sequence, Table } from '../../schema/schema.ts';
import type { Model } from '../model.ts';
import { unknownTypeName } from '../types/sql-type.ts';

/** Every table once, however many classes are mapped to it; types and sequences that their columns need. */
export function schemaOfModels(models: Iterable<Model>): DatabaseSchema {
  const tables = new Map<string, Table>();
  const enums = new Map<string, EnumType>();
  const sequences = new Map<string, Sequence>();
  for (const { table, requires } of models) {
    if (!table) continue;
    const key = keyOf(table);
    const known = tables.get(key);
    if (known === table) continue;
    tables.set(key, known ? unite(known, table) : table);
    for (const type of requires?.enums ?? []) enums.set(keyOf(type), type);
    for (const sequence of requires?.sequences ?? []) sequences.set(keyOf(sequence), sequence);
  }
  const schema = {
    tables: [...tables.values()],
    enums: [...enums.values()],
    sequences: [...sequences.values()],
  };
  return { ...schema, extensions: extensionsOf(schema.tables) };
}

/**
 * Two declarations of one table (several bases, a copy kept for tests): a statement may be about either, so the columns
 * of both are there, and those that only one of them has may be left out of an INSERT.
 */
function unite(first: Table, second: Table): Table {
  const has = (table: Table, name: string) => table.columns.some(column => column.name === name);
  const columns = [...first.columns, ...second.columns.filter(({ name }) => !has(first, name))];
  return {
    ...first,
    unread: ['columns', 'uniques', 'foreign-keys', 'checks', 'indexes'],
    columns: columns.map(column => {
      const own = first.columns.find(({ name }) => name === column.name);
      const other = second.columns.find(({ name }) => name === column.name);
      if (!own || !other) return { ...column, nullable: true };
      return sameKind(own.type, other.type) ? own : { ...own, type: unknownTypeName, default: null };
    }),
    uniques: [
      ...first.uniques,
      ...second.uniques.filter(
        key => !first.uniques.some(({ columns: own }) => own.join() === key.columns.join()),
      ),
    ],
  };
}

/** Whether values of the two types are judged the same: a length, or a sequence behind a number, makes no difference. */
function sameKind(one: string, two: string): boolean {
  const kind = (type: string) =>
    type
      .replace(/\([^)]*\)/, '')
      .replace(/^(SMALL|BIG)?SERIAL$/, (_, size = '') => (size ? `${size}INT` : 'INTEGER'))
      .replace(/^(?:TEXT|CHAR)\b/, 'VARCHAR');
  return kind(one) === kind(two);
}

function keyOf({ name, schema }: { readonly name: string; readonly schema: string | null }): string {
  return `${schema ?? ''}.${name}`;
}

const extensionOfType: readonly (readonly [RegExp, string])[] = [
  [/^CITEXT\b/, 'citext'],
  [/^HSTORE\b/, 'hstore'],
  [/^(VECTOR|HALFVEC|SPARSEVEC)\b/, 'vector'],
  [/^LTREE\b/, 'ltree'],
];

const extensionOfText: readonly (readonly [RegExp, string])[] = [
  [/\buuid_generate_v\d/, 'uuid-ossp'],
  [/\bgin_trgm_ops\b|\bgist_trgm_ops\b/, 'pg_trgm'],
];

/** Extensions without which the tables cannot be made. */
function extensionsOf(tables: readonly Table[]): readonly string[] {
  const found = new Set<string>();
  for (const table of tables) {
    for (const column of table.columns) {
      for (const [pattern, name] of extensionOfType) if (pattern.test(column.type)) found.add(name);
      for (const [pattern, name] of extensionOfText)
        if (column.default && pattern.test(column.default)) found.add(name);
    }
    for (const element of table.indexes.flatMap(index => index.elements)) {
      for (const [pattern, name] of extensionOfText) if (pattern.test(element)) found.add(name);
    }
  }
  return [...found].sort();
}
