/** The schema after SQL that a revision executes: DDL read from PostgreSQL's own parse tree. Rows change nothing here. */

import type { DatabaseSchema, Domain } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { ParsedSql, SqlNode, SqlParser, SqlStatement, SqlSyntaxError } from '../../sql/parser.ts';
import { alterTable } from './apply-alter-table.ts';
import { renameObject } from './apply-rename.ts';
import * as change from './schema-change.ts';
import {
  emptyTable,
  indexOf,
  qualified,
  type SqlContext,
  strings,
  tableName,
  withColumn,
  withConstraint,
} from './sql-definitions.ts';

export interface AppliedSql {
  readonly schema: DatabaseSchema;
  /** Why the schema is not surely right after this; null where it is. */
  readonly opaque: string | null;
}

/** Statements that change rows, settings, rights or programs, and no table. */
const harmless: ReadonlySet<string> = new Set(
  `SelectStmt InsertStmt UpdateStmt DeleteStmt MergeStmt TruncateStmt CopyStmt VariableSetStmt VariableShowStmt TransactionStmt
  LockStmt GrantStmt GrantRoleStmt AlterDefaultPrivilegesStmt VacuumStmt ReindexStmt ClusterStmt CheckPointStmt DiscardStmt
  CreateFunctionStmt AlterFunctionStmt CreateTrigStmt CreatePolicyStmt AlterPolicyStmt CreateSchemaStmt RuleStmt
  CreateRoleStmt AlterRoleStmt AlterOwnerStmt CreateStatsStmt AlterSeqStmt RefreshMatViewStmt CreatePublicationStmt
  AlterDatabaseSetStmt AlterSystemStmt ConstraintsSetStmt ExplainStmt NotifyStmt AlterTableMoveAllStmt CreateEventTrigStmt`.split(
    /\s+/,
  ),
);

export function applySql(schema: DatabaseSchema, sql: string, parser: SqlParser): AppliedSql {
  const parsed = parseExecuted(sql, parser);
  if (parsed.kind === 'syntax-error')
    return { schema, opaque: `PostgreSQL does not read the SQL: ${parsed.message}` };
  const context: SqlContext = {
    source: { text: sql, tokens: parser.scan(sql) ?? [] },
    offsetOf: parsed.offsetOf,
  };
  let applied: AppliedSql = { schema, opaque: null };
  for (const statement of parsed.statements) {
    const next = applyStatement(applied.schema, statement, context);
    applied = { schema: next.schema, opaque: applied.opaque ?? next.opaque };
  }
  return applied;
}

/** SQL as a revision executes it: plain, or with binds of `text()`. */
export function parseExecuted(sql: string, parser: SqlParser): ParsedSql | SqlSyntaxError {
  const plain = parser.parse(sql);
  if (plain.kind === 'parsed') return plain;
  const bound = parser.parse(withoutBinds(sql));
  return bound.kind === 'parsed' ? bound : plain;
}

/** Binds of `text()` as parameters of the same length, so that offsets stay: `:name` → `$1   `. */
function withoutBinds(sql: string): string {
  return sql.replace(/(?<![:\w\\]):([A-Za-z_]\w*)/g, bind => '$1'.padEnd(bind.length));
}

function applyStatement(schema: DatabaseSchema, statement: SqlStatement, context: SqlContext): AppliedSql {
  const { node } = statement;
  if ('CreateStmt' in node) return createTable(schema, node.CreateStmt, context);
  if ('AlterTableStmt' in node) return alterTable(schema, node.AlterTableStmt, context);
  if ('DropStmt' in node) return drop(schema, node.DropStmt);
  if ('IndexStmt' in node) return createIndex(schema, node.IndexStmt, statement, context);
  if ('RenameStmt' in node) return renameObject(schema, node.RenameStmt);
  if ('CreateEnumStmt' in node) {
    const type = { ...qualified(node.CreateEnumStmt.typeName), values: strings(node.CreateEnumStmt.vals) };
    return { schema: change.putEnum(schema, type), opaque: null };
  }
  if ('AlterEnumStmt' in node) return alterEnum(schema, node.AlterEnumStmt);
  if ('CreateExtensionStmt' in node) {
    const name = node.CreateExtensionStmt.extname ?? '';
    return { schema: { ...schema, extensions: [...new Set([...schema.extensions, name])] }, opaque: null };
  }
  if ('CreateSeqStmt' in node) {
    const sequence = tableName(node.CreateSeqStmt.sequence);
    const others = schema.sequences.filter(each => !isSameName(each, sequence));
    return { schema: { ...schema, sequences: [...others, sequence] }, opaque: null };
  }
  if ('CommentStmt' in node) return { schema: comment(schema, node.CommentStmt), opaque: null };
  if ('CreateDomainStmt' in node)
    return { schema: createDomain(schema, node.CreateDomainStmt, context), opaque: null };
  const kind = Object.keys(node)[0] ?? '';
  return { schema, opaque: harmless.has(kind) ? null : `${statementName(kind)} is not followed` };
}

