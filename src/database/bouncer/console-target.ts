/** How a PgBouncer's admin console is told from a database. */
import type { PostgresTarget } from '../connection-url.ts';

/** The name that PgBouncer keeps for its console. */
export const consoleDatabase = 'pgbouncer';

export function isConsole({ database }: PostgresTarget): boolean {
  return database === consoleDatabase;
}
