/** Which drivers send a workspace's SQL, as far as engines' URLs and the configuration tell. */
import type { AssumedDrivers, SqlDriver } from '../rules/rule.ts';
import type { EngineFact } from '../sqlalchemy/engine.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

const drivers: readonly SqlDriver[] = ['asyncpg', 'psycopg', 'psycopg2', 'pg8000', 'aiosqlite', 'pysqlite'];

const known = new WeakMap<WorkspaceSnapshot, AssumedDrivers>();

/** Worked out once a snapshot. */
export function assumedDrivers(workspace: WorkspaceSnapshot): AssumedDrivers {
  const before = known.get(workspace);
  if (before) return before;
  const texts = workspace.configurationFiles.map(path => workspace.textOf(path) ?? '');
  const found = readDrivers(workspace.project.engines, texts);
  known.set(workspace, found);
  return found;
}

/**
 * Those of the engines; else those that the configuration mentions. Nothing at all is taken for SQLAlchemy 2.1's own
 * choice, which is psycopg.
 */
export function readDrivers(engines: readonly EngineFact[], texts: readonly string[]): AssumedDrivers {
  const urls = engines.flatMap(({ driver }) => driver ?? []);
  const modern = texts.some(text => /sqlalchemy[^\n]{0,30}[>=~]=\s*2\.1/i.test(text));
  const ofEngines = urls.flatMap(url => driverOfUrl(url, modern));
  if (ofEngines.length > 0) return { names: new Set(ofEngines), from: 'engine' };
  const written = texts.flatMap(text => [
    ...text.matchAll(/\b(?:postgres(?:ql)?|sqlite)(?:\+\w+)?(?=:\/\/)/g),
  ]);
  const named = written.flatMap(([url]) => driverOfUrl(url, modern));
  const required = drivers.filter(name =>
    texts.some(text => new RegExp(`(?:^|["'\\s])${name}(?:-binary)?\\b(?!\\w)`).test(text)),
  );
  const mentioned = new Set([...named, ...required]);
  return mentioned.size > 0
    ? { names: mentioned, from: 'configuration' }
    : { names: new Set(['psycopg']), from: 'default' };
}

function driverOfUrl(url: string, modern: boolean): readonly SqlDriver[] {
  const [dialect, driver] = url.split('+');
  const named = drivers.find(each => each === driver);
  if (named) return [named];
  if (driver === 'psycopg_async') return ['psycopg'];
  if (dialect === 'sqlite') return ['pysqlite'];
  if (driver !== undefined || !/^postgres/.test(dialect ?? '')) return [];
  // SQLAlchemy 2.0 means psycopg2 by a bare URL, 2.1 psycopg.
  return modern ? ['psycopg'] : ['psycopg', 'psycopg2'];
}
