/**
 * Expressions and indexes in one form, however they were written: by hand, by SQLAlchemy, or by PostgreSQL's catalog, which
 * adds casts and brackets and spells IN, BETWEEN and LIKE as operators. Casts do not count, since the catalog adds its own.
 */
import { type Canonical, canonicalCondition, canonicalExpression } from './canonical-expression.ts';
import type { SqlParser } from './parser.ts';

export interface IndexText {
  /** Column names or expressions, with operator class and order where they are written. */
  readonly elements: readonly string[];
  readonly unique: boolean;
  readonly method: string | null;
  readonly where: string | null;
  readonly include: readonly string[];
}

export interface SqlKeys {
  /** Equal for expressions that differ only in how they are written. What cannot be parsed is compared as text. */
  expression(sql: string): string;
  /** The columns that an expression speaks of, sorted; none for what cannot be parsed. */
  columns(sql: string): readonly string[];
  index(index: IndexText): string;
}

/** Keeps what it worked out: a comparison asks for the same expressions again and again. */
export function createSqlKeys(parser: SqlParser): SqlKeys {
  const expressions = new Map<string, string>();
  const indexes = new Map<string, string>();
  return {
    expression: sql => remembered(expressions, sql, () => expressionKey(sql, parser)),
    columns(sql) {
      const canonical = canonicalOf(sql, parser);
      return canonical === null ? [] : [...new Set(columnsIn(canonical))].sort();
    },
    index(index) {
      const sql = indexText(index);
      return remembered(indexes, sql, () => indexKey(sql, parser));
    },
  };
}

function remembered(known: Map<string, string>, sql: string, compute: () => string): string {
  const key = known.get(sql) ?? compute();
  known.set(sql, key);
  return key;
}

function expressionKey(sql: string, parser: SqlParser): string {
  const canonical = canonicalOf(sql, parser);
  return canonical === null ? asText(sql) : JSON.stringify(canonical);
}

function canonicalOf(sql: string, parser: SqlParser): Canonical | null {
  const parsed = parser.parse(`SELECT (${sql})`);
  const node = parsed.kind === 'parsed' && parsed.statements.length === 1 ? parsed.statements[0]?.node : null;
  const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined;
  return target && 'ResTarget' in target ? canonicalExpression(target.ResTarget.val) : null;
}

function columnsIn(canonical: Canonical): readonly string[] {
  if (typeof canonical !== 'string') return Object.values(canonical).flatMap(columnsIn);
  return canonical.startsWith('column ') ? [canonical.slice('column '.length)] : [];
}

function indexText({ elements, unique, method, where, include }: IndexText): string {
  const using = method === null ? '' : ` USING ${method}`;
  const including =
    include.length === 0
      ? ''
      : ` INCLUDE (${include.map(name => `"${name.replaceAll('"', '""')}"`).join(', ')})`;
  const condition = where === null ? '' : ` WHERE ${where}`;
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX i ON t${using} (${elements.join(', ')})${including}${condition}`;
}

function indexKey(sql: string, parser: SqlParser): string {
  const parsed = parser.parse(sql);
  const node = parsed.kind === 'parsed' ? parsed.statements[0]?.node : null;
  if (!node || !('IndexStmt' in node)) return asText(sql);
  const { indexParams, indexIncludingParams, whereClause, unique, accessMethod } = node.IndexStmt;
  return JSON.stringify({
    elements: (indexParams ?? []).map(indexElement),
    include: (indexIncludingParams ?? []).map(indexElement),
    where: whereClause ? canonicalCondition(whereClause) : null,
    unique: unique ?? false,
    method: accessMethod ?? 'btree',
  });
}

function indexElement(node: object): unknown {
  const element = 'IndexElem' in node ? (node.IndexElem as Record<string, unknown>) : {};
  const { name, expr, opclass, ordering, nulls_ordering: nulls } = element;
  const descending = ordering === 'SORTBY_DESC';
  const usual = descending ? 'SORTBY_NULLS_FIRST' : 'SORTBY_NULLS_LAST';
  return {
    value: name === undefined ? canonicalExpression(expr) : `column ${String(name)}`,
    opclass: opclass === undefined ? null : canonicalExpression(opclass),
    descending,
    nulls: nulls === 'SORTBY_NULLS_DEFAULT' || nulls === usual || nulls === undefined ? null : nulls,
  };
}

function asText(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}
