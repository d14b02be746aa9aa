/** Whether the driver tells PostgreSQL the types of parameters, so that a text beside a number is refused. */
import type { AssumedDrivers, SqlDriver } from '../../rule.ts';

const typed: ReadonlySet<SqlDriver> = new Set(['asyncpg', 'psycopg']);

/**
 * True for psycopg 3 and asyncpg; false for psycopg2, which writes values into the SQL as literals without a type, for
 * pg8000, which leaves it to the server, and for other databases. Null where the project does not say which it uses.
 */
export function sendsTypes({ names, from }: AssumedDrivers): boolean | null {
  if (from === 'default') return null;
  const [some, every] = [[...names].some(name => typed.has(name)), [...names].every(name => typed.has(name))];
  // What the engines name is all used; what the configuration mentions may be.
  if (from === 'configuration' && some && !every) return null;
  return some;
}
