/**
 * SQLAlchemy and libpq URLs to connection targets. Pure: the environment is handed in, files are not read, nothing is
 * connected. A target may hold a password; `displayTarget` and `redactUrl` never show one.
 */

import { type LibpqParameters, libpqDefaults, type Services } from './libpq/libpq-defaults.ts';
import { splitUrl, type UrlParts, unescapePercent } from './url-parts.ts';

export type ConnectionTarget = PostgresTarget | SqliteTarget | UnsupportedTarget;

export interface PostgresTarget {
  readonly kind: 'postgresql';
  /** The part after `+`: `asyncpg`, `psycopg`; null where the URL leaves it to SQLAlchemy. */
  readonly driver: string | null;
  /** Tried in order; never empty. */
  readonly hosts: readonly HostAddress[];
  /** Which of the hosts will do: `target_session_attrs`. */
  readonly sessionAttributes: SessionAttributes;
  readonly user: string | null;
  readonly password: string | null;
  /** Where one is looked up that is not given: `passfile`; null for `~/.pgpass`. */
  readonly passwordFile: string | null;
  readonly database: string | null;
  readonly ssl: SslMode;
  /** A CA file for `verify-ca` and `verify-full`. */
  readonly sslRootCertificate: string | null;
  /** Files of the client's own certificate and its key. */
  readonly sslCertificate: string | null;
  readonly sslKey: string | null;
  /** Of the key's file, where that is encrypted. */
  readonly sslKeyPassword: string | null;
  readonly channelBinding: ChannelBinding;
  /** What else stands after `?`, the last of equal names; hosts, user, database and passwords left out. */
  readonly options: Readonly<Record<string, string>>;
}

export interface HostAddress {
  /** A name, an address, or a folder of sockets that begins with `/` (or `@`); null for libpq's default. */
  readonly host: string | null;
  readonly port: number;
  /** `hostaddr`: where to connect to, as through a tunnel; the host is then but the name in its certificate. */
  readonly address?: string;
}

/** As libpq names them. */
export type SessionAttributes = (typeof attributes)[number];

export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** `require`: nobody but the server whose certificate was seen may take part in the proof of the password. */
export type ChannelBinding = 'disable' | 'prefer' | 'require';

export interface SqliteTarget {
  readonly kind: 'sqlite';
  readonly driver: string | null;
  /** As written: relative to the process's folder, or absolute; null for a database in memory. */
  readonly file: string | null;
}

