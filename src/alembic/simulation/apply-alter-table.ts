/** `ALTER TABLE`: each of its commands applied to the table. */
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import type { SqlNode } from '../../sql/parser.ts';
import { expressionFrom } from '../../sql/source-text.ts';
import * as change from './schema-change.ts';
import { type SqlContext, tableName, typeText, withColumn, withConstraint } from './sql-definitions.ts';

type AlterTableStmt = Extract<SqlNode, { readonly AlterTableStmt: unknown }>['AlterTableStmt'];
type AlterTableCmd = Extract<SqlNode, { readonly AlterTableCmd: unknown }>['AlterTableCmd'];

interface Applied {
  readonly schema: DatabaseSchema;
  readonly opaque: string | null;
}

export function alterTable(schema: DatabaseSchema, statement: AlterTableStmt, context: SqlContext): Applied {
  if (statement.objtype !== 'OBJECT_TABLE') return { schema, opaque: null };
  const name = tableName(statement.relation);
  const table = change.findTable(schema, name);
  if (!table) {
    return {
      schema,
      opaque: statement.missing_ok
        ? null
        : `${name.name} is not in the schema that the revisions before build`,
    };
  }
  let changed: Table = table;
  let opaque: string | null = null;
  for (const node of statement.cmds ?? []) {
    if (!('AlterTableCmd' in node)) continue;
    const next = runCommand(changed, node.AlterTableCmd, context);
    if (next === null)
      opaque = `${node.AlterTableCmd.subtype?.replace('AT_', '')} of ALTER TABLE is not followed`;
    else changed = next;
  }
  return { schema: change.changeTable(schema, name, () => changed), opaque };
}

/** Commands about storage, rights, triggers and validation. */
const harmless =
  /^AT_(?:ValidateConstraint|AlterConstraint|ChangeOwner|Set(?:Statistics|Options|Storage|Compression|Logged|UnLogged|TableSpace|RelOptions|AccessMethod)|Reset\w*|ClusterOn|DropCluster|Enable\w*|Disable\w*|ForceRowSecurity|NoForceRowSecurity|ReplicaIdentity|SetIdentity)$/;

/** Null where the command's effect is not known. */
function runCommand(table: Table, command: AlterTableCmd, context: SqlContext): Table | null {
  const name = command.name ?? '';
  const definition = command.def;
  switch (command.subtype) {
    case 'AT_AddColumn': {
      if (!definition || !('ColumnDef' in definition)) return null;
      const exists = table.columns.some(column => column.name === definition.ColumnDef.colname);
      return exists && command.missing_ok ? table : withColumn(table, definition.ColumnDef, context);
    }
    case 'AT_DropColumn':
      return change.dropColumn(table, name);
    case 'AT_SetNotNull':
    case 'AT_DropNotNull':
      return change.changeColumn(table, name, column => ({
        ...column,
        nullable: command.subtype === 'AT_DropNotNull',
      }));
    case 'AT_ColumnDefault':
      return change.changeColumn(table, name, column => ({
        ...column,
        default: definition ? textOf(definition, context) : null,
      }));
    case 'AT_AlterColumnType': {
      if (!definition || !('ColumnDef' in definition)) return null;
      const type = typeText(definition.ColumnDef.typeName);
      return change.changeColumn(table, name, column => ({ ...column, type }));
    }
    case 'AT_AddConstraint':
      return definition && 'Constraint' in definition
        ? withConstraint(table, definition.Constraint, context)
        : null;
    case 'AT_DropConstraint':
      return change.dropConstraint(table, name);
    case 'AT_AddIdentity':
      return change.changeColumn(table, name, column => ({
        ...column,
        identity:
          definition && 'Constraint' in definition && definition.Constraint.generated_when === 'a'
            ? 'always'
            : 'by-default',
        nullable: false,
      }));
    case 'AT_DropIdentity':
      return change.changeColumn(table, name, column => ({ ...column, identity: null }));
    case 'AT_DropExpression':
      return change.changeColumn(table, name, column => ({ ...column, computed: null }));
    default:
      return harmless.test(command.subtype ?? '') ? table : null;
  }
}

/** An expression's text, from its first location on. */
function textOf(node: SqlNode, { source, offsetOf }: SqlContext): string | null {
  const first = Math.min(...locationsOf(node));
  return Number.isFinite(first) ? expressionFrom(source, offsetOf(first)) : null;
}

function locationsOf(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'location') return typeof inner === 'number' && inner >= 0 ? [inner] : [];
    return locationsOf(inner);
  });
}
