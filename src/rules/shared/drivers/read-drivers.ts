/** Which drivers send a project's SQL, as far as engines' URLs, the configuration and the installed packages tell. */
import { isAtLeast } from '../../../python/packages/version.ts';
import type { SqlAlchemyProject } from '../../../sqlalchemy/project.ts';
import type { AssumedDrivers, SqlDriver } from '../../rule.ts';

const drivers: readonly SqlDriver[] = ['asyncpg', 'psycopg', 'psycopg2', 'pg8000', 'aiosqlite', 'pysqlite'];

/** Packages under whose names a driver is installed. */
const packages: readonly (readonly [string, SqlDriver])[] = [
  ['asyncpg', 'asyncpg'],
  ['psycopg', 'psycopg'],
  ['psycopg2', 'psycopg2'],
  ['psycopg2-binary', 'psycopg2'],
];

/** What stands before `://` in the URLs of a configuration. */
export function driverUrls(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:postgres(?:ql)?|sqlite)(?:\+\w+)?(?=:\/\/)/g)].map(([url]) => url);
}

/**
 * Those of the engines, unless they are SQLite's for want of another URL; else those that the configuration or the installed packages name. Nothing at all is taken for
 * SQLAlchemy's own choice. `urls`: those of the configuration.
 */
export function readDrivers(
  project: SqlAlchemyProject,
  path: string,
  urls: readonly string[],
): AssumedDrivers {
  const installed = project.packagesOf(path);
  const version = installed.versionOf('sqlalchemy');
  const modern = isAtLeast(version, 2, 1);
  const ofEngines = driversOfEngines(
    project,
    path,
    project.engines.flatMap(({ driver }) => driver ?? []),
  );
  if (ofEngines.names.size > 0 && !isFallback(ofEngines, project)) return ofEngines;
  const named = urls.flatMap(url => driversOfUrl(url, modern));
  const present = packages.flatMap(([name, driver]) =>
    installed.versionOf(name).kind === 'unknown' ? [] : [driver],
  );
  const mentioned = new Set([...named, ...present]);
  if (mentioned.size > 0) return { names: mentioned, from: 'configuration' };
  // Without any version it is today's.
  const own =
    version.kind === 'unknown' ? driversOfUrl('postgresql', true) : driversOfUrl('postgresql', modern);
  return { names: new Set(own), from: 'default' };
}

/** SQLite beside an engine whose URL comes from outside: it is what tests take, or who sets nothing. */
function isFallback({ names }: AssumedDrivers, { engines }: SqlAlchemyProject): boolean {
  return [...names].every(name => /sqlite$/.test(name)) && engines.some(({ driver }) => driver === null);
}

/** Of the schemes of engines' URLs; those of other databases give none. */
export function driversOfEngines(
  project: SqlAlchemyProject,
  path: string,
  schemes: readonly string[],
): AssumedDrivers {
  const modern = isAtLeast(project.packagesOf(path).versionOf('sqlalchemy'), 2, 1);
  return { names: new Set(schemes.flatMap(scheme => driversOfUrl(scheme, modern))), from: 'engine' };
}

function driversOfUrl(url: string, modern: boolean | null): readonly SqlDriver[] {
  const [dialect, driver] = url.split('+');
  const named = drivers.find(each => each === driver);
  if (named) return [named];
  if (driver === 'psycopg_async') return ['psycopg'];
  if (dialect === 'sqlite') return ['pysqlite'];
  if (driver !== undefined || !/^postgres/.test(dialect ?? '')) return [];
  // SQLAlchemy 2.0 means psycopg2 by a bare URL, 2.1 psycopg.
  if (modern === null) return ['psycopg', 'psycopg2'];
  return modern ? ['psycopg'] : ['psycopg2'];
}
