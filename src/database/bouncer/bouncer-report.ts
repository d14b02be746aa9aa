/** What a PgBouncer does at one moment, as its admin console tells it; plain data that can travel as JSON. */
import type { PoolWarning } from '../pool-warnings.ts';

export interface BouncerReport {
  /** Our clock, ISO 8601 in UTC: the console has none. */
  readonly at: string;
  /** `1.18.0`. */
  readonly version: string;
  readonly pools: readonly BouncerPool[];
  readonly databases: readonly BouncerDatabase[];
  readonly clients: readonly BouncerClient[];
  readonly servers: readonly BouncerServer[];
  readonly limits: BouncerLimits;
  /** How old the settings of the databases may be, in seconds; 0 where they are of this moment. */
  readonly settingsAge: number;
}

/** A pair of database and user. */
export interface BouncerPool {
  readonly database: string;
  readonly user: string;
  /** `session`, `transaction`, `statement`. */
  readonly mode: string;
  /** Clients that are linked to a server's session, or idle outside a transaction. */
  readonly clientsActive: number;
  /** Clients that wait for a server's session. */
  readonly clientsWaiting: number;
  /** Seconds that the oldest of them has waited. */
  readonly longestWait: number;
  readonly serversActive: number;
  readonly serversIdle: number;
  /** Used, tested, being logged in or cancelled: neither free nor at work for a client. */
  readonly serversOther: number;
  /** `pool_size` and the reserve; null where it is not said. */
  readonly limit: number | null;
  readonly paused: boolean;
  /** Sessions of this pool on the server, by process id. */
  readonly serverPids: readonly number[];
  readonly warnings: readonly PoolWarning[];
}

/** One entry of [databases], with its counters since PgBouncer started. */
export interface BouncerDatabase {
  readonly name: string;
  /** Null for a Unix socket. */
  readonly host: string | null;
  readonly port: number | null;
  /** The database's name on the server. */
  readonly database: string;
  readonly poolSize: number | null;
  readonly reserve: number;
  readonly mode: string | null;
  /** Null for no limit. */
  readonly maxConnections: number | null;
  readonly currentConnections: number;
  readonly paused: boolean;
  readonly disabled: boolean;
  readonly totals: BouncerTotals;
}

export interface BouncerTotals {
  readonly transactions: number;
  readonly queries: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** Seconds that clients were in transactions and queries, and waited for a server's session. */
  readonly transactionSeconds: number;
  readonly querySeconds: number;
  readonly waitSeconds: number;
}

export interface BouncerClient {
  readonly database: string;
  readonly user: string;
  readonly applicationName: string;
  /** Null for a Unix socket. */
  readonly address: string | null;
  readonly port: number | null;
  readonly state: string;
  /** Seconds. */
  readonly wait: number;
  /** The server's session that it is linked to. */
  readonly serverPid: number | null;
}

export interface BouncerServer {
  readonly database: string;
  readonly user: string;
  readonly state: string;
  /** The session's process id on the server; null while it is being opened. */
  readonly pid: number | null;
}

export interface BouncerLimits {
  readonly maxClientConnections: number | null;
  readonly defaultPoolSize: number | null;
  readonly mode: string | null;
  /** Seconds a client may wait; 0 for no limit. */
  readonly queryWaitTimeout: number | null;
}
