/** Turns the answers of the admin console's SHOW commands into a report. Columns that a version lacks are null or 0. Pure. */
import type {
  BouncerClient,
  BouncerDatabase,
  BouncerLimits,
  BouncerPool,
  BouncerReport,
  BouncerServer,
  BouncerTotals,
} from './bouncer-report.ts';
import { bouncerWarnings } from './bouncer-warnings.ts';
import { consoleDatabase } from './console-target.ts';

export type ConsoleRow = Readonly<Record<string, string | null>>;

/** Rows by what was shown. */
export interface ConsoleAnswers {
  readonly version: readonly ConsoleRow[];
  readonly pools: readonly ConsoleRow[];
  readonly stats: readonly ConsoleRow[];
  readonly servers: readonly ConsoleRow[];
  readonly clients: readonly ConsoleRow[];
  readonly databases: readonly ConsoleRow[];
  readonly config: readonly ConsoleRow[];
  /** Empty before 1.19: then only a pause of single databases can be seen. */
  readonly state: readonly ConsoleRow[];
}

/** `settingsAge`: see BouncerReport. */
export function readReport(answers: ConsoleAnswers, at: string, settingsAge = 0): BouncerReport {
  const stopped = answers.state.some(
    row => ['paused', 'suspended'].includes(row.key ?? '') && row.value === 'yes',
  );
  const stats = new Map(answers.stats.map(row => [textOf(row.database), row]));
  const databases = [...answers.databases, ...unlisted(answers)]
    .filter(row => row.name !== consoleDatabase)
    .map(row => databaseOf(row, stats.get(textOf(row.name))))
    .map(database => (stopped ? { ...database, paused: true } : database));
  const places = {
    databases: new Map(databases.map(database => [database.name, database])),
    pids: pidsOfPools(answers.servers),
  };
  const pidByPointer = new Map(answers.servers.map(row => [textOf(row.ptr), pidOf(row)]));
  const servers = answers.servers.map(readServer);
  const clients = answers.clients
    .filter(row => row.database !== consoleDatabase)
    .map(row => readClient(row, pidByPointer));
  return {
    at,
    version: versionOf(answers.version),
    pools: answers.pools.filter(row => row.database !== consoleDatabase).map(row => readPool(row, places)),
    databases,
    clients,
    servers,
    limits: readLimits(answers.config),
    settingsAge,
  };
}

/** Databases that were made from `*` can be missing from SHOW DATABASES while they are in use; they have the defaults. */
function unlisted({ databases, stats, config }: ConsoleAnswers): readonly ConsoleRow[] {
  const listed = new Set(databases.map(row => row.name));
  return stats
    .filter(row => !listed.has(row.database ?? null))
    .map(({ database = null }) => ({
      name: database,
      database,
      pool_size: settingOf(config, 'default_pool_size'),
      reserve_pool_size: settingOf(config, 'reserve_pool_size'),
    }));
}

/** `1.18.0`; empty where it is not said. */
export function versionOf(rows: readonly ConsoleRow[]): string {
  return /\d+(?:\.\d+)+/.exec(textOf(rows[0]?.version))?.[0] ?? '';
}

/** What a pool is looked up in: there may be ten thousand of each. */
interface Places {
  readonly databases: ReadonlyMap<string, BouncerDatabase>;
  /** By `poolKey`. */
  readonly pids: ReadonlyMap<string, readonly number[]>;
}

function pidsOfPools(servers: readonly ConsoleRow[]): ReadonlyMap<string, readonly number[]> {
  const pids = new Map<string, number[]>();
  for (const row of servers) {
    const pid = pidOf(row);
    if (pid === null) continue;
    const key = poolKey(row);
    const known = pids.get(key);
    if (known === undefined) pids.set(key, [pid]);
    else known.push(pid);
  }
  return pids;
}

/** No name holds a NUL. */
function poolKey({ database, user }: ConsoleRow): string {
  return `${textOf(database)}\0${textOf(user)}`;
}

