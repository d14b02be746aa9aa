/** The plan that the server would follow for a statement. EXPLAIN without ANALYZE: nothing is executed. */
import { DatabaseError } from '../database-error.ts';
import type { LiveConnection } from './live-connection.ts';

const longestText = 1000;

/**
 * Lines of the plan; `$1` and the like need PostgreSQL 16. The statement comes from a session that is not ours: the
 * server first parses it with what is put before it, which it does for a single command only. Behind a list of options
 * EXPLAIN takes no ANALYZE. Throws DatabaseError.
 */
export async function explainQuery(connection: LiveConnection, sql: string): Promise<string> {
  const options = /\$\d/.test(sql) ? '(GENERIC_PLAN, VERBOSE)' : '(VERBOSE)';
  const explain = `EXPLAIN ${options} ${sql}`;
  const verdict = await connection.describe(explain);
  if (verdict.kind !== 'ok')
    throw new DatabaseError('query', verdict.kind === 'error' ? verdict.message : verdict.reason);
  const rows = await connection.rows(explain);
  return rows.map(row => String(row['QUERY PLAN'])).join('\n');
}

/** A statement that was cut off cannot be explained. */
export function isWhole(sql: string): boolean {
  return sql.trim() !== '' && sql.length < longestText;
}
