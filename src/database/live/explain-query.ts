/** The plan that the server would follow for a statement. EXPLAIN without ANALYZE: nothing is executed. */
import { randomBytes } from 'node:crypto';
import { DatabaseError } from '../database-error.ts';
import type { LiveConnection, Row } from './live-connection.ts';

const longestText = 1000;

/**
 * Lines of the plan. The statement comes from a session that is not ours: the server first parses it with what is put
 * before it, which it does for a single command only. Behind a list of options EXPLAIN takes no ANALYZE. Throws
 * DatabaseError.
 */
export async function explainQuery(connection: LiveConnection, sql: string): Promise<string> {
  const explain = `EXPLAIN (VERBOSE) ${sql}`;
  const verdict = await connection.describe(explain);
  if (verdict.kind !== 'ok')
    throw new DatabaseError('query', verdict.kind === 'error' ? verdict.message : verdict.reason);
  const parameters = verdict.parameterTypes.length;
  const rows = await (parameters === 0 ? connection.rows(explain) : genericPlan(connection, sql, parameters));
  return rows.map(row => String(row['QUERY PLAN'])).join('\n');
}

/**
 * The plan for any values of `$1` and the like: `GENERIC_PLAN` would need PostgreSQL 16. `PREPARE` takes what can be
 * explained and has parameters, and does not run it.
 */
async function genericPlan(
  connection: LiveConnection,
  sql: string,
  parameters: number,
): Promise<readonly Row[]> {
  const name = `database_patterns_plan_${randomBytes(6).toString('hex')}`;
  const values = Array(parameters).fill('NULL').join();
  const prepare = `SET LOCAL plan_cache_mode = force_generic_plan; PREPARE ${name} AS ${sql}\n`;
  const forget = `DEALLOCATE ${name}`;
  try {
    return await connection.rowsAndForget(`${prepare}; EXPLAIN (VERBOSE) EXECUTE ${name}(${values})`, forget);
  } catch (error) {
    await connection.rows(forget).catch(() => {});
    throw error;
  }
}

/** A statement that was cut off cannot be explained. */
export function isWhole(sql: string): boolean {
  return sql.trim() !== '' && sql.length < longestText;
}
