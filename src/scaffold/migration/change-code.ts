/** A change of the schema as the statements of `upgrade()` or `downgrade()` that make it. */
import { constraintName } from '../../schema/change-sql.ts';
import { quoteQualified } from '../../schema/identifier.ts';
import type { Index, Table } from '../../schema/schema.ts';
import type { CommentTable, Constraint, SchemaChange, TableName } from '../../schema/schema-change.ts';
import { type Code, call } from '../python-code/layout.ts';
import { alterColumnCode } from './alter-column-code.ts';
import { actionCode, checkText, columnCode, constraintCode, targetColumns } from './column-code.ts';
import { alterEnumCode } from './enum-code.ts';
import {
  columnOfElement,
  finalName,
  keyword,
  listOf,
  namesLiteral,
  stringLiteral,
  textCode,
} from './python-literal.ts';
import type { Statement } from './statement.ts';
import { enumCode, type TypeContext } from './type-code.ts';

export function changeCode(change: SchemaChange, context: TypeContext): readonly Statement[] {
  const { style } = context;
  switch (change.kind) {
    case 'create-extension':
      return [execute(`CREATE EXTENSION IF NOT EXISTS "${change.name}"`, context)];
    case 'drop-extension':
      // It may have been there before, and others may use it.
      return [];
    case 'create-enum':
    case 'drop-enum': {
      const type = enumCode(change.type, style);
      const method = change.kind === 'create-enum' ? 'create' : 'drop';
      return [{ code: withMethod(type, method) }];
    }
    case 'alter-enum':
      return alterEnumCode(change, context);
    case 'create-sequence':
    case 'drop-sequence': {
      const verb = change.kind === 'create-sequence' ? 'CREATE' : 'DROP';
      return [
        execute(`${verb} SEQUENCE ${quoteQualified(change.sequence.schema, change.sequence.name)}`, context),
      ];
    }
    case 'create-table':
      return [
        { code: createTableCode(change.table, context) },
        ...change.table.indexes.map(index => ({ code: createIndexCode(change.table, index, context) })),
      ];
    case 'drop-table':
      return [
        ...change.table.indexes
          .map(index => ({ code: dropIndexCode(change.table, index, context) }))
          .reverse(),
        {
          code: call(
            'op.drop_table',
            stringLiteral(change.table.name, style),
            ...schemaCode(change.table, context),
          ),
        },
      ];
    case 'rename-table':
      return [
        {
          code: call(
            'op.rename_table',
            stringLiteral(change.table.name, style),
            stringLiteral(change.newName, style),
            ...schemaCode(change.table, context),
          ),
        },
      ];
    case 'add-column':
      return [
        {
          code: call(
            'op.add_column',
            stringLiteral(change.table.name, style),
            columnCode(change.column, [], context),
            ...schemaCode(change.table, context),
          ),
        },
      ];
    case 'drop-column':
      return [
        {
          code: call(
            'op.drop_column',
            stringLiteral(change.table.name, style),
            stringLiteral(change.column.name, style),
            ...schemaCode(change.table, context),
          ),
        },
      ];
    case 'rename-column':
      return [
        {
          code: call(
            'op.alter_column',
            stringLiteral(change.table.name, style),
            stringLiteral(change.column, style),
            keyword('new_column_name', stringLiteral(change.newName, style)),
            ...schemaCode(change.table, context),
          ),
        },
      ];
    case 'alter-column':
      return alterColumnCode(change, context);
    case 'create-constraint':
      return [{ code: createConstraintCode(change.table, change.constraint, context) }];
    case 'drop-constraint':
      return [{ code: dropConstraintCode(change.table, change.constraint, context) }];
    case 'create-index':
      return [{ code: createIndexCode(change.table, change.index, context) }];
    case 'drop-index':
      return [{ code: dropIndexCode(change.table, change.index, context) }];
    case 'comment-table':
      return [{ code: commentTableCode(change, context) }];
  }
}

function commentTableCode({ table, before, after }: CommentTable, context: TypeContext): Code {
  const { style } = context;
  const name = stringLiteral(table.name, style);
  const existing = before === null ? [] : [keyword('existing_comment', stringLiteral(before, style))];
  return after === null
    ? call('op.drop_table_comment', name, ...existing, ...schemaCode(table, context))
    : call(
        'op.create_table_comment',
        name,
        stringLiteral(after, style),
        ...existing,
        ...schemaCode(table, context),
      );
}

