/** What a server's sessions do at one moment, as plain data that can travel as JSON. */

export interface Activity {
  /** The server's clock, ISO 8601 in UTC. */
  readonly at: string;
  /** The database that was connected to; sessions of others are listed too. */
  readonly database: string;
  readonly serverVersion: string;
  /** Client sessions but for our own, oldest first. */
  readonly sessions: readonly Session[];
  readonly capacity: Capacity;
}

export interface Session {
  readonly pid: number;
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
  /** Seconds; null outside a transaction. */
  readonly transactionAge: number | null;
  /** Seconds in the present state. */
  readonly stateAge: number | null;
  /** Seconds since it connected. */
  readonly sessionAge: number | null;
  /** The present or last statement, at most 300 characters; empty where it is not to be seen. May hold literals. */
  readonly query: string;
}

export type SessionState =
  | 'active'
  | 'idle'
  | 'idle in transaction'
  | 'idle in transaction (aborted)'
  | 'other'
  | 'hidden';

export interface Capacity {
  readonly maxConnections: number;
  /** Kept for superusers. */
  readonly superuserReserved: number;
  /** Kept for members of pg_use_reserved_connections; 0 before PostgreSQL 16. */
  readonly reserved: number;
  /** Client sessions of all users and databases, ours included. */
  readonly used: number;
  /** How many of the used are ours. */
  readonly ours: number;
  /** CONNECTION LIMIT of databases and roles that have one. */
  readonly databaseLimits: Readonly<Record<string, number>>;
  readonly roleLimits: Readonly<Record<string, number>>;
}
