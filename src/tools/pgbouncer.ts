/** A PgBouncer before one of our PostgreSQL servers, for the tests: on 127.0.0.1 only, gone with the process that started it. */
import { chownSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type QueryResult } from 'pg';
import { freePort } from './free-port.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { Service } from './service.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type PgBouncerOptions = {
  /** The program, as `bootstrap-pgbouncer.ts` finds it. */
  readonly program: string;
  /** A superuser's address on the server behind it. */
  readonly serverUrl: string;
  /** Names with an entry of their own, each for the database `postgres`: letters, digits, `_`, `.`, `-`. Other names are passed on. */
  readonly databases?: readonly string[];
  /** On top of the ones below: `{ pool_mode: 'transaction', default_pool_size: '2' }`. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type PgBouncer = AsyncDisposable & {
  readonly port: number;
  /** The address of a database through it, with the server's user and password. */
  url(database: string): string;
  /** Runs a command of its admin console, such as `PAUSE`. */
  command(text: string): Promise<QueryResult<Record<string, unknown>>>;
  /** Sends a signal to the process: SIGSTOP, SIGCONT. */
  readonly service: Service;
};

const startTimeoutMs = 15_000;

export async function startPgBouncer({
  program,
  serverUrl,
  databases = [],
  settings = {},
}: PgBouncerOptions): Promise<PgBouncer> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder('pgbouncer'));
  const server = new URL(serverUrl);
  const port = await freePort();
  const { user } = await postgresBinaries();
  const files = {
    'users.txt': `"${server.username}" "${server.password}"\n`,
    'pgbouncer.ini': configuration({
      server,
      port,
      users: join(folder.path, 'users.txt'),
      databases,
      settings,
    }),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder.path, name), text, { mode: 0o600 });
    if (user) chownSync(join(folder.path, name), user.uid, user.gid);
  }
  if (user) chownSync(folder.path, user.uid, user.gid);
  const service = stack.use(
    new Service(program, [join(folder.path, 'pgbouncer.ini')], {
      name: 'PgBouncer',
      cwd: folder.path,
      ...(user ? { user } : {}),
    }),
  );
  await service.waitUntil(() => service.output.includes('process up'), { timeoutMs: startTimeoutMs });
  const url = (database: string) =>
    `postgresql://${server.username}:${server.password}@127.0.0.1:${port}/${database}`;
  const kept = stack.move();
  return {
    port,
    service,
    url,
    command: text => runCommand(url('pgbouncer'), text),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

interface Configuration extends Required<Pick<PgBouncerOptions, 'databases' | 'settings'>> {
  readonly server: URL;
  readonly port: number;
  readonly users: string;
}

function configuration({ server, port, users, databases, settings }: Configuration): string {
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    admin_users: server.username,
    ...settings,
  };
  const place = `host=127.0.0.1 port=${server.port}`;
  const named = databases.map(name => `${name} = ${place} dbname=postgres`);
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  return ['[databases]', ...named, `* = ${place}`, '', '[pgbouncer]', ...lines, ''].join('\n');
}

async function runCommand(url: string, text: string): ReturnType<PgBouncer['command']> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
