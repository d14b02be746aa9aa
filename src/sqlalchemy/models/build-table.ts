/** A table as DDL will make it: names by convention, SERIAL keys, foreign keys resolved. */

import { quoteIdentifier } from '../../schema/identifier.ts';
import type { Check, Column, EnumType, Index, Key, Sequence, Table } from '../../schema/schema.ts';
import { type SqlType, unknownTypeName } from '../types/sql-type.ts';
import { renderTypeDdl } from '../types/type-ddl.ts';
import { columnForeignKeys, declaredForeignKeys } from './build-foreign-keys.ts';
import { renderLiteral } from './ddl-expression.ts';
import type { ColumnDraft, ConstraintDraft } from './drafts.ts';
import { type ConstraintKind, conventionalName } from './naming-convention.ts';
import { type Build, nameIn, namesOf, partsOf } from './table-build.ts';
import type { TableEntry, TableRegistry } from './table-registry.ts';
import { unreadParts } from './unread-parts.ts';

export interface BuiltTable {
  readonly table: Table;
  /** Enum types and sequences of the columns. */
  readonly enums: readonly EnumType[];
  /** Enum types of the columns whose values are not told. */
  readonly unlistedEnums: readonly Omit<EnumType, 'values'>[];
  readonly sequences: readonly Sequence[];
}

export function buildTable(entry: TableEntry, registry: TableRegistry): BuiltTable {
  const { draft } = entry;
  const build: Build = { entry, registry, primaryKey: primaryKeyColumns(entry) };
  const columns = distinctColumns(entry.columns);
  const types = columns.map(column => registry.typeOf(column, entry));
  const enums = types.flatMap(type => type?.enum ?? []);
  const unlistedEnums = types.flatMap(type => type?.unlistedEnum ?? []);
  const sequences = columns.flatMap(({ sequence }) =>
    sequence && !sequence.optional ? [{ name: sequence.name, schema: draft.schema }] : [],
  );
  const table: Table = {
    name: draft.name,
    schema: draft.schema,
    columns: columns.map(column => buildColumn(column, build)),
    primaryKey: build.primaryKey.length === 0 ? null : primaryKeyOf(build),
    uniques: [
      ...columns
        .filter(column => column.unique && !column.index)
        .map(column => uniqueOf([column.column], null, build)),
      ...declaredUniques(build),
    ],
    foreignKeys: [
      ...columns.flatMap(column => columnForeignKeys(column, build)),
      ...declaredForeignKeys(build),
    ],
    checks: [...columns.flatMap(column => columnChecks(column, build)), ...declaredChecks(build)],
    indexes: [
      ...columns.filter(column => column.index).map(column => indexOf(column, build)),
      ...declaredIndexes(build),
    ],
    comment: draft.comment,
  };
  const unread = unreadParts(build);
  return { table: unread.length === 0 ? table : { ...table, unread }, enums, unlistedEnums, sequences };
}

/** Subclasses of a single-table hierarchy may share a column through `use_existing_column`. */
function distinctColumns(columns: readonly ColumnDraft[]): readonly ColumnDraft[] {
  const byName = new Map<string, ColumnDraft>();
  for (const column of columns) if (!byName.has(column.column)) byName.set(column.column, column);
  return [...byName.values()];
}

/** In the order of the constraint where there is one, else in that of the table. */
export function primaryKeyColumns(entry: TableEntry): readonly string[] {
  const declared = entry.draft.constraints.find(constraint => constraint.kind === 'primary-key') as
    | (ConstraintDraft & { kind: 'unique' | 'primary-key' })
    | undefined;
  const flagged = distinctColumns(entry.columns)
    .filter(column => column.primaryKey)
    .map(column => column.column);
  if (!declared || declared.columns.length === 0) return flagged;
  return namesOf(declared.columns, entry);
}

function primaryKeyOf(build: Build): Key {
  const declared = build.entry.draft.constraints.find(constraint => constraint.kind === 'primary-key') as
    | (ConstraintDraft & { kind: 'unique' | 'primary-key' })
    | undefined;
  return { name: nameOf('pk', declared?.name ?? null, build.primaryKey, build), columns: build.primaryKey };
}

