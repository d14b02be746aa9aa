/** The plan that the server would follow for a statement. EXPLAIN without ANALYZE: nothing is executed. */
import type { LiveConnection } from './live-connection.ts';

const longestText = 1000;

/**
 * Lines of the plan; `$1` and the like need PostgreSQL 16. The statement comes from a session that is not ours: it goes
 * alone, by the extended protocol, which takes no second one. Throws DatabaseError.
 */
export async function explainQuery(connection: LiveConnection, sql: string): Promise<string> {
  const options = /\$\d/.test(sql) ? '(GENERIC_PLAN, VERBOSE)' : '(VERBOSE)';
  const rows = await connection.single(`EXPLAIN ${options} ${sql}`);
  return rows.map(row => String(row['QUERY PLAN'])).join('\n');
}

/** A statement that was cut off cannot be explained. */
export function isWhole(sql: string): boolean {
  return sql.trim() !== '' && sql.length < longestText;
}
