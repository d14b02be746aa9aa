/**
 * The sample workspace made ready to be used: a copy of its files, its virtual environment, and a PostgreSQL database
 * that is one migration behind, with data in it. Serving it and opening an editor on it are the callers' business.
 */
import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { shortHash } from './bootstrap-cache.ts';
import { type VirtualEnvironment, virtualEnvironment } from './bootstrap-python.ts';
import { runOrThrow } from './command.ts';

export const shopFolder = join(import.meta.dirname, '..', '..', 'test', 'workspaces', 'shop');

/** Left behind by Python's tools in a clone where somebody worked; none of it belongs in a copy. */
const LEFTOVERS = new Set(['__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.venv', '.env']);

const ROLE = 'shop';
const DATABASE = 'shop';

/** Prints the revisions that the newest revision builds on, one a line. */
const REVISIONS_BEFORE_LAST = `
from alembic.config import Config
from alembic.script import ScriptDirectory
scripts = ScriptDirectory.from_config(Config("alembic.ini"))
head = scripts.get_revision(scripts.get_current_head())
print(*head._versioned_down_revisions, sep="\\n")
`;

export function shopEnvironment(signal?: AbortSignal): Promise<VirtualEnvironment> {
  return virtualEnvironment('shop', [join(shopFolder, 'requirements.lock.txt')], signal);
}

/** Makes `target` a fresh copy of the sample workspace that uses the given virtual environment. */
export async function copyShop(target: string, environment: VirtualEnvironment): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await cp(shopFolder, target, { recursive: true, filter: path => !LEFTOVERS.has(basename(path)) });
  await symlink(environment.folder, join(target, '.venv'));
}

export type ShopDatabaseOptions = {
  /** The address of a superuser on the server. */
  readonly serverUrl: string;
  /** A copy of the sample workspace; its `.env` is written. */
  readonly workspace: string;
  readonly environment: VirtualEnvironment;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Gives the workspace a fresh database, owned by a role of its own, migrated to the revision before the last and
 * seeded, and names it in the workspace's `.env`. Made once per state of the migrations, then cloned by the server.
 * Returns the database's address without a driver, `postgresql://…`.
 */
export async function prepareShopDatabase(options: ShopDatabaseOptions): Promise<string> {
  const password = randomBytes(18).toString('hex');
  const template = `${DATABASE}_template_${shortHash(await digest(options.workspace))}`;
  const admin = new Client({ connectionString: options.serverUrl });
  await admin.connect();
  try {
    await createRole(admin, password);
    if (!(await exists(admin, 'pg_database', 'datname', template))) {
      const building = `${DATABASE}_building`;
      await dropTemplates(admin);
      await recreateDatabase(admin, building, 'template1');
      await migrateAndSeed(options, databaseUrl(options.serverUrl, password, building));
      await admin.query(`ALTER DATABASE ${building} RENAME TO ${template}`);
    }
    await recreateDatabase(admin, DATABASE, template);
  } finally {
    await admin.end();
  }
  const url = databaseUrl(options.serverUrl, password, DATABASE);
  await writeFile(join(options.workspace, '.env'), `DATABASE_URL=${withDriver(url)}\nSHOP_LOG_LEVEL=INFO\n`);
  return url;
}

/** The environment of a Python program of the shop: the variables win over whatever the user has set. */
export function shopVariables(url: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: withDriver(url),
    SHOP_DATABASE_URL: withDriver(url),
    PYTHONUNBUFFERED: '1',
  };
}

async function migrateAndSeed(options: ShopDatabaseOptions, url: string): Promise<void> {
  const settings = { cwd: options.workspace, env: shopVariables(url), signal: options.signal };
  const { python } = options.environment;
  const { stdout } = await runOrThrow(python, ['-c', REVISIONS_BEFORE_LAST], settings);
  for (const revision of stdout.trim().split('\n')) {
    await runOrThrow(python, ['-m', 'alembic', 'upgrade', revision], settings);
  }
  await runOrThrow(python, ['-m', 'app.seed'], settings);
}

/** May see everybody's activity, as an application's role in a development database often can. */
async function createRole(admin: Client, password: string): Promise<void> {
  if (!(await exists(admin, 'pg_roles', 'rolname', ROLE))) await admin.query(`CREATE ROLE ${ROLE} LOGIN`);
  await admin.query(`ALTER ROLE ${ROLE} PASSWORD '${password}'`);
  await admin.query(`GRANT pg_monitor TO ${ROLE}`);
}

async function recreateDatabase(admin: Client, name: string, template: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name} OWNER ${ROLE} TEMPLATE ${template}`);
}

/** A persistent server would otherwise collect one database for every state that the migrations ever had. */
async function dropTemplates(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE '${DATABASE}\\_template\\_%'`,
  );
  for (const { datname } of rows) await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`);
}

async function exists(admin: Client, relation: string, column: string, name: string): Promise<boolean> {
  const { rowCount } = await admin.query(`SELECT 1 FROM ${relation} WHERE ${column} = $1`, [name]);
  return rowCount === 1;
}

function databaseUrl(serverUrl: string, password: string, database: string): string {
  const url = new URL(serverUrl);
  url.username = ROLE;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

function withDriver(url: string): string {
  return url.replace(/^postgresql:/, 'postgresql+asyncpg:');
}

/** Stands for everything that decides what is in the database: the migrations, the models and the seed. */
async function digest(workspace: string): Promise<string> {
  const entries = await readdir(workspace, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.py') && !entry.parentPath.includes('.venv'))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => /[\\/](migrations|models)[\\/]|[\\/]seed\.py$/.test(path));
  const contents = await Promise.all(paths.sort().map(path => readFile(path, 'utf8')));
  return contents.join('\n');
}