function execute(sql: string, { style }: TypeContext): Statement {
  return { code: call('op.execute', stringLiteral(sql, style)) };
}

function withMethod(type: Code, method: string): Code {
  if (typeof type === 'string') return type;
  return { ...type, close: `).${method}(op.get_bind(), checkfirst=False)` };
}

export function schemaCode({ schema }: TableName, { style }: TypeContext): readonly Code[] {
  return schema === null ? [] : [keyword('schema', stringLiteral(schema, style))];
}

function createTableCode(table: Table, context: TypeContext): Code {
  const { style } = context;
  const constraints: readonly Constraint[] = [
    ...(table.primaryKey ? [{ kind: 'primary-key' as const, key: table.primaryKey }] : []),
    ...table.uniques.map(key => ({ kind: 'unique' as const, key })),
    ...table.foreignKeys.map(key => ({ kind: 'foreign-key' as const, key })),
    ...table.checks.map(check => ({ kind: 'check' as const, check })),
  ];
  return call(
    'op.create_table',
    stringLiteral(table.name, style),
    ...table.columns.map(column => columnCode(column, table.primaryKey?.columns ?? [], context)),
    ...constraints.map(constraint => constraintCode(constraint, context)),
    ...schemaCode(table, context),
    ...(table.comment === null ? [] : [keyword('comment', stringLiteral(table.comment, style))]),
  );
}

function createIndexCode(table: TableName, index: Index, context: TypeContext): Code {
  const { style } = context;
  const option = (name: string, value: Code | null) => (value === null ? [] : [keyword(name, value)]);
  return call(
    'op.create_index',
    index.name === null ? 'None' : finalName(index.name, style),
    stringLiteral(table.name, style),
    listOf(index.elements.map(element => elementCode(element, context))),
    `unique=${index.unique ? 'True' : 'False'}`,
    ...schemaCode(table, context),
    ...option('postgresql_using', index.method === null ? null : stringLiteral(index.method, style)),
    ...option('postgresql_where', index.where === null ? null : textCode(index.where, style)),
    ...option('postgresql_include', index.include.length === 0 ? null : namesLiteral(index.include, style)),
  );
}

/** A column by its name, anything else as SQL. */
function elementCode(element: string, { style }: TypeContext): Code {
  const column = columnOfElement(element);
  return column === null ? textCode(element, style) : stringLiteral(column, style);
}

function dropIndexCode(table: TableName, index: Index, context: TypeContext): Code {
  const { style } = context;
  return call(
    'op.drop_index',
    index.name === null ? 'None' : finalName(index.name, style),
    keyword('table_name', stringLiteral(table.name, style)),
    ...schemaCode(table, context),
  );
}

function createConstraintCode(table: TableName, constraint: Constraint, context: TypeContext): Code {
  const { style } = context;
  const name = finalName(constraintName(table, constraint), style);
  const owner = stringLiteral(table.name, style);
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique': {
      const callee = constraint.kind === 'unique' ? 'op.create_unique_constraint' : 'op.create_primary_key';
      const columns = namesLiteral(constraint.key.columns, style);
      return call(callee, name, owner, columns, ...schemaCode(table, context));
    }
    case 'check':
      return call(
        'op.create_check_constraint',
        name,
        owner,
        checkText(constraint.check.expression, style),
        ...schemaCode(table, context),
      );
    case 'foreign-key': {
      const { key } = constraint;
      const schemaOf = (option: string, schema: string | null) =>
        schema === null ? [] : [keyword(option, stringLiteral(schema, style))];
      return call(
        'op.create_foreign_key',
        name,
        owner,
        stringLiteral(key.targetTable, style),
        namesLiteral(key.columns, style),
        namesLiteral(targetColumns(key, context), style),
        ...schemaOf('source_schema', table.schema),
        ...schemaOf('referent_schema', key.targetSchema),
        ...actionCode(key, style),
      );
    }
  }
}

const constraintTypes = {
  'primary-key': 'primary',
  unique: 'unique',
  'foreign-key': 'foreignkey',
  check: 'check',
} as const;

function dropConstraintCode(table: TableName, constraint: Constraint, context: TypeContext): Code {
  const { style } = context;
  return call(
    'op.drop_constraint',
    finalName(constraintName(table, constraint), style),
    stringLiteral(table.name, style),
    ...schemaCode(table, context),
    keyword('type_', stringLiteral(constraintTypes[constraint.kind], style)),
  );
}
