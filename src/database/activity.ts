/** What a server's sessions do at one moment, as plain data that can travel as JSON. */

export interface Activity {
  /** The server's clock, ISO 8601 in UTC. */
  readonly at: string;
  /** The database that was connected to; sessions of others are listed too. */
  readonly database: string;
  readonly serverVersion: string;
  /**
   * Client sessions but for our own, oldest first. One that does what it did at the moment before is the same object
   * as then.
   */
  readonly sessions: readonly Session[];
  readonly capacity: Capacity;
  readonly server: ServerFacts;
  /** What this server does not tell, or not to this user: names of the parts that were left out. */
  readonly unavailable: readonly ActivityPart[];
}

/** The parts of an observation that a server may lack: another kind of PostgreSQL, or one that forbids them. */
export type ActivityPart =
  | 'sessions'
  | 'capacity'
  | 'locks'
  | 'statistics'
  | 'standbys'
  | 'limits'
  | 'recovery'
  | 'lag'
  | 'start';

export interface ServerFacts {
  /** When the server was started, ISO 8601; null where it does not tell. */
  readonly startedAt: string | null;
  /** A standby: it can be read, and follows another server. */
  readonly inRecovery: boolean;
  /** Seconds since the last transaction that a standby has replayed, 0 where it has replayed all; null on a primary. */
  readonly replayLag: number | null;
  /** Counters of the connected database since they were reset; null where they are not told. */
  readonly statistics: DatabaseStatistics | null;
  /** What follows this server by streaming. */
  readonly standbys: readonly Standby[];
}

export interface DatabaseStatistics {
  readonly commits: number;
  readonly rollbacks: number;
  readonly deadlocks: number;
  /** Blocks that were asked for: found in the server's cache, and read into it. */
  readonly blocksHit: number;
  readonly blocksRead: number;
  /** Rows inserted, updated and deleted. */
  readonly rowsWritten: number;
}

export interface Standby {
  readonly applicationName: string;
  readonly address: string | null;
  /** `streaming`, `catchup`, … */
  readonly state: string;
  /** `async`, `sync`, `quorum`, `potential`. */
  readonly syncState: string;
  /** Seconds from a commit here to its replay there; null while nothing is written. */
  readonly replayLag: number | null;
  /** Bytes of the log that it has not replayed. */
  readonly lagBytes: number | null;
}

export interface Session {
  readonly pid: number;
  /** When it connected, as the server writes it: with the process id it names one session for all time. */
  readonly startedAt: string;
  readonly applicationName: string;
  readonly user: string;
  readonly database: string;
  /** An address; null for a Unix socket. */
  readonly clientAddress: string | null;
  /** `hidden` where the user may not see it. */
  readonly state: SessionState;
  readonly waitEventType: string | null;
  readonly waitEvent: string | null;
  /** Process ids that hold what it waits for. */
  readonly blockedBy: readonly number[];
  /** When its transaction began, by the server's clock in seconds since 1970; null outside a transaction. */
  readonly transactionSince: number | null;
  /** When it came into its present state. */
  readonly stateSince: number | null;
  /** The present or last statement, at most 1000 characters; empty where it is not to be seen. May hold literals. */
  readonly query: string;
}

/** Seconds from a moment to that of the observation; what began while it was under way is 0 old. */
export function ageAt({ at }: Pick<Activity, 'at'>, since: number): number {
  return Math.max(0, Date.parse(at) / 1000 - since);
}

export type SessionState =
  | 'active'
  | 'idle'
  | 'idle in transaction'
  | 'idle in transaction (aborted)'
  | 'other'
  | 'hidden';

export interface Capacity {
  /** Null where the server does not tell. */
  readonly maxConnections: number | null;
  /** Kept for superusers. */
  readonly superuserReserved: number;
  /** Kept for members of pg_use_reserved_connections; 0 before PostgreSQL 16. */
  readonly reserved: number;
  /** Client sessions of all users and databases, ours included. */
  readonly used: number;
  /** How many of the used are ours. */
  readonly ours: number;
  /** CONNECTION LIMIT of roles and of the connected database, where one is set and has sessions; superusers are under none. */
  readonly limits: readonly CapacityLimit[];
}

export interface CapacityLimit {
  readonly kind: 'role' | 'database';
  readonly name: string;
  readonly limit: number;
  /** Sessions of the role or in the database, without ours. */
  readonly used: number;
}
