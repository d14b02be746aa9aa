/** Directives about indexes and constraints. */
import type { Expression } from '../../python/syntax.ts';
import type { Index } from '../../schema/schema.ts';
import { sqlText } from '../../sqlalchemy/models/ddl-expression.ts';
import { operatorClasses } from '../../sqlalchemy/models/read-table-arguments.ts';
import { constantOf, stringOf } from '../../sqlalchemy/reading/constants.ts';
import { type DirectiveArguments, isNone } from './directive-arguments.ts';
import type { Operation, TableConstraint } from './operation.ts';
import { readIndexElements } from './table-definition.ts';

export function createIndex(given: DirectiveArguments): Operation | null {
  const named = given.table(1);
  const written = given.at(0, 'index_name');
  const name = given.text(0, 'index_name');
  if (!named || (name === null && written && !isNone(written))) return null;
  const elements = readIndexElements(given.at(named.next, 'columns'), given.site);
  const where = given.keyword('postgresql_where');
  const method = stringOf(given.keyword('postgresql_using'), given.site);
  const unique =
    given.flag('unique') || constantOf(given.at(named.next + 2, '') ?? falseLiteral, given.site) === true;
  const index: Index = {
    name,
    elements: withOperatorClasses(elements ?? [], given.keyword('postgresql_ops')),
    unique,
    method: method === undefined || method.toLowerCase() === 'btree' ? null : method.toLowerCase(),
    where: where && !isNone(where) ? sqlText(where, given.site) : null,
    include: given.columns(given.keyword('postgresql_include')) ?? [],
  };
  return {
    ...given.base,
    kind: 'create-index',
    table: named.table,
    index,
    complete: elements !== null && (!where || isNone(where) || index.where !== null),
    concurrently: given.choice('postgresql_concurrently'),
    ifNotExists: given.flag('if_not_exists'),
  };
}

/** `postgresql_ops` names classes by column. */
function withOperatorClasses(
  elements: Index['elements'],
  classes: Expression | undefined,
): Index['elements'] {
  const byColumn = operatorClasses(classes);
  return elements.map(element => {
    const operatorClass = byColumn.get(element.replace(/^"(.*)"$/, '$1'));
    return operatorClass === undefined ? element : `${element} ${operatorClass}`;
  });
}

const falseLiteral: Expression = { kind: 'constant', value: 'False', start: 0, end: 0 };

export function dropIndex(given: DirectiveArguments): Operation | null {
  const name = given.text(0, 'index_name');
  if (name === null) return null;
  const table = given.table(1)?.table ?? null;
  return {
    ...given.base,
    kind: 'drop-index',
    name,
    schema: table?.schema ?? stringOf(given.keyword('schema'), given.site) ?? null,
    table,
    concurrently: given.choice('postgresql_concurrently'),
    ifExists: given.flag('if_exists'),
  };
}

export function createConstraint(directive: string, given: DirectiveArguments): Operation | null {
  const foreign = directive === 'create_foreign_key';
  const named = foreign ? given.table(1, 'source_schema', 'source_table') : given.table(1);
  if (!named) return null;
  const constraint = readConstraint(directive, given, named.next);
  if (!constraint) return null;
  const notValid = given.flag('postgresql_not_valid');
  return { ...given.base, kind: 'create-constraint', table: named.table, constraint, notValid };
}

function readConstraint(directive: string, given: DirectiveArguments, next: number): TableConstraint | null {
  const name = given.text(0, 'constraint_name');
  if (directive === 'create_exclude_constraint') return { kind: 'exclude', name };
  if (directive === 'create_check_constraint') {
    const condition = given.at(next, 'condition');
    const expression = condition ? sqlText(condition, given.site) : null;
    return { kind: 'check', name, check: expression === null ? null : { name, expression } };
  }
  if (directive === 'create_foreign_key') return foreignKey(given, name, next);
  const columns = given.columns(given.at(next, 'columns'));
  if (!columns) return null;
  return { kind: directive === 'create_primary_key' ? 'primary-key' : 'unique', key: { name, columns } };
}

function foreignKey(given: DirectiveArguments, name: string | null, next: number): TableConstraint | null {
  const targetTable = given.text(next, 'referent_table');
  const columns = given.columns(given.at(next + 1, 'local_cols'));
  const targetColumns = given.columns(given.at(next + 2, 'remote_cols'));
  if (targetTable === null || !columns || !targetColumns) return null;
  const text = (keyword: string) => stringOf(given.keyword(keyword), given.site) ?? null;
  const targetSchema = text('referent_schema');
  const key = {
    name,
    columns,
    targetSchema,
    targetTable,
    targetColumns,
    onDelete: text('ondelete'),
    onUpdate: text('onupdate'),
  };
  return { kind: 'foreign-key', key };
}

export function dropConstraint(given: DirectiveArguments): Operation | null {
  const named = given.table(1);
  const written = given.at(0, 'constraint_name');
  const name = given.text(0, 'constraint_name');
  if (!named || !written || (name === null && !isNone(written))) return null;
  const type = given.text(named.next, 'type_');
  return {
    ...given.base,
    kind: 'drop-constraint',
    table: named.table,
    name,
    type,
    ifExists: given.flag('if_exists'),
  };
}