/** `CreateTableAsStmt` → `CREATE TABLE AS`. */
function statementName(kind: string): string {
  return kind
    .replace(/Stmt$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();
}

type Statement<Kind extends string> =
  Extract<SqlNode, { readonly [K in Kind]: unknown }> extends { readonly [K in Kind]: infer Value }
    ? Value
    : never;

function createTable(
  schema: DatabaseSchema,
  statement: Statement<'CreateStmt'>,
  context: SqlContext,
): AppliedSql {
  const name = tableName(statement.relation);
  if (statement.if_not_exists && change.findTable(schema, name)) return { schema, opaque: null };
  let table = emptyTable(name);
  let opaque: string | null =
    statement.inhRelations || statement.partbound ? `${name.name} takes columns from other tables` : null;
  for (const element of statement.tableElts ?? []) {
    if ('ColumnDef' in element) table = withColumn(table, element.ColumnDef, context);
    else if ('Constraint' in element) table = withConstraint(table, element.Constraint, context);
    else opaque = `${name.name} takes columns from other tables`;
  }
  return { schema: change.putTable(schema, table), opaque };
}

/** On tables and columns; other things have comments that no schema holds. */
function comment(schema: DatabaseSchema, statement: Statement<'CommentStmt'>): DatabaseSchema {
  const text = statement.comment ?? null;
  const object = statement.object;
  const names = object && 'List' in object ? object.List.items : undefined;
  if (statement.objtype === 'OBJECT_TABLE')
    return change.changeTable(schema, qualified(names), table => ({ ...table, comment: text }));
  if (statement.objtype !== 'OBJECT_COLUMN') return schema;
  const column = strings(names).at(-1) ?? '';
  return change.changeTable(schema, qualified(names?.slice(0, -1)), table =>
    change.changeColumn(table, column, found => ({ ...found, comment: text })),
  );
}

function createDomain(
  schema: DatabaseSchema,
  statement: Statement<'CreateDomainStmt'>,
  context: SqlContext,
): DatabaseSchema {
  // Its conditions are written as those of a column are.
  const definition = {
    colname: 'VALUE',
    typeName: statement.typeName ?? {},
    constraints: statement.constraints ?? [],
  };
  const { columns, checks } = withColumn(emptyTable({ schema: null, name: '' }), definition, context);
  const [column] = columns;
  if (!column) return schema;
  const domain: Domain = {
    ...qualified(statement.domainname),
    type: column.type,
    nullable: column.nullable,
    default: column.default,
    checks,
  };
  const others = (schema.domains ?? []).filter(each => !isSameName(each, domain));
  return { ...schema, domains: [...others, domain] };
}

function createIndex(
  schema: DatabaseSchema,
  statement: Statement<'IndexStmt'>,
  range: SqlStatement,
  context: SqlContext,
): AppliedSql {
  const name = tableName(statement.relation);
  const index = indexOf(statement, range, context);
  if (!change.findTable(schema, name))
    return { schema, opaque: `${name.name} is not in the schema that the revisions before build` };
  const add = change.changeTable(schema, name, table => {
    if (statement.if_not_exists && table.indexes.some(each => each.name === index.name)) return table;
    return { ...table, indexes: [...table.indexes, index] };
  });
  return { schema: add, opaque: null };
}

function drop(schema: DatabaseSchema, statement: Statement<'DropStmt'>): AppliedSql {
  let result = schema;
  for (const object of statement.objects ?? []) {
    const name = objectName(object);
    switch (statement.removeType) {
      case 'OBJECT_TABLE':
        result = change.dropTable(result, name);
        break;
      case 'OBJECT_INDEX':
        result = change.dropIndex(result, name.name);
        break;
      case 'OBJECT_TYPE':
        result = change.dropEnum(result, name);
        break;
      case 'OBJECT_SEQUENCE':
        result = { ...result, sequences: result.sequences.filter(each => !isSameName(each, name)) };
        break;
      case 'OBJECT_EXTENSION':
        result = { ...result, extensions: result.extensions.filter(each => each !== name.name) };
        break;
      case 'OBJECT_SCHEMA':
        result = dropSchema(result, name.name);
        break;
      default:
        break;
    }
  }
  return { schema: result, opaque: null };
}

function objectName(object: SqlNode) {
  if ('List' in object) return qualified(object.List.items);
  if ('TypeName' in object) return qualified(object.TypeName.names);
  return qualified([object]);
}

function dropSchema(schema: DatabaseSchema, name: string): DatabaseSchema {
  const outside = (each: { readonly schema: string | null }) => (each.schema ?? 'public') !== name;
  return {
    ...schema,
    tables: schema.tables.filter(outside),
    enums: schema.enums.filter(outside),
    sequences: schema.sequences.filter(outside),
  };
}

function alterEnum(schema: DatabaseSchema, statement: Statement<'AlterEnumStmt'>): AppliedSql {
  const name = qualified(statement.typeName);
  const type = schema.enums.find(each => isSameName(each, name));
  const value = statement.newVal;
  if (!type || value === undefined)
    return { schema, opaque: `the type ${name.name} is not in the schema that the revisions before build` };
  const { oldVal, newValNeighbor: neighbour } = statement;
  if (oldVal !== undefined) {
    return {
      schema: change.putEnum(schema, {
        ...type,
        values: type.values.map(each => (each === oldVal ? value : each)),
      }),
      opaque: null,
    };
  }
  if (type.values.includes(value)) return { schema, opaque: null };
  const at = neighbour === undefined ? -1 : type.values.indexOf(neighbour);
  const position = at < 0 ? type.values.length : at + (statement.newValIsAfter ? 1 : 0);
  return {
    schema: change.putEnum(schema, { ...type, values: type.values.toSpliced(position, 0, value) }),
    opaque: null,
  };
}
