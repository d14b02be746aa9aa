/**
 * Code that chooses between databases, or between drivers that put values in otherwise: what it builds for another one
 * must not be judged by PostgreSQL.
 */
import type { TextRange } from '../base/range.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';

type Statement = SourceFile['module']['body'][number];

const names =
  /mysql|mariadb|ms_?sql|sql_?server|oracle|sqlite|duckdb|snowflake|bigquery|cockroach|spanner|clickhouse|databricks|redshift|db2|firebird|psycopg[23]\b|\bdialect|is_postgres|["']postgres(?:ql)?["']/i;

/** What is imported for a database that PostgreSQL's SQL is far from. */
const otherDialect = /\bdialects(?:\.|\s+import\s+)(?:mysql|mssql|oracle)\b/;

/**
 * True where the function around the range, the head of its class, the statement at module level or the module's own name
 * speaks of databases by name, and in a module that uses the types of another database and none of PostgreSQL's.
 */
export function choosesDialect(file: SourceFile, range: TextRange): boolean {
  if (names.test(file.name) || isForOtherDialect(file)) return true;
  const around = file.module.body.find(statement => isAround(statement, range));
  return around !== undefined && textsAround(around, range, file.text).some(text => names.test(text));
}

const forOtherDialect = new WeakMap<SourceFile, boolean>();

function isForOtherDialect(file: SourceFile): boolean {
  const known = forOtherDialect.get(file) ?? (otherDialect.test(file.text) && !/postgres/i.test(file.text));
  forOtherDialect.set(file, known);
  return known;
}

/** The outermost function that holds the range: a method and the head of its class, rather than the class. */
function textsAround(statement: Statement, range: TextRange, text: string): readonly string[] {
  const member = statement.kind === 'class' ? statement.body.find(each => isAround(each, range)) : undefined;
  if (statement.kind !== 'class' || member === undefined) return [text.slice(statement.start, statement.end)];
  const head = text.slice(statement.start, statement.body[0]?.start);
  return [head, ...textsAround(member, range, text)];
}

function isAround(outer: TextRange, { start, end }: TextRange): boolean {
  return outer.start <= start && end <= outer.end;
}
