/** The schema after one operation. What cannot be followed leaves it as it is and says so. */

import type { Column, DatabaseSchema, Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type {
  AlterColumn,
  ColumnChanges,
  CreateConstraint,
  Operation,
  TableName,
} from '../directives/operation.ts';
import { applySql } from './apply-sql.ts';
import * as change from './schema-change.ts';

export interface Applied {
  readonly schema: DatabaseSchema;
  /** Why the schema is not surely right after this; null where it is. */
  readonly opaque: string | null;
}

export function applyOperation(schema: DatabaseSchema, operation: Operation, parser: SqlParser): Applied {
  switch (operation.kind) {
    case 'create-table':
      return createTable(schema, operation);
    case 'drop-table':
      return known(
        change.dropTable(schema, operation.table),
        change.findTable(schema, operation.table) || operation.ifExists
          ? null
          : missing(operation.table.name),
      );
    case 'rename-table':
      return known(
        change.renameTable(schema, operation.table, operation.newName),
        missingTable(schema, operation.table),
      );
    case 'add-column':
      return addColumn(schema, operation);
    case 'drop-column':
      return inTable(schema, operation.table, table => change.dropColumn(table, operation.column));
    case 'alter-column':
      return alterColumn(schema, operation);
    case 'create-index':
      return inTable(
        schema,
        operation.table,
        table => ({
          ...table,
          indexes: [...table.indexes.filter(index => index.name !== operation.index.name), operation.index],
        }),
        operation.complete ? null : 'an index holds an expression that is not followed',
      );
    case 'drop-index':
      return dropIndex(schema, operation);
    case 'create-constraint':
      return inTable(
        schema,
        operation.table,
        table => addConstraint(table, operation.constraint),
        unrendered(operation.constraint),
      );
    case 'drop-constraint':
      return dropConstraint(schema, operation);
    case 'create-enum':
      return known(change.putEnum(schema, operation.type), null);
    case 'drop-enum':
      return known(change.dropEnum(schema, operation.type), null);
    case 'comment-table':
      return inTable(schema, operation.table, table => ({ ...table, comment: operation.comment }));
    case 'execute-sql':
      return applySql(schema, operation.sql, parser);
    case 'execute-expression':
    case 'bulk-insert':
      return known(schema, null);
    case 'unknown':
      return known(schema, operation.reason);
  }
}

function known(schema: DatabaseSchema, opaque: string | null): Applied {
  return { schema, opaque };
}

function missing(name: string): string {
  return `${name} is not in the schema that the revisions before build`;
}

function missingTable(
  schema: DatabaseSchema,
  table: { readonly schema: string | null; readonly name: string },
): string | null {
  return change.findTable(schema, table) ? null : missing(table.name);
}

function inTable(
  schema: DatabaseSchema,
  name: { readonly schema: string | null; readonly name: string },
  edit: (table: Table) => Table,
  opaque: string | null = null,
): Applied {
  return known(change.changeTable(schema, name, edit), missingTable(schema, name) ?? opaque);
}

function createTable(
  schema: DatabaseSchema,
  operation: Extract<Operation, { kind: 'create-table' }>,
): Applied {
  if (operation.ifNotExists && change.findTable(schema, operation.table)) return known(schema, null);
  const withEnums = operation.enums.reduce(addEnum, schema);
  const created = change.putTable(withEnums, operation.definition);
  return known(
    created,
    operation.complete
      ? unlisted(withEnums, operation.unlistedEnums)
      : `${operation.table.name} has columns or constraints that are not followed`,
  );
}

/** A type that exists keeps its values: create_type=False, or checkfirst. */
function addEnum(schema: DatabaseSchema, type: DatabaseSchema['enums'][number]): DatabaseSchema {
  return schema.enums.some(each => isSameName(each, type)) ? schema : change.putEnum(schema, type);
}

/** A type that is named without its values is one that something before has created. */
function unlisted(schema: DatabaseSchema, types: readonly TableName[]): string | null {
  const type = types.find(each => !schema.enums.some(known => isSameName(known, each)));
  return type ? `the values of the type ${type.name} are in no revision that was read` : null;
}

function addColumn(schema: DatabaseSchema, operation: Extract<Operation, { kind: 'add-column' }>): Applied {
  const { definition, column } = operation;
  const withEnums = operation.enums.reduce(addEnum, schema);
  const add = (table: Table): Table => {
    if (operation.ifNotExists && table.columns.some(each => each.name === column.name)) return table;
    return {
      ...change.addColumn(table, column),
      primaryKey: definition.primaryKey ?? table.primaryKey,
      uniques: [...table.uniques, ...definition.uniques],
      foreignKeys: [...table.foreignKeys, ...definition.foreignKeys],
      checks: [...table.checks, ...definition.checks],
      indexes: [...table.indexes, ...definition.indexes],
    };
  };
  return inTable(
    withEnums,
    operation.table,
    add,
    operation.complete
      ? unlisted(withEnums, operation.unlistedEnums)
      : `the type of ${column.name} is not followed`,
  );
}

/** What is given and could not be read is not known from then on. */
function alteredColumn(before: Column, changes: ColumnChanges): Column {
  const { unread = [], ...known } = before;
  const given = changes.default;
  const now = [
    ...(changes.type === null || (changes.type === undefined && unread.includes('type'))
      ? (['type'] as const)
      : []),
    ...((given?.drop === false && given.sql === null) || (given === undefined && unread.includes('default'))
      ? (['default'] as const)
      : []),
  ];
  return {
    ...known,
    type: changes.type ?? before.type,
    nullable: changes.nullable ?? before.nullable,
    default: given === undefined ? before.default : given.drop ? null : given.sql,
    comment: changes.comment === undefined ? before.comment : changes.comment,
    ...(now.length === 0 ? {} : { unread: now }),
  };
}

function alterColumn(schema: DatabaseSchema, { table, column, changes }: AlterColumn): Applied {
  const altered = change.changeTable(schema, table, owner =>
    change.changeColumn(owner, column, before => alteredColumn(before, changes)),
  );
  const renamed =
    changes.name === undefined ? altered : change.renameColumn(altered, table, column, changes.name);
  const unknownType =
    changes.type === null
      ? `the new type of ${column} is not followed`
      : unlisted(schema, changes.unlistedEnum ? [changes.unlistedEnum] : []);
  return known(renamed, missingTable(schema, table) ?? unknownType);
}

function dropIndex(schema: DatabaseSchema, operation: Extract<Operation, { kind: 'drop-index' }>): Applied {
  const exists = schema.tables.some(table => table.indexes.some(index => index.name === operation.name));
  return known(
    change.dropIndex(schema, operation.name),
    exists || operation.ifExists ? null : missing(operation.name),
  );
}

function addConstraint(table: Table, constraint: CreateConstraint['constraint']): Table {
  switch (constraint.kind) {
    case 'primary-key':
      return notNull({ ...table, primaryKey: constraint.key }, constraint.key.columns);
    case 'unique':
      return { ...table, uniques: [...table.uniques, constraint.key] };
    case 'foreign-key':
      return { ...table, foreignKeys: [...table.foreignKeys, constraint.key] };
    case 'check':
      return constraint.check ? { ...table, checks: [...table.checks, constraint.check] } : table;
    case 'exclude':
      return table;
  }
}

function notNull(table: Table, columns: readonly string[]): Table {
  return columns.reduce(
    (before, name) => change.changeColumn(before, name, column => ({ ...column, nullable: false })),
    table,
  );
}

function unrendered(constraint: CreateConstraint['constraint']): string | null {
  return constraint.kind === 'check' && !constraint.check
    ? 'a check holds an expression that is not followed'
    : null;
}

function dropConstraint(
  schema: DatabaseSchema,
  operation: Extract<Operation, { kind: 'drop-constraint' }>,
): Applied {
  const { name, table } = operation;
  if (name === null) return known(schema, 'a constraint without a name cannot be told');
  const owner = change.findTable(schema, table);
  const known_ = operation.ifExists || (owner && change.hasConstraint(owner, name));
  // A check that could not be rendered, or an exclusion, is not in the schema: dropping it changes nothing here.
  const opaque = known_ || operation.type === 'check' ? null : missing(name);
  return known(
    change.changeTable(schema, table, each => change.dropConstraint(each, name)),
    owner ? opaque : missing(table.name),
  );
}
