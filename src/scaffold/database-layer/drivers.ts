/** The drivers that can be chosen: how SQLAlchemy names them, what is installed, what each is told at connecting. */

export interface Driver {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly concurrency: 'sync' | 'async';
  readonly dialect: 'postgresql' | 'sqlite';
  /** The URL's scheme: `postgresql+asyncpg`. */
  readonly scheme: string;
  /** What the project depends on besides SQLAlchemy. */
  readonly requirement: string | null;
  /** The value of `connect_args` for the given application name, as lines of a template. */
  readonly connectArguments: (application: string) => readonly string[];
}

/** Seconds to wait for a connection, milliseconds for a statement. */
const connectTimeout = 10;
const statementTimeout = 30_000;

const libpq = (application: string): readonly string[] => [
  `"application_name": "${application}",`,
  `"connect_timeout": ${connectTimeout},`,
  `"options": "-c statement_timeout=${statementTimeout}",`,
];

export const drivers: readonly Driver[] = [
  {
    id: 'asyncpg',
    label: 'PostgreSQL, async, asyncpg',
    description: 'the fastest of the async drivers',
    concurrency: 'async',
    dialect: 'postgresql',
    scheme: 'postgresql+asyncpg',
    requirement: 'asyncpg',
    connectArguments: application => [
      `"timeout": ${connectTimeout},`,
      '"server_settings": {',
      `    "application_name": "${application}",`,
      `    "statement_timeout": "${statementTimeout}",`,
      '},',
    ],
  },
  {
    id: 'psycopg-async',
    label: 'PostgreSQL, async, psycopg 3',
    description: 'one driver for both, sync and async',
    concurrency: 'async',
    dialect: 'postgresql',
    scheme: 'postgresql+psycopg',
    requirement: 'psycopg[binary]',
    connectArguments: libpq,
  },
  {
    id: 'psycopg',
    label: 'PostgreSQL, sync, psycopg 3',
    description: 'the default of SQLAlchemy 2.1',
    concurrency: 'sync',
    dialect: 'postgresql',
    scheme: 'postgresql+psycopg',
    requirement: 'psycopg[binary]',
    connectArguments: libpq,
  },
  {
    id: 'psycopg2',
    label: 'PostgreSQL, sync, psycopg2',
    description: 'for projects that have it already',
    concurrency: 'sync',
    dialect: 'postgresql',
    scheme: 'postgresql+psycopg2',
    requirement: 'psycopg2-binary',
    connectArguments: libpq,
  },
  {
    id: 'aiosqlite',
    label: 'SQLite, async, aiosqlite',
    description: 'a file, for one machine',
    concurrency: 'async',
    dialect: 'sqlite',
    scheme: 'sqlite+aiosqlite',
    requirement: 'aiosqlite',
    connectArguments: () => [`"timeout": ${connectTimeout},`],
  },
  {
    id: 'sqlite',
    label: 'SQLite, sync',
    description: 'a file, for one machine',
    concurrency: 'sync',
    dialect: 'sqlite',
    scheme: 'sqlite+pysqlite',
    requirement: null,
    connectArguments: () => [`"timeout": ${connectTimeout},`],
  },
];
