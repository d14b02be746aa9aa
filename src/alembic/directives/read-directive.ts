/** One directive (`op.create_table(…)`, `batch_op.add_column(…)`) as an operation. */
import { positionalsOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { readServerDefault } from '../../sqlalchemy/models/read-column.ts';
import { constantOf, stringOf } from '../../sqlalchemy/reading/constants.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
import { readType } from '../../sqlalchemy/types/read-type.ts';
import { DirectiveArguments, type DirectiveContext, isNone } from './directive-arguments.ts';
import type { ColumnChanges, Operation } from './operation.ts';
import { createConstraint, createIndex, dropConstraint, dropIndex } from './read-constraint-directive.ts';
import { readExecution } from './read-execution.ts';
import { readTableDefinition } from './table-definition.ts';

/** Directives that change nothing, or are read as contexts. */
const silent: ReadonlySet<string> = new Set([
  'get_bind',
  'get_context',
  'f',
  'inline_literal',
  'batch_alter_table',
  'get_dialect',
]);

/** Null for calls that do nothing to the schema. */
export function readDirective(name: string, call: Call, context: DirectiveContext): Operation | null {
  if (silent.has(name)) return null;
  const reader = new DirectiveArguments(call, context);
  const operation = readNamed(name, reader);
  return operation ?? { ...reader.base, kind: 'unknown', reason: `The arguments of ${name} are computed.` };
}

function readNamed(name: string, given: DirectiveArguments): Operation | null {
  switch (name) {
    case 'create_table':
      return createTable(given);
    case 'drop_table':
    case 'rename_table':
    case 'create_table_comment':
    case 'drop_table_comment':
      return tableOperation(name, given);
    case 'add_column':
      return addColumn(given);
    case 'drop_column':
      return dropColumn(given);
    case 'alter_column':
      return alterColumn(given);
    case 'create_index':
      return createIndex(given);
    case 'drop_index':
      return dropIndex(given);
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_foreign_key':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return createConstraint(name, given);
    case 'drop_constraint':
      return dropConstraint(given);
    case 'execute':
      return readExecution(given.at(0, 'sqltext'), given.base, given.site);
    case 'bulk_insert':
      return { ...given.base, kind: 'bulk-insert', table: bulkTable(given) };
    default:
      return { ...given.base, kind: 'unknown', reason: `${name} is no directive of Alembic.` };
  }
}

function createTable(given: DirectiveArguments): Operation | null {
  const named = given.table(0);
  if (!named) return null;
  const [, ...items] = positionalsOf(given.base.call);
  const definition = readTableDefinition(
    named.table,
    items.map(({ value }) => value),
    given.site,
  );
  const comment = stringOf(given.keyword('comment'), given.site) ?? null;
  return {
    ...given.base,
    kind: 'create-table',
    table: named.table,
    definition: { ...definition.table, comment },
    enums: definition.enums,
    unlistedEnums: definition.unlistedEnums,
    complete: definition.complete,
    ifNotExists: given.flag('if_not_exists'),
  };
}

function tableOperation(name: string, given: DirectiveArguments): Operation | null {
  const named = given.table(0, 'schema', name === 'rename_table' ? 'old_table_name' : 'table_name');
  if (!named) return null;
  const { table } = named;
  if (name === 'drop_table')
    return { ...given.base, kind: 'drop-table', table, ifExists: given.flag('if_exists') };
  if (name === 'rename_table') {
    const newName = given.text(1, 'new_table_name');
    return newName === null ? null : { ...given.base, kind: 'rename-table', table, newName };
  }
  const comment = name === 'create_table_comment' ? given.text(named.next, 'comment') : null;
  return { ...given.base, kind: 'comment-table', table, comment };
}

function addColumn(given: DirectiveArguments): Operation | null {
  const named = given.table(0);
  const written = named && given.at(named.next, 'column');
  if (!named || !written) return null;
  const definition = readTableDefinition(named.table, [written], given.site);
  const column = definition.table.columns[0];
  if (!column) return null;
  return {
    ...given.base,
    kind: 'add-column',
    table: named.table,
    definition: definition.table,
    column,
    enums: definition.enums,
    unlistedEnums: definition.unlistedEnums,
    complete: definition.complete,
    ifNotExists: given.flag('if_not_exists'),
  };
}

function dropColumn(given: DirectiveArguments): Operation | null {
  const named = given.table(0);
  const column = named && given.text(named.next, 'column_name');
  if (!named || column === null) return null;
  return {
    ...given.base,
    kind: 'drop-column',
    table: named.table,
    column,
    ifExists: given.flag('if_exists'),
  };
}

function alterColumn(given: DirectiveArguments): Operation | null {
  const named = given.table(0);
  const column = named && given.text(named.next, 'column_name');
  if (!named || column === null) return null;
  return { ...given.base, kind: 'alter-column', table: named.table, column, changes: readChanges(given) };
}

function readChanges(given: DirectiveArguments): ColumnChanges {
  const { site } = given;
  const name = stringOf(given.keyword('new_column_name') ?? given.keyword('name'), site);
  const type = given.keyword('type_');
  const using = stringOf(given.keyword('postgresql_using'), site);
  const nullable = given.keyword('nullable');
  const nullability = nullable && constantOf(nullable, site);
  const server = given.keyword('server_default');
  const comment = given.keyword('comment');
  return {
    ...(name === undefined ? {} : { name }),
    ...(type && !isNone(type) ? readNewType(type, site) : {}),
    ...(using === undefined ? {} : { using }),
    ...(typeof nullability === 'boolean' ? { nullable: nullability } : {}),
    ...(server && !isFalse(server) ? { default: readDefault(server, site) } : {}),
    ...(comment && !isFalse(comment) ? { comment: stringOf(comment, site) ?? null } : {}),
  };
}

function readNewType(type: Expression, site: Site): Pick<ColumnChanges, 'type' | 'enum' | 'unlistedEnum'> {
  const read = readType(type, site, null);
  const listed = read?.enum ? { enum: read.enum } : {};
  const unlisted = read?.unlistedEnum ? { unlistedEnum: read.unlistedEnum } : {};
  return { type: read?.sql ?? null, ...listed, ...unlisted };
}

function readDefault(server: Expression, site: Site): NonNullable<ColumnChanges['default']> {
  return isNone(server) ? { drop: true } : { drop: false, sql: readServerDefault(server, site).sql };
}

/** `False` is Alembic's way to say “leave it as it is”. */
function isFalse(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === 'False';
}

function bulkTable(given: DirectiveArguments): string | null {
  const table = given.at(0, 'table');
  const call = table?.kind === 'call' ? table : null;
  return call ? (stringOf(call.arguments[0]?.value, given.site) ?? null) : null;
}
