/** What an operation that is not followed may have done, by the directive that is called or the words its SQL begins with. */

import type { SchemaPart } from '../../alembic/directives/operation.ts';
import type { OpaqueOperation } from '../../alembic/simulation/simulate.ts';
import type { Call } from '../../python/syntax.ts';
import type { SchemaChange, TableName } from '../../schema/schema-change.ts';

type Kind = SchemaChange['kind'];

export interface UnfollowedChanges {
  mayHaveDone(change: SchemaChange): boolean;
  /** Views and tables made from queries, which models may be mapped to. */
  readonly relations: readonly TableName[];
}

/** `tables` are the names of those that there are on either side. */
export function unfollowedChanges(
  operations: readonly OpaqueOperation[],
  tables: ReadonlySet<string>,
): UnfollowedChanges {
  const suspicions = operations
    .map(operation => ({ kinds: new Set(kindsOf(operation)), tables: tablesOf(operation, tables) }))
    .filter(({ kinds }) => kinds.size > 0);
  return {
    mayHaveDone(change) {
      const table = tableOf(change);
      return suspicions.some(
        suspicion =>
          suspicion.kinds.has(change.kind) &&
          (suspicion.tables === null || table === null || suspicion.tables.includes(table)),
      );
    },
    relations: operations.flatMap(relationsOf),
  };
}

function tableOf(change: SchemaChange): string | null {
  return 'table' in change ? change.table.name : null;
}

const tableChanges: readonly Kind[] = [
  'add-column',
  'drop-column',
  'alter-column',
  'create-constraint',
  'drop-constraint',
];
const allChanges: readonly Kind[] = [
  ...tableChanges,
  'create-table',
  'drop-table',
  'create-index',
  'drop-index',
  'create-enum',
  'drop-enum',
  'alter-enum',
  'create-sequence',
  'create-extension',
  'comment-table',
];

const directives: Readonly<Record<string, readonly Kind[]>> = {
  create_table: ['create-table'],
  drop_table: ['drop-table'],
  rename_table: ['create-table', 'drop-table'],
  add_column: ['add-column'],
  drop_column: ['drop-column'],
  alter_column: ['alter-column'],
  create_index: ['create-index'],
  drop_index: ['drop-index'],
  create_unique_constraint: ['create-constraint'],
  create_foreign_key: ['create-constraint'],
  create_check_constraint: ['create-constraint'],
  create_primary_key: ['create-constraint'],
  drop_constraint: ['drop-constraint'],
  // Of types and tables that are objects.
  create: ['create-enum'],
  drop: ['drop-enum'],
  create_all: ['create-table', 'create-enum'],
  drop_all: ['drop-table', 'drop-enum'],
  // Of the package alembic-postgresql-enum.
  sync_enum_values: ['alter-enum'],
  // Of alembic_utils.
  create_entity: ['create-extension'],
};

const partChanges: Readonly<Record<SchemaPart, readonly Kind[]>> = {
  table: ['create-table', 'drop-table'],
  column: ['add-column', 'alter-column', 'drop-column', 'create-index'],
  index: ['create-index', 'drop-index'],
  constraint: ['create-constraint', 'drop-constraint'],
  enum: ['create-enum', 'alter-enum', 'drop-enum'],
};

const statements: readonly (readonly [words: RegExp, kinds: readonly Kind[]])[] = [
  [/\balter\s+table\b/i, tableChanges],
  [/\bcreate\s+(?:unique\s+)?index\b/i, ['create-index']],
  [/\b(?:drop|alter)\s+index\b/i, ['create-index', 'drop-index']],
  [/\bcreate\s+(?:\w+\s+)?table\b/i, ['create-table']],
  [/\bdrop\s+table\b/i, ['drop-table']],
  [/\bcreate\s+type\b/i, ['create-enum']],
  [/\balter\s+type\b/i, ['alter-enum']],
  [/\bdrop\s+type\b/i, ['drop-enum']],
  [/\bcreate\s+sequence\b/i, ['create-sequence']],
  [/\bcreate\s+extension\b/i, ['create-extension']],
  [/\bcomment\s+on\b/i, ['alter-column', 'comment-table']],
];

function kindsOf({ operation, reason }: OpaqueOperation): readonly Kind[] {
  // What is about a table that is not there changes no other.
  if (operation.kind === 'execute-sql' && !/ is not followed$|^PostgreSQL does not read/.test(reason))
    return /^the type /.test(reason) ? ['create-enum'] : [];
  const sql = 'sql' in operation ? operation.sql : undefined;
  if (sql !== undefined) return statements.flatMap(([words, kinds]) => (words.test(sql) ? kinds : []));
  if (operation.kind !== 'unknown') return [];
  if (operation.parts) return operation.parts.flatMap(part => partChanges[part]);
  const { function: called, arguments: given } = operation.call;
  const name = called.kind === 'attribute' ? called.attribute.id : called.kind === 'name' ? called.id : '';
  const handed = given.some(({ value }) => value.kind === 'name' && value.id === 'op');
  const renames = name === 'alter_column' && given.some(({ keyword }) => keyword?.id === 'new_column_name');
  // Keys and indexes follow the column.
  if (renames) return [...tableChanges, 'create-index', 'drop-index'];
  return directives[name] ?? (handed ? allChanges : []);
}

/** Those that the operation names, as far as it names any; null where it may be about each of them. */
function tablesOf({ operation }: OpaqueOperation, tables: ReadonlySet<string>): readonly string[] | null {
  const written =
    'sql' in operation && operation.sql !== undefined
      ? alteredTables(operation.sql)
      : namesIn(operation.call);
  const named = written.filter(name => tables.has(name));
  return named.length === 0 || (named.length < written.length && 'sql' in operation) ? null : named;
}

/** Of each ALTER TABLE in the text; empty where a value stands for the whole name. */
function alteredTables(sql: string): readonly string[] {
  const found = sql.matchAll(/\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([^\s(;]+)/gi);
  return [...found].map(([, name = '']) => name.replace(/^.*[.?]/, '').replaceAll('"', ''));
}

function namesIn({ arguments: given }: Call): readonly string[] {
  return given.flatMap(({ value }) => (value.kind === 'string' && value.value !== null ? [value.value] : []));
}

function relationsOf({ operation }: OpaqueOperation): readonly TableName[] {
  if (operation.kind !== 'execute-sql') return [];
  const made =
    /\bcreate\s+(?:or\s+replace\s+)?(?:materialized\s+)?(?:view|table)\s+(?:if\s+not\s+exists\s+)?([\w."]+)/gi;
  return [...operation.sql.matchAll(made)].map(([, written = '']) => {
    const [name = '', schema = null] = written.replaceAll('"', '').split('.').reverse();
    return { schema, name };
  });
}
