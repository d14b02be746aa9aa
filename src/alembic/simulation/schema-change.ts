/** A schema under change: plain functions from one schema to the next. What is not there is reported by the caller. */

import { literalPattern } from '../../base/literal-pattern.ts';
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { Column, DatabaseSchema, EnumType, ForeignKey, Key, Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { TableName } from '../directives/operation.ts';

export function findTable(schema: DatabaseSchema, name: TableName): Table | undefined {
  return schema.tables.find(table => isSameName(table, name));
}

/** Replaces the table of the same name, or adds it. */
export function putTable(schema: DatabaseSchema, table: Table): DatabaseSchema {
  const exists = findTable(schema, table) !== undefined;
  const tables = exists
    ? schema.tables.map(each => (isSameName(each, table) ? table : each))
    : [...schema.tables, table];
  return { ...schema, tables };
}

export function changeTable(
  schema: DatabaseSchema,
  name: TableName,
  change: (table: Table) => Table,
): DatabaseSchema {
  return { ...schema, tables: schema.tables.map(table => (isSameName(table, name) ? change(table) : table)) };
}

/** With the foreign keys that refer to it: `drop table` needs them gone. */
export function dropTable(schema: DatabaseSchema, name: TableName): DatabaseSchema {
  const tables = schema.tables.filter(table => !isSameName(table, name));
  return { ...schema, tables: tables.map(table => withoutKeysTo(table, name)) };
}

/** The same table where none of its foreign keys leads there, as in most: what compares schemas passes over those. */
function withoutKeysTo(table: Table, name: TableName): Table {
  const leads = ({ targetSchema, targetTable }: ForeignKey) =>
    isSameName({ schema: targetSchema, name: targetTable }, name);
  if (!table.foreignKeys.some(leads)) return table;
  return { ...table, foreignKeys: table.foreignKeys.filter(key => !leads(key)) };
}

/** Foreign keys follow, as they do in PostgreSQL. */
export function renameTable(schema: DatabaseSchema, from: TableName, newName: string): DatabaseSchema {
  return {
    ...schema,
    tables: schema.tables.map(table => ({
      ...table,
      name: isSameName(table, from) ? newName : table.name,
      foreignKeys: lastingNames(table, isSameName(table, from)).map(key =>
        isSameName({ schema: key.targetSchema, name: key.targetTable }, from)
          ? { ...key, targetTable: newName }
          : key,
      ),
    })),
  };
}

export function addColumn(table: Table, column: Column): Table {
  return { ...table, columns: [...table.columns.filter(each => each.name !== column.name), column] };
}

/** With the indexes, keys and foreign keys that hold it. */
export function dropColumn(table: Table, name: string): Table {
  const without = (columns: readonly string[]) => !columns.includes(name);
  return {
    ...table,
    columns: table.columns.filter(column => column.name !== name),
    primaryKey: table.primaryKey && without(table.primaryKey.columns) ? table.primaryKey : null,
    uniques: table.uniques.filter(key => without(key.columns)),
    foreignKeys: table.foreignKeys.filter(key => without(key.columns)),
    checks: table.checks.filter(check => !mentions(check.expression, name)),
    indexes: table.indexes.filter(
      index =>
        ![...index.elements, ...index.include, index.where ?? ''].some(element => mentions(element, name)),
    ),
  };
}

function mentions(sql: string, name: string): boolean {
  return renameIn(sql, name, '') !== sql;
}

/** Another name for a column wherever an expression mentions it; text between single quotes stays. */
function renameIn(sql: string, from: string, to: string): string {
  const pattern = new RegExp(`'(?:[^']|'')*'|(?<![\\w"])"?${literalPattern(from)}"?(?![\\w"(])`, 'g');
  return sql.replace(pattern, found => (found.startsWith("'") ? found : to));
}

export function changeColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  return { ...table, columns: table.columns.map(column => (column.name === name ? change(column) : column)) };
}

