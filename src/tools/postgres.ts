/**
 * The embedded PostgreSQL server of the demo and the tests: real server binaries from npm, on 127.0.0.1 only, with a
 * random password. It ends with the process that started it. Which databases live in it is the callers' business.
 */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, runOrThrow } from './command.ts';
import { freePort } from './free-port.ts';
import { guard } from './guard.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { Service } from './service.ts';

export type PostgresOptions = {
  /** Keeps data and password here for the next start; without it they live in a temporary folder and are removed. */
  readonly directory?: string;
  /** A free one is taken without it. */
  readonly port?: number;
  /** Server settings on top of the ones below, for example `{ max_connections: '30' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Programs of another version than the embedded one's. */
  readonly binaries?: PostgresBinaries;
  readonly signal?: AbortSignal | undefined;
};

export type PostgresServer = AsyncDisposable & {
  /** `postgresql://postgres:…@127.0.0.1:PORT/postgres`, the address of a superuser. */
  readonly url: string;
  readonly port: number;
  /** The last part of the server's log. */
  readonly log: string;
  /** To every process of the server: SIGSTOP and SIGCONT freeze and thaw it, SIGKILL is the end without notice. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** Ends the server and its connections, and removes a temporary data directory. */
  stop(): Promise<void>;
};

/** A crash of the machine may cost the data: what is in these databases can always be made again. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  lc_messages: 'C',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** A standby says “read-only connections”. */
const READY = /database system is ready to accept (read[- ]only )?connections/;
const START_TIMEOUT_MS = 30_000;
const PORT_ATTEMPTS = 3;

/** Starts a server and returns when it accepts connections. Throws with the server's own words when it does not start. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = options.binaries ?? (await postgresBinaries());
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'database-patterns-postgresql-')));
  const unguard = options.directory === undefined ? guard({ kind: 'folder', path: directory }) : undefined;
  const clean = async () => {
    if (!unguard) return;
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    unguard();
  };
  try {
    const password = await preparedPassword(binaries, directory, options.signal);
    const { service, port } = await startOnFreePort(binaries, directory, options);
    const stop = async () => {
      await service.stop();
      await clean();
    };
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    const signal = (name: NodeJS.Signals) => signalServer(directory, name);
    return {
      url,
      port,
      get log() {
        return service.output;
      },
      signal,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** Each session has a process of its own, and is the leader of its own group. */
async function signalServer(directory: string, name: NodeJS.Signals): Promise<void> {
  const server = (await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]?.trim();
  const { stdout } = await runOrThrow('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = stdout.split('\n').map(line => line.trim().split(/\s+/));
  const sessions = processes.filter(([, parent]) => parent === server).map(([pid]) => Number(pid));
  for (const pid of [Number(server), ...sessions]) process.kill(pid, name);
}

/** The password of the cluster in `directory`, which is created first when it is missing or incomplete. */
async function preparedPassword(
  binaries: PostgresBinaries,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const passwordFile = join(directory, 'password');
  const complete = join(directory, 'complete');
  if (existsSync(complete)) return (await readFile(passwordFile, 'utf8')).trim();
  await rm(directory, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  await mkdir(directory, { mode: 0o700 });
  const password = randomBytes(18).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (binaries.user)
    for (const path of [directory, passwordFile]) chownSync(path, binaries.user.uid, binaries.user.gid);
  await initializeCluster(binaries, directory, passwordFile, signal);
  await writeFile(complete, '');
  return password;
}

async function initializeCluster(
  binaries: PostgresBinaries,
  directory: string,
  passwordFile: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const args = [
    `--pgdata=${join(directory, 'data')}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(binaries.version < 17 ? [] : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']),
    '--no-sync',
    ...(binaries.version < 14 ? [] : ['--no-instructions']),
  ];
  const { code, output } = await run(binaries.initdb, args, { ...asUser(binaries), cwd: directory, signal });
  if (code !== 0) throw new Error(`initdb failed with exit code ${code}.\n${output.trim()}`);
}

async function startOnFreePort(
  binaries: PostgresBinaries,
  directory: string,
  options: PostgresOptions,
): Promise<{ readonly service: Service; readonly port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const service = new Service(binaries.postgres, serverArguments(directory, port, options), {
      name: 'PostgreSQL',
      cwd: directory,
      ...asUser(binaries),
    });
    try {
      const isReady = () => READY.test(service.output);
      await service.waitUntil(isReady, { timeoutMs: START_TIMEOUT_MS, signal: options.signal });
      return { service, port };
    } catch (error) {
      await service.stop();
      const portWasTaken = service.output.includes('Address already in use') && options.port === undefined;
      if (!portWasTaken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

function serverArguments(directory: string, port: number, options: PostgresOptions): string[] {
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  return [
    '-D',
    join(directory, 'data'),
    '-p',
    String(port),
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

function asUser(binaries: PostgresBinaries): { readonly user?: NonNullable<PostgresBinaries['user']> } {
  return binaries.user ? { user: binaries.user } : {};
}
