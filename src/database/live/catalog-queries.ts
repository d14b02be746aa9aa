/** Queries on PostgreSQL's catalog (14 and later) for the tables of some schemas and all that belongs to them. */
import { quoteLiteral } from '../../schema/identifier.ts';

/** Null for the search path's first schema, else its name. */
const schemaName = 'nullif(n.nspname, current_schema())';

function inSchemas(schemas: readonly string[]): string {
  const named = schemas.map(name => quoteLiteral(name)).join(', ');
  return `n.nspname IN (current_schema()${named === '' ? '' : `, ${named}`})`;
}

function notOfExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;
}

/** Tables and partitioned tables, without their partitions. */
function tables(schemas: readonly string[]): string {
  return `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${inSchemas(schemas)} AND ${notOfExtension('pg_class', 'c.oid')}`;
}

export function tablesQuery(schemas: readonly string[]): string {
  return `SELECT c.oid, c.relname AS name, ${schemaName} AS schema, obj_description(c.oid, 'pg_class') AS comment
    FROM ${tables(schemas)} ORDER BY n.nspname, c.relname`;
}

export function columnsQuery(schemas: readonly string[]): string {
  return `SELECT a.attrelid AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
      NOT a.attnotnull AS nullable, pg_get_expr(x.adbin, x.adrelid) AS expression, a.attidentity AS identity,
      a.attgenerated AS generated, col_description(a.attrelid, a.attnum) AS comment,
      pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname) AS own_sequence
    FROM (SELECT c.oid, c.relname, c.relnamespace FROM ${tables(schemas)}) c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
    ORDER BY a.attrelid, a.attnum`;
}

/** Primary keys, uniques, checks and foreign keys; NOT NULL is told by the columns, exclusions are not read. */
export function constraintsQuery(schemas: readonly string[]): string {
  return `SELECT k.conrelid AS table, k.conname AS name, k.contype AS kind,
      ${columnNames('k.conkey', 'k.conrelid')} AS columns, ${columnNames('k.confkey', 'k.confrelid')} AS target_columns,
      t.relname AS target, nullif(tn.nspname, current_schema()) AS target_schema,
      k.confdeltype AS on_delete, k.confupdtype AS on_update,
      pg_get_expr(k.conbin, k.conrelid) AS expression
    FROM (SELECT c.oid FROM ${tables(schemas)}) c
    JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c')
    LEFT JOIN pg_class t ON t.oid = k.confrelid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
    ORDER BY k.conrelid, k.conname`;
}

function columnNames(numbers: string, relation: string): string {
  return `(SELECT array_agg(a.attname::text ORDER BY u.position) FROM unnest(${numbers}) WITH ORDINALITY u(number, position)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number)`;
}

/** Each element as a definition writes it: column or expression, operator class where it is not the default, order. */
export function indexesQuery(schemas: readonly string[]): string {
  return `SELECT i.indrelid AS table, x.relname AS name, i.indisunique AS unique, m.amname AS method,
      pg_get_expr(i.indpred, i.indrelid) AS where, i.indnkeyatts AS keys,
      (SELECT array_agg(pg_get_indexdef(i.indexrelid, p, false)
          || CASE WHEN NOT o.opcdefault THEN ' ' || quote_ident(o.opcname) ELSE '' END
          || CASE WHEN i.indoption[p - 1] & 1 = 1 THEN ' DESC' ELSE '' END
          || CASE WHEN i.indoption[p - 1] & 3 = 1 THEN ' NULLS LAST' WHEN i.indoption[p - 1] & 3 = 2 THEN ' NULLS FIRST' ELSE '' END
          ORDER BY p)
        FROM generate_series(1, i.indnkeyatts) p JOIN pg_opclass o ON o.oid = i.indclass[p - 1]) AS elements,
      (SELECT array_agg(a.attname::text ORDER BY p) FROM generate_series(i.indnkeyatts, i.indnatts - 1) p
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p]) AS include
    FROM (SELECT c.oid FROM ${tables(schemas)}) c
    JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY i.indrelid, x.relname`;
}

export function enumsQuery(schemas: readonly string[]): string {
  return `SELECT t.typname AS name, ${schemaName} AS schema,
      (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${inSchemas(schemas)} AND ${notOfExtension('pg_type', 't.oid')} ORDER BY n.nspname, t.typname`;
}

/** `names` and `checks` belong together. */
export function domainsQuery(schemas: readonly string[]): string {
  return `SELECT t.typname AS name, ${schemaName} AS schema, format_type(t.typbasetype, t.typtypmod) AS type,
      NOT t.typnotnull AS nullable, t.typdefault AS default,
      (SELECT array_agg(k.conname::text ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS names,
      (SELECT array_agg(pg_get_expr(k.conbin, 0) ORDER BY k.conname) FROM pg_constraint k
        WHERE k.contypid = t.oid AND k.contype = 'c') AS checks
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'd' AND ${inSchemas(schemas)} AND ${notOfExtension('pg_type', 't.oid')} ORDER BY n.nspname, t.typname`;
}

/** Schemas of the database's own, besides the search path's first. */
export function schemaNamesQuery(): string {
  return `SELECT n.nspname AS name FROM pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', coalesce(current_schema(), ''))
      AND ${notOfExtension('pg_namespace', 'n.oid')} ORDER BY n.nspname`;
}

/** Those that no column owns. */
export function sequencesQuery(schemas: readonly string[]): string {
  return `SELECT c.relname AS name, ${schemaName} AS schema
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND ${inSchemas(schemas)} AND NOT EXISTS (SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
    ORDER BY n.nspname, c.relname`;
}

export function extensionsQuery(): string {
  return 'SELECT extname AS name FROM pg_extension ORDER BY extname';
}