function readPool(row: ConsoleRow, places: Places): BouncerPool {
  const name = textOf(row.database);
  const database = places.databases.get(name);
  const { poolSize = null, reserve = 0 } = database ?? {};
  const other = [
    'sv_used',
    'sv_tested',
    'sv_login',
    'sv_active_cancel',
    'sv_being_canceled',
    'sv_wait_cancels',
  ];
  const pool = {
    database: name,
    user: textOf(row.user),
    mode: textOf(row.pool_mode),
    clientsActive: countOf(row.cl_active),
    clientsWaiting: countOf(row.cl_waiting),
    longestWait: secondsOf(row.maxwait, row.maxwait_us),
    serversActive: countOf(row.sv_active),
    serversIdle: countOf(row.sv_idle),
    serversOther: other.reduce((sum, column) => sum + countOf(row[column]), 0),
    limit: poolSize === null ? null : poolSize + reserve,
    paused: database?.paused ?? false,
    serverPids: places.pids.get(poolKey(row)) ?? [],
  };
  return { ...pool, warnings: bouncerWarnings(pool) };
}

const idle = new WeakMap<ConsoleRow, BouncerDatabase>();

/** A row that was seen before is not read again: most of ten thousand databases have no pool that counts. */
function databaseOf(row: ConsoleRow, stats: ConsoleRow | undefined): BouncerDatabase {
  if (stats !== undefined) return readDatabase(row, stats);
  const database = idle.get(row) ?? readDatabase(row, {});
  idle.set(row, database);
  return database;
}

function readDatabase(row: ConsoleRow, stats: ConsoleRow): BouncerDatabase {
  const limit = countOf(row.max_connections);
  return {
    name: textOf(row.name),
    host: row.host || null,
    port: numberOf(row.port),
    database: textOf(row.database),
    poolSize: numberOf(row.pool_size),
    // The column was renamed in 1.24.
    reserve: countOf(row.reserve_pool_size ?? row.reserve_pool),
    mode: row.pool_mode || null,
    maxConnections: limit === 0 ? null : limit,
    currentConnections: countOf(row.current_connections),
    paused: countOf(row.paused) > 0,
    disabled: countOf(row.disabled) > 0,
    totals: readTotals(stats),
  };
}

/** The console counts times in microseconds. */
function readTotals(stats: ConsoleRow): BouncerTotals {
  return {
    transactions: countOf(stats.total_xact_count),
    queries: countOf(stats.total_query_count),
    bytesReceived: countOf(stats.total_received),
    bytesSent: countOf(stats.total_sent),
    transactionSeconds: countOf(stats.total_xact_time) / 1e6,
    querySeconds: countOf(stats.total_query_time) / 1e6,
    waitSeconds: countOf(stats.total_wait_time) / 1e6,
  };
}

function readClient(row: ConsoleRow, pidByPointer: ReadonlyMap<string, number | null>): BouncerClient {
  return {
    database: textOf(row.database),
    user: textOf(row.user),
    applicationName: textOf(row.application_name),
    address: row.addr === 'unix' ? null : row.addr || null,
    port: numberOf(row.port),
    state: textOf(row.state),
    wait: secondsOf(row.wait, row.wait_us),
    serverPid: row.link ? (pidByPointer.get(row.link) ?? null) : null,
  };
}

function readServer(row: ConsoleRow): BouncerServer {
  return {
    database: textOf(row.database),
    user: textOf(row.user),
    state: textOf(row.state),
    pid: pidOf(row),
  };
}

function settingOf(config: readonly ConsoleRow[], key: string): string | null {
  return config.find(row => row.key === key)?.value ?? null;
}

function readLimits(config: readonly ConsoleRow[]): BouncerLimits {
  const value = (key: string) => settingOf(config, key);
  return {
    maxClientConnections: numberOf(value('max_client_conn')),
    defaultPoolSize: numberOf(value('default_pool_size')),
    mode: value('pool_mode'),
    queryWaitTimeout: numberOf(value('query_wait_timeout')),
  };
}

function pidOf(row: ConsoleRow): number | null {
  const pid = numberOf(row.remote_pid);
  return pid === null || pid === 0 ? null : pid;
}

/** Whole seconds and the microseconds beyond them stand in two columns. */
function secondsOf(seconds: string | null | undefined, microseconds: string | null | undefined): number {
  return countOf(seconds) + countOf(microseconds) / 1e6;
}

function textOf(value: string | null | undefined): string {
  return value ?? '';
}

function numberOf(value: string | null | undefined): number | null {
  return value && Number.isFinite(Number(value)) ? Number(value) : null;
}

function countOf(value: string | null | undefined): number {
  return numberOf(value) ?? 0;
}
