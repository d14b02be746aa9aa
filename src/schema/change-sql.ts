/** A change of the schema as PostgreSQL's DDL, to be looked at: one text a statement, without a final semicolon. */
import { renderColumn, renderForeignKey, renderIndex, renderTable } from './ddl.ts';
import { quoteIdentifier, quoteLiteral, quoteQualified } from './identifier.ts';
import type { AlterColumn, AlterEnum, Constraint, SchemaChange, TableName } from './schema-change.ts';

export function changeSql(change: SchemaChange): readonly string[] {
  switch (change.kind) {
    case 'create-extension':
      return [`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(change.name)}`];
    case 'drop-extension':
      return [`DROP EXTENSION ${quoteIdentifier(change.name)}`];
    case 'create-enum': {
      const { schema, name, values } = change.type;
      return [`CREATE TYPE ${quoteQualified(schema, name)} AS ENUM (${values.map(quoteLiteral).join(', ')})`];
    }
    case 'drop-enum':
      return [`DROP TYPE ${quoteQualified(change.type.schema, change.type.name)}`];
    case 'alter-enum':
      return enumSql(change);
    case 'create-sequence':
      return [`CREATE SEQUENCE ${quoteQualified(change.sequence.schema, change.sequence.name)}`];
    case 'drop-sequence':
      return [`DROP SEQUENCE ${quoteQualified(change.sequence.schema, change.sequence.name)}`];
    case 'create-table':
      return [
        renderTable(change.table),
        ...change.table.foreignKeys.map(key => renderForeignKey(change.table, key)),
        ...change.table.indexes.map(index => renderIndex(change.table, index)),
      ];
    case 'drop-table':
      return [`DROP TABLE ${quoteQualified(change.table.schema, change.table.name)}`];
    case 'rename-table':
      return [`${alter(change.table)} RENAME TO ${quoteIdentifier(change.newName)}`];
    case 'add-column':
      return [`${alter(change.table)} ADD COLUMN ${renderColumn(change.column)}`];
    case 'drop-column':
      return [`${alter(change.table)} DROP COLUMN ${quoteIdentifier(change.column.name)}`];
    case 'rename-column':
      return [
        `${alter(change.table)} RENAME COLUMN ${quoteIdentifier(change.column)} TO ${quoteIdentifier(change.newName)}`,
      ];
    case 'alter-column':
      return columnSql(change);
    case 'create-constraint':
      return [constraintSql(change.table, change.constraint)];
    case 'drop-constraint':
      return [dropConstraintSql(change.table, change.constraint)];
    case 'create-index':
      return [renderIndex(change.table, change.index)];
    case 'drop-index':
      return [`DROP INDEX ${quoteQualified(change.table.schema, change.index.name ?? '')}`];
    case 'comment-table':
      return [`COMMENT ON TABLE ${nameOf(change.table)} IS ${literal(change.after)}`];
  }
}

function nameOf({ schema, name }: TableName): string {
  return quoteQualified(schema, name);
}

function alter(table: TableName): string {
  return `ALTER TABLE ${nameOf(table)}`;
}

function literal(text: string | null): string {
  return text === null ? 'NULL' : quoteLiteral(text);
}

/** Values that are added; taking some away needs a new type, of which only its values are told. */
function enumSql({ before, after }: AlterEnum): readonly string[] {
  const type = quoteQualified(after.schema, after.name);
  const added = after.values.filter(value => !before.values.includes(value));
  if (after.values.length - added.length === before.values.length)
    return added.map(value => `ALTER TYPE ${type} ADD VALUE ${quoteLiteral(value)}`);
  return [`CREATE TYPE ${type} AS ENUM (${after.values.map(quoteLiteral).join(', ')})`];
}

function columnSql({ table, before, after, aspects }: AlterColumn): readonly string[] {
  const column = `${alter(table)} ALTER COLUMN ${quoteIdentifier(after.name)}`;
  return aspects.flatMap(aspect => {
    switch (aspect) {
      case 'type':
        return [`${column} TYPE ${after.type}`];
      case 'nullable':
        return [`${column} ${after.nullable ? 'DROP' : 'SET'} NOT NULL`];
      case 'default':
        return [after.default === null ? `${column} DROP DEFAULT` : `${column} SET DEFAULT ${after.default}`];
      case 'identity': {
        const kind = after.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT';
        if (after.identity === null) return [`${column} DROP IDENTITY`];
        return [
          before.identity === null
            ? `${column} ADD GENERATED ${kind} AS IDENTITY`
            : `${column} SET GENERATED ${kind}`,
        ];
      }
      case 'computed':
        return [
          `${alter(table)} DROP COLUMN ${quoteIdentifier(before.name)}`,
          `${alter(table)} ADD COLUMN ${renderColumn(after)}`,
        ];
      case 'comment':
        return [
          `COMMENT ON COLUMN ${nameOf(table)}.${quoteIdentifier(after.name)} IS ${literal(after.comment)}`,
        ];
      default:
        return [];
    }
  });
}

function constraintSql(table: TableName, constraint: Constraint): string {
  if (constraint.kind === 'foreign-key') return renderForeignKey(table, constraint.key);
  const { name } = constraint.kind === 'check' ? constraint.check : constraint.key;
  const named = name === null ? '' : ` CONSTRAINT ${quoteIdentifier(name)}`;
  if (constraint.kind === 'check')
    return `${alter(table)} ADD${named} CHECK (${constraint.check.expression})`;
  const kind = constraint.kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
  return `${alter(table)} ADD${named} ${kind} (${constraint.key.columns.map(quoteIdentifier).join(', ')})`;
}

const suffixes = { 'primary-key': 'pkey', unique: 'key', 'foreign-key': 'fkey', check: 'check' } as const;

function dropConstraintSql(table: TableName, constraint: Constraint): string {
  return `${alter(table)} DROP CONSTRAINT ${quoteIdentifier(constraintName(table, constraint))}`;
}

/** The name that PostgreSQL gives where there is none. */
export function constraintName(table: TableName, constraint: Constraint): string {
  const { name } = constraint.kind === 'check' ? constraint.check : constraint.key;
  if (name !== null) return name;
  const columns =
    constraint.kind === 'check' || constraint.kind === 'primary-key' ? [] : constraint.key.columns;
  return [table.name, ...columns, suffixes[constraint.kind]].join('_').slice(0, 63);
}
