/** Whether the driver tells PostgreSQL the types of parameters, so that a text beside a number is refused. */
import type { FileContext } from './rule.ts';

const typed: ReadonlySet<string> = new Set(['asyncpg', 'psycopg', 'pg8000']);

/**
 * True for psycopg 3, asyncpg and pg8000; false for psycopg2, which writes values into the SQL as literals without a
 * type, and for other databases. Null where the project does not say which driver it uses.
 */
export function sendsTypes({ file, project }: FileContext): boolean | null {
  const drivers = project.engines.flatMap(engine => engine.driver ?? []);
  const named = drivers.flatMap(driver => driver.split('+')[1] ?? []);
  if (named.some(name => typed.has(name))) return true;
  if (named.length > 0) return false;
  const packages = project.packagesOf(file.path);
  const present = (name: string) => packages.versionOf(name).kind !== 'unknown';
  const usesTyped = [...typed].some(present);
  const usesOld = present('psycopg2') || present('psycopg2-binary');
  return usesTyped === usesOld ? null : usesTyped;
}
