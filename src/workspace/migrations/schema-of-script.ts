/** The schema that a script builds in an empty database: what `pg_dump --schema-only` writes, or a file of DDL. */

import { applySql } from '../../alembic/simulation/apply-sql.ts';
import { changeColumn, changeTable, dropTable } from '../../alembic/simulation/schema-change.ts';
import { qualified, strings, tableName } from '../../alembic/simulation/sql-definitions.ts';
import { type Column, type DatabaseSchema, emptySchema, type Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { SqlNode, SqlParser } from '../../sql/parser.ts';
import { splitScript } from '../../sql/split-script.ts';

export interface ScriptSchema {
  /** Names in `public` have no schema, as those that are read from a server. */
  readonly schema: DatabaseSchema;
  /** Sentences on statements that were not followed. */
  readonly doubts: readonly string[];
}

export function schemaOfScript(text: string, parser: SqlParser): ScriptSchema {
  const script = splitScript(text, parser);
  const doubts = new Set<string>();
  let schema = emptySchema;
  for (const { start, end } of script.statements) {
    const sql = script.text.slice(start, end);
    const parsed = parser.parse(sql);
    const node = parsed.kind === 'parsed' ? parsed.statements[0]?.node : undefined;
    const known = node === undefined ? null : dumped(schema, node);
    const { schema: next, opaque } = known ?? applySql(schema, sql, parser);
    if (opaque !== null) doubts.add(opaque);
    schema = next;
  }
  return { schema: namedAsPostgres(withoutPublic(schema)), doubts: [...doubts] };
}

/** What a dump says in statements of its own: partitions, and who owns a sequence. Null for any other statement. */
function dumped(schema: DatabaseSchema, node: SqlNode) {
  if ('AlterTableStmt' in node) {
    const [command] = node.AlterTableStmt.cmds ?? [];
    const attached = command && 'AlterTableCmd' in command ? command.AlterTableCmd : undefined;
    if (attached?.subtype === 'AT_AttachPartition' && attached.def && 'PartitionCmd' in attached.def)
      return { schema: dropTable(schema, tableName(attached.def.PartitionCmd.name)), opaque: null };
    // `ALTER TABLE orders_id_seq OWNER TO …`, and indexes of partitions.
    const { relation, objtype } = node.AlterTableStmt;
    const isTable = schema.tables.some(table => isSameName(table, tableName(relation)));
    return objtype === 'OBJECT_TABLE' && !isTable ? { schema, opaque: null } : null;
  }
  if (!('AlterSeqStmt' in node)) return null;
  const owned = (node.AlterSeqStmt.options ?? []).find(
    each => 'DefElem' in each && each.DefElem.defname === 'owned_by',
  );
  const owner = owned && 'DefElem' in owned ? owned.DefElem.arg : undefined;
  if (!owner || !('List' in owner)) return null;
  const sequence = tableName(node.AlterSeqStmt.sequence);
  const table = qualified(owner.List.items?.slice(0, -1));
  const column = strings(owner.List.items).at(-1) ?? '';
  return {
    schema: changeTable(
      { ...schema, sequences: schema.sequences.filter(each => !isSameName(each, sequence)) },
      table,
      found => changeColumn(found, column, asOwner),
    ),
    opaque: null,
  };
}

/** The default may come after the ownership, or before it: a serial is told by both. */
function asOwner(column: Column): Column {
  return { ...column, type: serials[column.type] ?? column.type };
}

const serials: Readonly<Record<string, string>> = {
  SMALLINT: 'SMALLSERIAL',
  INTEGER: 'SERIAL',
  BIGINT: 'BIGSERIAL',
};

function withoutPublic(schema: DatabaseSchema): DatabaseSchema {
  const home = <Named extends { readonly schema: string | null }>(named: Named): Named => ({
    ...named,
    schema: named.schema === 'public' ? null : named.schema,
  });
  return {
    ...schema,
    tables: schema.tables.map(table => home(plainTable(table))),
    enums: schema.enums.map(home),
    sequences: schema.sequences.map(home),
    domains: (schema.domains ?? []).map(domain => home({ ...domain, type: plain(domain.type) })),
  };
}

function plainTable(table: Table): Table {
  return {
    ...table,
    columns: table.columns.map(column => ({
      ...column,
      type: plain(column.type),
      default: /SERIAL$/.test(column.type) || column.default === null ? null : plain(column.default),
      computed: column.computed && {
        ...column.computed,
        expression: unwrapped(plain(column.computed.expression)),
      },
    })),
    foreignKeys: table.foreignKeys.map(key => ({
      ...key,
      targetSchema: key.targetSchema === 'public' ? null : key.targetSchema,
    })),
    checks: table.checks.map(check => ({ ...check, expression: unwrapped(plain(check.expression)) })),
    indexes: table.indexes.map(index => ({
      ...index,
      elements: index.elements.map(plain),
      where: index.where === null ? null : unwrapped(plain(index.where)),
    })),
  };
}

function plain(sql: string): string {
  return sql.replaceAll(/(?<![\w"])public\./g, '');
}

/** Without brackets around the whole, of which a dump writes one pair more than are needed. */
function unwrapped(sql: string): string {
  if (!sql.startsWith('(')) return sql;
  let depth = 0;
  for (const [index, letter] of [...sql].entries()) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth === 0) return index === sql.length - 1 ? sql.slice(1, -1) : sql;
  }
  return sql;
}

/** Constraints without a name as PostgreSQL names them; names that would be cut or counted up are left open. */
function namedAsPostgres(schema: DatabaseSchema): DatabaseSchema {
  return { ...schema, tables: schema.tables.map(namedTable) };
}

function namedTable(table: Table): Table {
  const taken = new Set<string>();
  const named = <Part extends { readonly name: string | null }>(
    part: Part,
    ending: string,
    columns: readonly string[],
  ): Part => {
    const name = [table.name, ...columns, ending].join('_');
    if (part.name !== null || taken.has(name) || Buffer.byteLength(name) > 63) return part;
    taken.add(name);
    return { ...part, name };
  };
  return {
    ...table,
    primaryKey: table.primaryKey && named(table.primaryKey, 'pkey', []),
    uniques: table.uniques.map(key => named(key, 'key', key.columns)),
    foreignKeys: table.foreignKeys.map(key => named(key, 'fkey', key.columns)),
    checks: table.checks.map(check => named(check, 'check', onlyColumn(check.expression, table))),
    indexes: table.indexes.map(index => named(index, 'idx', index.elements)),
  };
}

/** PostgreSQL names a check after its column where it is about one alone. */
function onlyColumn(expression: string, { columns }: Table): readonly string[] {
  const words = new Set(expression.replaceAll(/'(?:[^']|'')*'/g, '').match(/[A-Za-z_]\w*/g) ?? []);
  const used = columns.filter(({ name }) => words.has(name)).map(({ name }) => name);
  return used.length === 1 ? used : [];
}
