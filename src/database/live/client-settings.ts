/** A connection target as settings of `pg`, one set for each way in that libpq would try. Reads CA files. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import { isConsole } from '../bouncer/console-target.ts';
import type { HostAddress, PostgresTarget } from '../connection-url.ts';
import { DatabaseError } from '../database-error.ts';
import { readPasswordFile } from '../libpq/read-password-file.ts';

/** What our sessions are called in pg_stat_activity. */
export const ownApplicationName = 'database-patterns';

/** How sessions are opened, and what each question may take. */
export interface SessionLimits {
  /** For all hosts together. */
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Asked for a password at each opening, as for tokens that expire; wins over the target's. */
  readonly password?: (() => Promise<string>) | undefined;
}

export const defaultLimits: SessionLimits = {
  connectTimeoutMs: 4000,
  statementTimeoutMs: 3000,
  lockTimeoutMs: 500,
};

/** In the order to be tried: hosts as given, each with the kinds of encryption that its `sslmode` allows. */
export async function clientSettings(target: PostgresTarget, limits: SessionLimits): Promise<ClientConfig[]> {
  const secure = await secureOptions(target);
  return target.hosts.flatMap(placesOf).flatMap(({ host, port, address }) => {
    const user = target.user ?? userInfo().username;
    const place = { host: host ?? address ?? null, port, user, database: target.database ?? user };
    const common: ClientConfig = {
      host: address ?? host ?? 'localhost',
      port,
      user: target.user ?? undefined,
      password: limits.password ?? target.password ?? (() => readPasswordFile(target.passwordFile, place)),
      database: target.database ?? undefined,
      application_name: ownApplicationName,
      keepAlive: true,
      // The console's commands are sent at once: see BouncerConsole.
      pipeline: isConsole(target),
      enableChannelBinding: target.channelBinding === 'require',
      options: isConsole(target) ? undefined : startupOptions(target, limits),
    };
    const isSocket = host?.startsWith('/') === true;
    return encryptions(target, isSocket).map(encrypted =>
      encrypted
        ? { ...common, ...negotiation(target), ssl: nameIn(secure, host, address) }
        : { ...common, ssl: false },
    );
  });
}

/** Belt and braces: nothing that we send writes, and with this an oversight cannot. PgBouncer refuses these, its console always; see LiveConnection. */
function startupOptions({ options }: PostgresTarget, limits: SessionLimits): string {
  return [
    // What the application sets, such as its search_path; ours come last and win.
    ...(options.options ? [options.options] : []),
    '-c default_transaction_read_only=on',
    `-c statement_timeout=${limits.statementTimeoutMs}`,
    `-c lock_timeout=${limits.lockTimeoutMs}`,
  ].join(' ');
}

/** At another address the certificate is still the host's. */
function nameIn(secure: ConnectionOptions, host: string | null, address?: string): ConnectionOptions {
  return address === undefined || host === null ? secure : { ...secure, servername: host };
}

/** PostgreSQL 17 can be spoken to in TLS from the first byte on. */
function negotiation({ options }: PostgresTarget): ClientConfig {
  return options.sslnegotiation === 'direct' ? { sslnegotiation: 'direct' } : {};
}

function encryptions({ ssl }: PostgresTarget, isSocket: boolean): boolean[] {
  if (isSocket || ssl === 'disable') return [false];
  if (ssl === 'prefer') return [true, false];
  if (ssl === 'allow') return [false, true];
  return [true];
}

/**
 * As libpq: only `verify-ca`, `verify-full` and a `require` beside a root certificate look at the certificate, and only
 * `verify-full` at the name in it.
 */
async function secureOptions(target: PostgresTarget): Promise<ConnectionOptions> {
  const { ssl, sslKeyPassword } = target;
  const root = target.sslRootCertificate ?? defaultFile('root.crt');
  const certificate = target.sslCertificate ?? defaultFile('postgresql.crt');
  const key = target.sslKey ?? defaultFile('postgresql.key');
  const own = {
    ...(certificate !== null && { cert: await readSecret(certificate, 'sslcert') }),
    ...(key !== null && { key: await readSecret(key, 'sslkey') }),
    ...(sslKeyPassword !== null && { passphrase: sslKeyPassword }),
  };
  const isVerified = ssl === 'verify-ca' || ssl === 'verify-full' || (ssl === 'require' && root !== null);
  if (!isVerified) return { rejectUnauthorized: false, ...own };
  return {
    rejectUnauthorized: true,
    ...(ssl !== 'verify-full' && { checkServerIdentity: () => undefined }),
    // libpq's word for the certificates that the system trusts, which Node brings.
    ...(root !== null && root !== 'system' && { ca: await readSecret(root, 'sslrootcert') }),
    ...own,
  };
}

/** Where libpq looks for what is not named. */
function defaultFile(name: string): string | null {
  const file = join(homedir(), '.postgresql', name);
  return existsSync(file) ? file : null;
}

async function readSecret(file: string, parameter: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new DatabaseError('ssl', `The file ${file} (${parameter}) cannot be read. Correct its path.`);
  }
}

/** Without a host libpq goes to its socket folder; which one it is depends on how it was built. */
function placesOf(given: HostAddress): HostAddress[] {
  const { host, port, address } = given;
  if (host !== null || address !== undefined) return [given];
  const sockets = ['/var/run/postgresql', '/tmp'].filter(folder => existsSync(`${folder}/.s.PGSQL.${port}`));
  return [...sockets, 'localhost'].map(place => ({ host: place, port }));
}