function buildColumn(column: ColumnDraft, build: Build): Column {
  const type = build.registry.typeOf(column, build.entry);
  const inKey = build.primaryKey.includes(column.column);
  const serial = isAutoincrement(column, build) ? serialType(type?.sql ?? null) : null;
  const unread = [
    ...(serial === null && !type?.sql ? (['type'] as const) : []),
    ...(column.serverDefault?.sql === null ? (['default'] as const) : []),
  ];
  return {
    name: column.column,
    type: serial ?? type?.sql ?? unsizedType(type) ?? unknownTypeName,
    nullable: column.nullable && !inKey,
    default: serial ? null : (column.serverDefault?.sql ?? null),
    identity: column.identity,
    computed: column.computed,
    comment: column.comment,
    ...(unread.length === 0 ? {} : { unread }),
    ...(type?.derivedLength ? { derivedLength: true } : {}),
  };
}

/** A type whose length or precision is not constant: without it PostgreSQL judges statements the same. */
function unsizedType(type: SqlType | null): string | null {
  return type ? (type.unsized ?? renderTypeDdl(type.affinity, {})) : null;
}

function serialType(sql: string | null): string | null {
  switch (sql) {
    case 'INTEGER':
      return 'SERIAL';
    case 'BIGINT':
      return 'BIGSERIAL';
    case 'SMALLINT':
      return 'SMALLSERIAL';
    default:
      return null;
  }
}

/** SQLAlchemy's `_autoincrement_column`: the lone integer key without defaults or foreign keys, or the one that says so. */
export function isAutoincrement(column: ColumnDraft, build: Pick<Build, 'primaryKey' | 'entry'>): boolean {
  if (!build.primaryKey.includes(column.column) || column.identity || column.computed) return false;
  if (column.default !== null || column.serverDefault || (column.sequence && !column.sequence.optional))
    return false;
  if (column.autoincrement === true) return true;
  if (column.autoincrement === false || build.primaryKey.length > 1) return false;
  return column.autoincrement === 'ignore_fk' || !hasForeignKey(column, build.entry);
}

function hasForeignKey(column: ColumnDraft, entry: TableEntry): boolean {
  if (column.foreignKeys.length > 0) return true;
  return entry.draft.constraints.some(
    constraint =>
      constraint.kind === 'foreign-key' && namesOf(constraint.columns, entry).includes(column.column),
  );
}

function declaredUniques(build: Build): readonly Key[] {
  return build.entry.draft.constraints.flatMap(constraint =>
    constraint.kind === 'unique'
      ? [uniqueOf(namesOf(constraint.columns, build.entry), constraint.name, build)]
      : [],
  );
}

function uniqueOf(columns: readonly string[], given: string | null, build: Build): Key {
  return { name: nameOf('uq', given, columns, build), columns };
}

function columnChecks(column: ColumnDraft, build: Build): readonly Check[] {
  const own = column.checks.flatMap(check =>
    check.expression === null ? [] : [checkOf(check.name, check.expression, [column.column], build)],
  );
  if (!column.type?.check) return own;
  const values = column.type.check.values.map(value => renderLiteral(value)).join(', ');
  const expression = `${quoteIdentifier(column.column)} IN (${values})`;
  return [...own, checkOf(column.type.check.name, expression, [column.column], build)];
}

function declaredChecks(build: Build): readonly Check[] {
  return build.entry.draft.constraints.flatMap(constraint =>
    constraint.kind === 'check' && constraint.expression !== null
      ? [checkOf(constraint.name, constraint.expression, [], build)]
      : [],
  );
}

function checkOf(given: string | null, expression: string, columns: readonly string[], build: Build): Check {
  return { name: nameOf('ck', given, columns, build), expression };
}

function indexOf(column: ColumnDraft, build: Build): Index {
  return {
    name: nameOf('ix', null, [column.column], build),
    elements: [quoteIdentifier(column.column)],
    unique: column.unique,
    method: null,
    where: null,
    include: [],
  };
}

function declaredIndexes(build: Build): readonly Index[] {
  return build.entry.draft.constraints.flatMap(constraint =>
    constraint.kind === 'index' && constraint.elements.length > 0 ? [declaredIndex(constraint, build)] : [],
  );
}

function declaredIndex(constraint: ConstraintDraft & { kind: 'index' }, build: Build): Index {
  const names = constraint.elements.filter(element => typeof element !== 'string');
  return {
    name: nameOf('ix', constraint.name, namesOf(names, build.entry), build),
    elements: constraint.elements.map(element =>
      typeof element === 'string' ? element : quoteIdentifier(nameIn(element, build.entry)),
    ),
    unique: constraint.unique,
    method: constraint.method,
    where: constraint.where,
    include: namesOf(constraint.include, build.entry),
  };
}

function nameOf(
  kind: ConstraintKind,
  given: string | null,
  columns: readonly string[],
  build: Build,
): string | null {
  return conventionalName(kind, given, partsOf(columns, build), build.entry.draft.metadata.namingConvention);
}
