/**
 * A schema as DDL: extensions, schemas, types and sequences first, then tables with their indexes and comments, foreign
 * keys last so that cycles between tables work. Renders what a schema holds; does not compare two of them.
 */
import { quoteIdentifier, quoteLiteral, quoteQualified } from './identifier.ts';
import type {
  Check,
  Column,
  DatabaseSchema,
  EnumType,
  ForeignKey,
  Index,
  Key,
  Sequence,
  Table,
} from './schema.ts';

/** One statement and what it is about, so that a failure can be told at its table and a change can be applied alone. */
export interface DdlStatement {
  readonly sql: string;
  /** The table that owns what the statement creates; null for extensions, schemas, types and sequences. */
  readonly table: TableName | null;
  /** The other table that a foreign key refers to. */
  readonly refersTo: TableName | null;
  /** The same table with column names, types and keys alone: what remains to be tried where an expression in `sql` fails. */
  readonly simplified: string | null;
  /** The same with columns alone, where even keys are refused; null where nothing is left out. */
  readonly bare: string | null;
}

export interface TableName {
  readonly schema: string | null;
  readonly name: string;
}

/** The whole schema, each statement without a final semicolon, in an order in which they can run. */
export function renderSchema(schema: DatabaseSchema): string[] {
  return renderStatements(schema).map(statement => statement.sql);
}

export function renderStatements(schema: DatabaseSchema): DdlStatement[] {
  return [
    ...[...new Set(schema.extensions)].map(name => shared(renderExtension(name))),
    ...schemaNames(schema).map(name => shared(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}`)),
    ...schema.enums.map(type => shared(renderEnum(type))),
    ...schema.sequences.map(sequence => shared(renderSequence(sequence))),
    ...schema.tables.flatMap(renderTableStatements),
    ...schema.tables.flatMap(table => table.foreignKeys.map(key => renderForeignKeyStatement(table, key))),
  ];
}

/** One table with its columns, keys and checks; its foreign keys and indexes are statements of their own. */
export function renderTable(table: Table): string {
  const parts = [
    ...table.columns.map(renderColumn),
    ...(table.primaryKey && table.primaryKey.columns.length > 0
      ? [renderKey('PRIMARY KEY', table.primaryKey)]
      : []),
    ...table.uniques.map(key => renderKey('UNIQUE', key)),
    ...table.checks.map(renderCheck),
  ];
  const name = quoteQualified(table.schema, table.name);
  return parts.length === 0
    ? `CREATE TABLE ${name} ()`
    : `CREATE TABLE ${name} (\n  ${parts.join(',\n  ')}\n)`;
}

export function renderColumn(column: Column): string {
  const parts = [quoteIdentifier(column.name), column.type];
  if (column.computed) {
    parts.push(
      `GENERATED ALWAYS AS (${column.computed.expression})${column.computed.stored ? ' STORED' : ''}`,
    );
  } else if (column.identity) {
    parts.push(`GENERATED ${column.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`);
  } else if (column.default !== null) {
    parts.push(`DEFAULT ${column.default}`);
  }
  if (!column.nullable) parts.push('NOT NULL');
  return parts.join(' ');
}

export function renderIndex(table: TableName, index: Index): string {
  const parts = [index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX'];
  if (index.name !== null) parts.push(quoteIdentifier(index.name));
  parts.push('ON', quoteQualified(table.schema, table.name));
  if (index.method !== null) parts.push('USING', quoteIdentifier(index.method));
  parts.push(`(${index.elements.join(', ')})`);
  if (index.include.length > 0) parts.push(`INCLUDE ${nameList(index.include)}`);
  if (index.where !== null) parts.push(`WHERE ${index.where}`);
  return parts.join(' ');
}

export function renderForeignKey(table: TableName, key: ForeignKey): string {
  const parts = [`ALTER TABLE ${quoteQualified(table.schema, table.name)} ADD`];
  if (key.name !== null) parts.push('CONSTRAINT', quoteIdentifier(key.name));
  parts.push(
    'FOREIGN KEY',
    nameList(key.columns),
    'REFERENCES',
    quoteQualified(key.targetSchema, key.targetTable),
  );
  if (key.targetColumns.length > 0) parts.push(nameList(key.targetColumns));
  if (key.onDelete !== null) parts.push('ON DELETE', key.onDelete);
  if (key.onUpdate !== null) parts.push('ON UPDATE', key.onUpdate);
  return parts.join(' ');
}

function renderTableStatements(table: Table): DdlStatement[] {
  const name = quoteQualified(table.schema, table.name);
  const sql = table.indexes.map(index => renderIndex(table, index));
  if (table.comment !== null) sql.push(`COMMENT ON TABLE ${name} IS ${quoteLiteral(table.comment)}`);
  for (const { name: column, comment } of table.columns) {
    if (comment === null) continue;
    sql.push(`COMMENT ON COLUMN ${name}.${quoteIdentifier(column)} IS ${quoteLiteral(comment)}`);
  }
  const owner = { schema: table.schema, name: table.name };
  const create = {
    sql: renderTable(table),
    table: owner,
    refersTo: null,
    simplified: renderTable(simplify(table)),
    bare: renderTable({ ...simplify(table), primaryKey: null, uniques: [] }),
  };
  return [
    create,
    ...sql.map(text => ({ sql: text, table: owner, refersTo: null, simplified: null, bare: null })),
  ];
}

function renderForeignKeyStatement(table: Table, key: ForeignKey): DdlStatement {
  return {
    sql: renderForeignKey(table, key),
    table: { schema: table.schema, name: table.name },
    refersTo: { schema: key.targetSchema, name: key.targetTable },
    simplified: null,
    bare: null,
  };
}

function simplify(table: Table): Table {
  const columns = table.columns.map(column => ({ ...column, default: null, computed: null }));
  return { ...table, columns, checks: [] };
}

function renderExtension(name: string): string {
  return `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)}`;
}

function renderEnum(type: EnumType): string {
  return `CREATE TYPE ${quoteQualified(type.schema, type.name)} AS ENUM (${type.values.map(quoteLiteral).join(', ')})`;
}

function renderSequence(sequence: Sequence): string {
  return `CREATE SEQUENCE ${quoteQualified(sequence.schema, sequence.name)}`;
}

function renderKey(kind: 'PRIMARY KEY' | 'UNIQUE', key: Key): string {
  return `${constraintName(key.name)}${kind} ${nameList(key.columns)}`;
}

function renderCheck(check: Check): string {
  return `${constraintName(check.name)}CHECK (${check.expression})`;
}

function constraintName(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quoteIdentifier(name)} `;
}

function nameList(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

/** Every schema that is named, `public` left out since each database has it. */
function schemaNames(schema: DatabaseSchema): string[] {
  const owners = [...schema.tables, ...schema.enums, ...schema.sequences];
  const names = owners.map(owner => owner.schema).filter(name => name !== null && name !== 'public');
  return [...new Set(names as string[])];
}

function shared(sql: string): DdlStatement {
  return { sql, table: null, refersTo: null, simplified: null, bare: null };
}
