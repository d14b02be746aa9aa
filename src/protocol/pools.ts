/** What the pools of the applications look like from the database, once a second while somebody watches. */

import type { ConnectionMarks } from './connections.ts';
import type { Nothing } from './message.ts';
import { notificationType, requestType } from './message.ts';
import type { Place } from './place.ts';
import type { SessionLine } from './session-line.ts';

export interface PoolsSnapshot {
  readonly connections: readonly PoolConnection[];
}

export interface PoolConnection {
  /** `ConnectionInfo.id`. */
  readonly id: string;
  readonly label: string;
  readonly marks: ConnectionMarks;
  readonly observation: PoolReading;
}

export type PoolReading =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'failed';
      /** What happened and what to do. */
      readonly message: string;
      /** Milliseconds since 1970. */
      readonly since: number;
      readonly needsPassword: boolean;
    }
  | ServerReading
  | BouncerReading
  | SqliteReading;

export interface ServerReading {
  readonly kind: 'observed';
  /** The server's clock, in seconds since 1970. */
  readonly at: number;
  /** `18.4`. */
  readonly version: string;
  /** When the server was started, ISO 8601; null where it does not tell. */
  readonly startedAt: string | null;
  readonly rates: ServerRates;
  readonly capacity: ServerCapacity;
  readonly applications: readonly PoolLine[];
  /** Of the connection's database, oldest first; at most 500. */
  readonly sessions: readonly SessionLine[];
  /** Sessions that are not listed, since there are too many. */
  readonly unlistedSessions: number;
  /** Sentences about what this server does not tell. */
  readonly unavailable: readonly string[];
  readonly standbys: readonly StandbyLine[];
  readonly figures: PoolFigures;
  /** Newest first, at most 50. */
  readonly events: readonly PoolEvent[];
}

/** What the server did since the last observation; null where nothing was done, or it does not tell. */
export interface ServerRates {
  /** Of the blocks that were read, those that its cache had: from 0 to 1. */
  readonly cacheHits: number | null;
  /** Of the transactions, from 0 to 1. */
  readonly rollbacks: number | null;
  /** Rows inserted, updated and deleted a second. */
  readonly rowsWritten: number | null;
}

/** One point of the charts: all pools of the connection together, a server's or a PgBouncer's. */
export interface PoolFigures {
  /** Milliseconds since 1970, by our clock. */
  readonly at: number;
  readonly inUse: number;
  /** For a lock, or for a connection of the pool where processes tell. */
  readonly waiting: number;
  readonly idle: number;
  /** Null where there is nothing to compare with yet, or the server does not tell. */
  readonly transactionsPerSecond: number | null;
  /** Seconds of the oldest open transaction; 0 where none is open, null where that is not known. */
  readonly longestTransaction: number | null;
  /** What a checkout waited on average, in milliseconds; null where nobody tells, or none was made. */
  readonly checkoutMs: number | null;
}

export type PoolEventKind =
  | 'exhausted'
  | 'relieved'
  | 'idle-in-transaction'
  | 'deadlock'
  | 'restarted'
  | 'lost'
  | 'back';

export interface PoolEvent {
  readonly kind: PoolEventKind;
  /** Milliseconds since 1970: when it happened last, and when first of so many times within a minute of each other. */
  readonly at: number;
  readonly since: number;
  readonly times: number;
  readonly message: string;
  /** What to do about it; empty where it is good news. */
  readonly advice: string;
}

export interface ServerCapacity {
  /** All client sessions, ours too. */
  readonly sessions: number;
  /** max_connections less what is reserved for superusers and roles; null where the server does not tell. */
  readonly limit: number | null;
  /** Sessions of this extension, part of `sessions`. */
  readonly own: number;
  /** Sessions in other databases of the server, part of `sessions`. */
  readonly otherDatabases: number;
  /** CONNECTION LIMIT of roles and of the database, in words: `role app 3 of 5`. */
  readonly limits: readonly string[];
  readonly role: 'primary' | 'standby';
  /** Seconds that a standby is behind; null on a primary. */
  readonly lagSeconds: number | null;
  readonly warnings: readonly PoolWarning[];
}

export interface StandbyLine {
  readonly name: string;
  /** `streaming, async`. */
  readonly state: string;
  /** Null while nothing is written. */
  readonly lagSeconds: number | null;
  readonly lagBytes: number | null;
}

