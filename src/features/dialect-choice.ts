/**
 * Code that chooses between databases: what it builds for another one than PostgreSQL must not be judged by PostgreSQL.
 */
import type { TextRange } from '../base/range.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';

const names =
  /mysql|mariadb|ms_?sql|sql_?server|oracle|sqlite|duckdb|snowflake|bigquery|cockroach|spanner|clickhouse|databricks|redshift|db2|firebird|\bdialect|is_postgres|["']postgres(?:ql)?["']/i;

/** True where the function around the range, or the statement at module level, speaks of databases by name. */
export function choosesDialect(file: SourceFile, range: TextRange): boolean {
  const around = file.module.body.find(
    statement => statement.start <= range.start && range.end <= statement.end,
  );
  return around !== undefined && names.test(file.text.slice(...functionAround(around, range)));
}

/** The outermost function that holds the range: a method rather than its class. */
function functionAround(statement: SourceFile['module']['body'][number], range: TextRange): [number, number] {
  if (statement.kind === 'class') {
    const member = statement.body.find(each => each.start <= range.start && range.end <= each.end);
    if (member) return functionAround(member, range);
  }
  return [statement.start, statement.end];
}
