/** What the pools of the applications look like from the database, once a second while somebody watches. */
import type { Nothing } from './message.ts';
import { notificationType } from './message.ts';
import type { Place } from './place.ts';

export interface PoolsSnapshot {
  readonly connections: readonly PoolConnection[];
}

export interface PoolConnection {
  /** `ConnectionInfo.id`. */
  readonly id: string;
  readonly label: string;
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
  | {
      readonly kind: 'observed';
      readonly capacity: ServerCapacity;
      readonly applications: readonly PoolLine[];
    };

export interface ServerCapacity {
  /** All client sessions, ours too. */
  readonly sessions: number;
  /** max_connections less what is reserved for superusers and roles. */
  readonly limit: number;
  /** Sessions of this extension, part of `sessions`. */
  readonly own: number;
  /** Sessions in other databases of the server, part of `sessions`. */
  readonly otherDatabases: number;
  readonly warnings: readonly PoolWarning[];
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
  /** pool_size + max_overflow as the code says, for one process; null where it does not say. */
  readonly limit: number | null;
  /** How the limit came about: `pool_size 5 + max_overflow 10`. */
  readonly limitReason: string | null;
  /** The create_engine call that this application was matched with. */
  readonly engine: Place | null;
  /** Seconds; null where no transaction is open. */
  readonly oldestTransactionSeconds: number | null;
  readonly sessions: readonly PoolSession[];
  /** Sessions that are not listed, since there are too many. */
  readonly unlistedSessions: number;
  readonly warnings: readonly PoolWarning[];
}

export interface PoolSession {
  readonly pid: number;
  /** `active`, `idle`, `idle in transaction`, … as pg_stat_activity has it. */
  readonly state: string;
  /** Since when it has been in that state, in seconds. */
  readonly stateSeconds: number | null;
  /** `Lock: transactionid`; null where it waits for nothing but its client. */
  readonly wait: string | null;
}

export interface PoolWarning {
  readonly severity: 'warning' | 'error';
  readonly message: string;
}

export interface PoolSubscription {
  /** Milliseconds between two observations; the server keeps to at least 250. */
  readonly intervalMs: number;
}

/** Client to server: observe from now on. A second call replaces the first one's interval. */
export const watchPools = notificationType<PoolSubscription>('pools/watch');

/** Client to server: nobody looks any more; the server closes what it opened for it. */
export const unwatchPools = notificationType<Nothing>('pools/unwatch');

/** Server to client: the newest state of all watched connections. */
export const poolsChanged = notificationType<PoolsSnapshot>('pools/changed');