export function renameColumn(
  schema: DatabaseSchema,
  owner: TableName,
  from: string,
  to: string,
): DatabaseSchema {
  const rename = (columns: readonly string[]) => columns.map(column => (column === from ? to : column));
  const renameSql = (expression: string) => renameIn(expression, from, quoteIdentifier(to));
  return {
    ...schema,
    tables: schema.tables.map(table => {
      const foreignKeys = table.foreignKeys.map(key =>
        isSameName({ schema: key.targetSchema, name: key.targetTable }, owner)
          ? { ...key, targetColumns: rename(key.targetColumns) }
          : key,
      );
      if (!isSameName(table, owner)) return { ...table, foreignKeys };
      return {
        ...changeColumn(table, from, column => ({ ...column, name: to })),
        primaryKey: table.primaryKey && { ...table.primaryKey, columns: rename(table.primaryKey.columns) },
        uniques: table.uniques.map(key => ({ ...key, columns: rename(key.columns) })),
        foreignKeys: foreignKeys.map(key => ({
          ...(key.columns.includes(from) ? withLastingName(key, table.name) : key),
          columns: rename(key.columns),
        })),
        checks: table.checks.map(check => ({ ...check, expression: renameSql(check.expression) })),
        indexes: table.indexes.map(index => ({
          ...index,
          elements: index.elements.map(renameSql),
          where: index.where === null ? null : renameSql(index.where),
          include: rename(index.include),
        })),
      };
    }),
  };
}

function lastingNames(table: Table, isRenamed: boolean): readonly ForeignKey[] {
  return isRenamed ? table.foreignKeys.map(key => withLastingName(key, table.name)) : table.foreignKeys;
}

/** PostgreSQL names a foreign key after its table and columns when it is made; it keeps that name when they are renamed. */
function withLastingName(key: ForeignKey, table: string): ForeignKey {
  return { ...key, name: key.name ?? `${table}_${key.columns.join('_')}_fkey` };
}

/**
 * By name, wherever in a table it is. A constraint that the revisions leave unnamed is found by the name that PostgreSQL
 * gives it, or one that speaks of its columns, as a naming convention makes it.
 */
export function dropConstraint(table: Table, name: string): Table {
  const { primaryKey, uniques, foreignKeys, checks } = table;
  if (primaryKey?.name === name) return { ...table, primaryKey: null };
  for (const part of ['uniques', 'foreignKeys', 'checks'] as const) {
    const left = (table[part] as readonly { readonly name: string | null }[]).filter(
      each => each.name !== name,
    );
    if (left.length < table[part].length) return { ...table, [part]: left };
  }
  const check = checks.find(each => each.name !== null && name.endsWith(`_${each.name}`));
  if (check) return { ...table, checks: checks.filter(each => each !== check) };
  if (primaryKey && primaryKey.name === null && isPrimaryKeyName(name)) return { ...table, primaryKey: null };
  const foreign = /(?:^|_)fk(?:ey)?(?:_|$)/i.test(name) ? nearestKey(foreignKeys, name) : null;
  if (foreign) return { ...table, foreignKeys: foreignKeys.filter(each => each !== foreign) };
  const unique = /(?:^|_)(?:uq|key|unique)(?:_|$)/i.test(name) ? nearestKey(uniques, name) : null;
  return unique ? { ...table, uniques: uniques.filter(each => each !== unique) } : table;
}

/** A table has one at most, and keeps its name when it is renamed. */
function isPrimaryKeyName(name: string): boolean {
  return /(?:^|_)pk(?:ey)?(?:_|$)/i.test(name);
}

/**
 * Of those without a name, or with the one that PostgreSQL would give them, the one with most of its columns in the text:
 * `fk_orders_user_id_users`, `orders_user_id_fkey`.
 */
function nearestKey<Part extends Key | ForeignKey>(keys: readonly Part[], name: string): Part | null {
  const told = keys.filter(
    key =>
      (key.name === null || key.name.endsWith('_fkey')) && `_${name}_`.includes(`_${key.columns.join('_')}_`),
  );
  return told.toSorted((a, b) => b.columns.join().length - a.columns.join().length)[0] ?? null;
}

export function hasConstraint(table: Table, name: string): boolean {
  const dropped = dropConstraint(table, name);
  return (
    dropped.primaryKey !== table.primaryKey ||
    dropped.uniques.length !== table.uniques.length ||
    dropped.foreignKeys.length !== table.foreignKeys.length ||
    dropped.checks.length !== table.checks.length
  );
}

export function dropIndex(schema: DatabaseSchema, name: string): DatabaseSchema {
  return {
    ...schema,
    tables: schema.tables.map(table =>
      table.indexes.some(index => index.name === name)
        ? { ...table, indexes: table.indexes.filter(index => index.name !== name) }
        : table,
    ),
  };
}

export function putEnum(schema: DatabaseSchema, type: EnumType): DatabaseSchema {
  return { ...schema, enums: [...schema.enums.filter(each => !isSameName(each, type)), type] };
}

export function dropEnum(schema: DatabaseSchema, name: TableName): DatabaseSchema {
  return { ...schema, enums: schema.enums.filter(each => !isSameName(each, name)) };
}
