/**
 * Code that chooses between databases, or between drivers that put values in otherwise: what it builds for another one
 * must not be judged by PostgreSQL.
 */
import type { TextRange } from '../../base/range.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';

type Statement = SourceFile['module']['body'][number];

const otherNames =
  /mysql|mariadb|ms_?sql|sql_?server|oracle|sqlite|duckdb|snowflake|bigquery|cockroach|spanner|clickhouse|databricks|redshift|teradata|vertica|starrocks|db2|firebird|psycopg3\b|\bdialect|is_postgres/i;

/** PostgreSQL and its drivers where the code tests for them: `psycopg2.connect(user="postgres")` chooses nothing. */
const tested =
  /(?:[=!]=|\bin|\bis|\bcase|\b(?:starts|ends)with\()\s*[([{]?\s*["'][^"'\n]*(?:postgres(?:ql)?|psycopg2)\b|\b(?:postgres(?:ql)?|psycopg2)["']\s*(?:[=!]=|in\b|not\b|:)|\b(?:el)?if\b[^\n]*\b(?:is_|has_|use_)?psycopg2\b/i;

function choosesIn(text: string): boolean {
  return otherNames.test(text) || tested.test(text);
}

/** What is imported for a database that PostgreSQL's SQL is far from. */
const otherDialect = /\bdialects(?:\.|\s+import\s+)(?:mysql|mssql|oracle)\b/;

/**
 * True where the function around the range, the head of its class, the statement at module level or the module's own name
 * speaks of databases by name, and in a module that uses the types of another database and none of PostgreSQL's.
 */
export function choosesDialect(file: SourceFile, range: TextRange): boolean {
  if (otherNames.test(file.name) || isForOtherDialect(file)) return true;
  const around = file.module.body.find(statement => isAround(statement, range));
  return around !== undefined && textsAround(around, range, file.text).some(choosesIn);
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
