/** Which database the revisions of an environment are for, by all that the workspace says of it. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { MigrationDialect } from '../../rules/shared/revisions/revision-subject.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';

const ofPostgres = /postgres|psycopg|asyncpg|psql/i;

const decided = new WeakMap<SqlAlchemyProject, WeakMap<MigrationEnvironment, MigrationDialect>>();

export interface DialectFacts {
  readonly project: SqlAlchemyProject;
  /** The database that the project names in the place of PostgreSQL; null where that is not so. */
  readonly foreignDatabase: () => string | null;
}

/**
 * By the configured URL, else by the engines of the project; `other` only where nothing speaks of PostgreSQL, in the environment or in the
 * whole project. Each revision is asked for it, and all of them may have to be looked at.
 */
export function dialectOf(
  environment: MigrationEnvironment,
  { project, foreignDatabase }: DialectFacts,
): MigrationDialect {
  const known = decided.get(project) ?? new WeakMap<MigrationEnvironment, MigrationDialect>();
  const dialect = known.get(environment) ?? readDialect(environment, project);
  decided.set(project, known.set(environment, dialect));
  return dialect === 'unknown' && foreignDatabase() !== null ? 'other' : dialect;
}

function readDialect(environment: MigrationEnvironment, project: SqlAlchemyProject): MigrationDialect {
  const configured = dialectOfUrl(environment.url);
  if (configured === 'postgresql') return configured;
  const engines = project.engines.map(engine => dialectOfUrl(engine.url ?? engine.driver));
  if (engines.includes('postgresql')) return 'postgresql';
  if (configured !== 'unknown' && environment.script?.url.kind === 'configuration') return configured;
  return speaksOfOthersAlone(environment, project) || hasOthersAlone(environment, project)
    ? 'other'
    : 'unknown';
}

/** Its URL, folder and env.py name another database and not PostgreSQL, as one of several environments does, or one for MySQL. */
function speaksOfOthersAlone(
  { script, scriptLocation, url }: MigrationEnvironment,
  project: SqlAlchemyProject,
): boolean {
  const text = script === null ? '' : (project.files.get(script.path)?.text ?? '');
  const all = `${scriptLocation ?? ''} ${text}`;
  const names = /sqlite/i.test(all) || /^(?:mysql|mariadb|oracle|mssql)\b/.test(url ?? '');
  return names && !ofPostgres.test(all);
}

function dialectOfUrl(url: string | null): MigrationDialect {
  const name = /^([a-z]+)(?:[+:]|$)/.exec(url ?? '')?.[1];
  switch (name) {
    case undefined:
    case 'driver':
      return 'unknown';
    case 'postgresql':
    case 'postgres':
      return 'postgresql';
    case 'sqlite':
      return 'sqlite';
    default:
      return 'other';
  }
}

const driversOfPostgres = [
  'psycopg',
  'psycopg2',
  'psycopg2-binary',
  'psycopg-binary',
  'psycopg2cffi',
  'asyncpg',
  'pg8000',
];
const driversOfOthers = [
  ...['pymysql', 'mysqlclient', 'aiomysql', 'asyncmy', 'mysql-connector-python', 'mariadb', 'aiosqlite'],
  ...['oracledb', 'cx-oracle', 'pyodbc', 'aioodbc', 'pymssql'],
];

/** The project asks for the driver of another database and for none of PostgreSQL's, and no revision speaks of PostgreSQL. */
function hasOthersAlone(
  { config, script, graph }: MigrationEnvironment,
  project: SqlAlchemyProject,
): boolean {
  const packages = project.packagesOf(script?.path ?? config);
  const has = (name: string) => packages.versionOf(name).kind !== 'unknown';
  if (!driversOfOthers.some(has) || driversOfPostgres.some(has)) return false;
  const paths = [script?.path, ...graph.nodes.map(({ revision }) => revision.path)];
  return !paths.some(path => path !== undefined && ofPostgres.test(project.files.get(path)?.text ?? ''));
}