export interface UnsupportedTarget {
  readonly kind: 'unsupported';
  /** `mysql`, `oracle`, …; null where the text is no URL. */
  readonly dialect: string | null;
  /** A sentence for users, without the URL. */
  readonly reason: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultPort = 5432;

/** By the dialects of SQLAlchemy that speak with PostgreSQL and what connects as it does: their default ports. */
const ports: Readonly<Record<string, number>> = {
  postgresql: defaultPort,
  postgres: defaultPort,
  cockroachdb: 26257,
  redshift: 5439,
  timescaledb: defaultPort,
  yugabytedb: 5433,
};

const beginning = new RegExp(`^(?:${Object.keys(ports).join('|')}|sqlite)(?:\\+[a-z0-9_]+)?://`);

/** Whether the text is the URL of a database that can be looked at: a file of settings has URLs of other things, too. */
export function isDatabaseUrl(text: string): boolean {
  return beginning.test(text);
}

/**
 * Reads a URL such as `postgresql+asyncpg://user:pass@host/db?ssl=require`. What the URL leaves out comes from where
 * libpq would take it, as far as that is given: the service that `?service=` or PGSERVICE names, then PGHOST, PGPORT,
 * PGUSER, PGPASSWORD, PGDATABASE and their kin in `environment`.
 */
export function readConnectionUrl(
  url: string,
  environment: Environment = {},
  services: Services = {},
): ConnectionTarget {
  const parts = splitUrl(url.trim());
  if (!parts)
    return unsupported(null, 'This is not a database URL. Write it as postgresql://user@host:5432/database.');
  if (/[{}]|\$\(|%\(/.test(parts.hosts + (parts.database ?? ''))) {
    return unsupported(parts.dialect, 'The URL holds a placeholder that only the program fills in.');
  }
  const service = serviceOf(parts, environment);
  if (parts.dialect in ports) {
    if (service !== null && !Object.hasOwn(services, service)) {
      const reason = `No pg_service.conf has the service ${service}. Write it there, or correct its name.`;
      return unsupported(parts.dialect, reason);
    }
    return readPostgres(
      parts,
      libpqDefaults(environment, service === null ? {} : services[service]),
      environment,
    );
  }
  switch (parts.dialect) {
    case 'sqlite':
      return { kind: 'sqlite', driver: parts.driver, file: sqliteFile(url.trim(), parts) };
    case 'driver':
      return unsupported(
        'driver',
        'This is the example URL that “alembic init” writes. Put your own in its place.',
      );
    default:
      return unsupported(
        parts.dialect,
        `${parts.dialect} databases are not supported. PostgreSQL and SQLite are.`,
      );
  }
}

/** `user@host:port/database`, or the file; for labels and messages. */
export function displayTarget(target: ConnectionTarget): string {
  switch (target.kind) {
    case 'postgresql': {
      const user = target.user === null ? '' : `${target.user}@`;
      const database = target.database === null ? '' : `/${target.database}`;
      return `${user}${target.hosts.map(displayHost).join(',')}${database}`;
    }
    case 'sqlite':
      return target.file ?? 'SQLite in memory';
    case 'unsupported':
      return target.dialect ?? 'unknown database';
  }
}

/** Any text with its URLs' passwords replaced by `***`, for logs; the text need not be a well-formed URL. */
export function redactUrl(text: string): string {
  return text
    .replace(/([\w+]+:\/\/[^\s:/@?]*:)[^\s]*@/g, '$1***@')
    .replace(/\b((?:ssl)?password=)[^\s&]+/gi, '$1***');
}

function serviceOf({ query }: UrlParts, { PGSERVICE }: Environment): string | null {
  return query.get('service')?.at(-1) || PGSERVICE || null;
}

function readPostgres(
  parts: UrlParts,
  defaults: LibpqParameters,
  { USER, USERNAME }: Environment,
): ConnectionTarget {
  const last = (name: string) => parts.query.get(name)?.at(-1) || null;
  const given = (name: string) => last(name) ?? (defaults[name] || null);
  const port = defaults.port ? portNumber(defaults.port) : (ports[parts.dialect] ?? defaultPort);
  const fromUrl = parts.hosts === '' ? [] : parts.hosts.split(',');
  const named =
    fromUrl.length > 0 ? fromUrl.map(text => splitHost(text, port)) : queryHosts(parts, defaults, port);
  const addresses = given('hostaddr')?.split(',') ?? [];
  const hosts = named.map((host, index) => {
    const address = addresses[index];
    return address ? { ...host, address } : host;
  });
  if (hosts.some(host => !(host.port > 0 && host.port < 65536))) {
    return unsupported(parts.dialect, 'The port in the URL is not a number from 1 to 65535.');
  }
  const user = parts.user ?? given('user') ?? USER ?? USERNAME ?? null;
  return {
    kind: 'postgresql',
    driver: parts.driver,
    hosts,
    sessionAttributes: sessionAttributes(given('target_session_attrs')),
    user,
    password: parts.password ?? given('password'),
    passwordFile: given('passfile'),
    database: parts.database ?? last('dbname') ?? last('database') ?? (defaults.dbname || null) ?? user,
    // libpq takes the system's certificates for nothing less.
    ssl:
      given('sslrootcert') === 'system'
        ? 'verify-full'
        : sslMode(last('sslmode') ?? last('ssl') ?? defaults.sslmode),
    sslRootCertificate: given('sslrootcert'),
    sslCertificate: given('sslcert'),
    sslKey: given('sslkey'),
    sslKeyPassword: given('sslpassword'),
    channelBinding: channelBinding(given('channel_binding')),
    options: plainOptions(parts.query),
  };
}

function splitHost(text: string, defaultTo: number): HostAddress {
  const [, ipv6, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(text) ?? [];
  const host = unescapePercent(ipv6 ?? name ?? text);
  return { host: host || null, port: port ? portNumber(port) : defaultTo };
}

/** `?host=/var/run/postgresql`, `?host=a:5432&host=b`, `?host=a,b&port=1,2`, or libpq's defaults. */
function queryHosts(parts: UrlParts, defaults: LibpqParameters, defaultTo: number): HostAddress[] {
  const split = (values: readonly string[] | undefined) => (values ?? []).flatMap(value => value.split(','));
  const given = split(parts.query.get('host'));
  const names = given.length > 0 ? given : split([defaults.host ?? '']);
  const ports = split(parts.query.get('port') ?? (defaults.port ? [defaults.port] : undefined));
  return names.map((name, index) => {
    const [, host, own] = /^([^/:]+):(\d+)$/.exec(name) ?? [null, name, undefined];
    const port = own ?? ports[index] ?? ports[0];
    return { host: host || null, port: port ? portNumber(port) : defaultTo };
  });
}

function portNumber(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}

/** Unknown words mean libpq's default: any host will do. */
function sessionAttributes(text: string | null): SessionAttributes {
  return attributes.find(each => each === text) ?? 'any';
}

const attributes = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;

/** libpq's words, and asyncpg's `ssl=true`. Unknown words mean libpq's default. */
function sslMode(text: string | null | undefined): SslMode {
  switch (text?.toLowerCase()) {
    case 'disable':
    case 'false':
    case '0':
      return 'disable';
    case 'require':
      return 'require';
    case 'true':
    case '1':
    case 'verify-full':
      return 'verify-full';
    case 'verify-ca':
      return 'verify-ca';
    case 'allow':
      return 'allow';
    default:
      return 'prefer';
  }
}

function channelBinding(text: string | null): ChannelBinding {
  return text === 'disable' || text === 'require' ? text : 'prefer';
}

function plainOptions(query: UrlParts['query']): Record<string, string> {
  const leftOut = /^(?:host|hostaddr|port|user|dbname|database|service)$|password|passfile|sslkey/i;
  return Object.fromEntries(
    [...query].filter(([name]) => !leftOut.test(name)).map(([name, all]) => [name, all.at(-1) ?? '']),
  );
}

/**
 * `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite://` for memory. A `file:` name is an SQLite URI of which
 * the path is kept.
 */
function sqliteFile(url: string, parts: UrlParts): string | null {
  const database = parts.database;
  if (database === null || database === ':memory:' || /[?&]mode=memory\b/.test(url)) return null;
  const path = database.startsWith('file:') ? database.slice('file:'.length) : database;
  return path === '' || path === ':memory:' ? null : path;
}

function displayHost({ host, port }: HostAddress): string {
  const name = host === null ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return port === defaultPort ? name : `${name}:${port}`;
}

function unsupported(dialect: string | null, reason: string): UnsupportedTarget {
  return { kind: 'unsupported', dialect, reason };
}