export interface PoolLine {
  /** Stable within its connection. */
  readonly id: string;
  /** application_name, or a text that says there is none. */
  readonly application: string;
  readonly inUse: number;
  readonly idle: number;
  /** Of `inUse`, those idle inside a transaction. */
  readonly idleInTransaction: number;
  /** Sessions that wait for a lock. */
  readonly waiting: number;
  /** pool_size + max_overflow of all processes; null where it is not known. */
  readonly limit: number | null;
  /** How the limit came about: `pool_size 5 + max_overflow 10`. */
  readonly limitReason: string | null;
  /** The create_engine call that this application was matched with. */
  readonly engine: Place | null;
  /** Its settings in words: `pool_size 5, max_overflow 5, …`; null where no call was found. */
  readonly settings: string | null;
  /** Seconds; null where no transaction is open. */
  readonly oldestTransactionSeconds: number | null;
  /** How many of the server's sessions are this pool's. */
  readonly sessions: number;
  /** What the processes tell themselves; null where the figures are inferred from the server's sessions. */
  readonly told: ToldFigures | null;
  readonly warnings: readonly PoolWarning[];
}

export interface ToldFigures {
  readonly processes: number;
  readonly checkedOut: number;
  readonly overflow: number;
  /** Checkouts that wait for a connection. */
  readonly waiting: number | null;
  readonly timeouts: number;
}

/** A file has no sessions: what it tells itself. */
export interface SqliteReading {
  readonly kind: 'sqlite';
  readonly file: string;
  readonly bytes: number;
  /** Inside the file; VACUUM gives them back. */
  readonly freeBytes: number;
  /** Null for an empty file. */
  readonly journal: 'wal' | 'rollback' | null;
  readonly walBytes: number | null;
  readonly journalBytes: number | null;
  /** `reserved, process 4711`; null where the system does not tell. */
  readonly locks: readonly string[] | null;
  /** Of `alembic_version`; null where they cannot be read. */
  readonly revisions: readonly string[] | null;
}

export interface BouncerReading {
  readonly kind: 'bouncer';
  readonly version: string;
  readonly clients: number;
  readonly maxClients: number | null;
  /** Null where there is nothing to compare with yet. */
  readonly queriesPerSecond: number | null;
  /** What a query took on average; null where none was sent. */
  readonly queryMs: number | null;
  /** Bytes a second from clients and to them; null where there is nothing to compare with yet. */
  readonly receivedPerSecond: number | null;
  readonly sentPerSecond: number | null;
  readonly figures: PoolFigures;
  /** Of all pools that are open; null where none is, or one has no known limit. */
  readonly limit: number | null;
  /** At most 200: then those with clients that wait come first, and those in use. */
  readonly pools: readonly BouncerLine[];
  readonly unlistedPools: number;
  /** Sentences: what of this is not of the very moment. */
  readonly notes: readonly string[];
  /** Who its clients are, those that wait first; at most 200. */
  readonly applications: readonly BouncerApplication[];
}

/** The clients of one application at one address. */
export interface BouncerApplication {
  /** `application_name`, or a text that says there is none. */
  readonly application: string;
  /** Null for a Unix socket. */
  readonly address: string | null;
  readonly clients: number;
  readonly waiting: number;
  readonly longestWaitSeconds: number;
  /** Server sessions that its clients are linked to at this moment. */
  readonly linked: number;
}

export interface BouncerLine {
  readonly database: string;
  readonly user: string;
  readonly mode: string;
  readonly clientsActive: number;
  readonly clientsWaiting: number;
  readonly longestWaitSeconds: number;
  readonly serversActive: number;
  readonly serversIdle: number;
  readonly limit: number | null;
  readonly warnings: readonly PoolWarning[];
}

export interface PoolWarning {
  readonly severity: 'warning' | 'error';
  readonly message: string;
}

export interface PoolSubscription {
  /** Milliseconds between two observations; the server keeps to at least 250. */
  readonly intervalMs: number;
}

export interface FiguresQuestion {
  /** `ConnectionInfo.id`. */
  readonly connection: string;
}

/** Client to server: what was observed within the last hour, oldest first; gaps where nobody looked. */
export const pastFigures = requestType<FiguresQuestion, readonly PoolFigures[]>('pools/past');

/** Client to server: observe from now on. A second call replaces the first one's interval. */
export const watchPools = notificationType<PoolSubscription>('pools/watch');

/** Client to server: nobody looks any more; the server closes what it opened for it. */
export const unwatchPools = notificationType<Nothing>('pools/unwatch');
