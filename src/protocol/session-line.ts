/** A server's sessions as views show them. */
import type { Place } from './place.ts';

export interface SessionLine {
  readonly pid: number;
  /** With the process id it names one session for all time. */
  readonly startedAt: string;
  /** `PoolLine.id`; null for sessions of no pool that is shown. */
  readonly pool: string | null;
  readonly application: string;
  readonly user: string;
  /** Null for a Unix socket. */
  readonly client: string | null;
  /** `active`, `idle`, `idle in transaction`, … as pg_stat_activity has it. */
  readonly state: string;
  /** Since when it has been in that state, by the server's clock in seconds since 1970. */
  readonly stateSince: number | null;
  /** Null outside a transaction. */
  readonly transactionSince: number | null;
  /** `Lock: transactionid`; null where it waits for nothing but its client. */
  readonly wait: string | null;
  /** Process ids that hold what it waits for. */
  readonly blockedBy: readonly number[];
  /** The present or last statement. May hold literals: shown, never logged. */
  readonly query: string;
  readonly code: SessionCode | null;
  /** The client of a PgBouncer that is linked to it at this moment. */
  readonly through: string | null;
}

export interface Moment {
  /** The server's clock, in seconds since 1970. */
  readonly at: number;
}

/** Seconds at the moment of a reading; what began while it was read is 0 old. Null stays null. */
export function ageAt({ at }: Moment, since: number | null): number | null {
  return since === null ? null : Math.max(0, at - since);
}

/** A session as it was at the moment of a reading. */
export interface AgedSession extends SessionLine {
  readonly stateSeconds: number | null;
  readonly transactionSeconds: number | null;
}

export interface SessionsAtMoment extends Moment {
  readonly sessions: readonly SessionLine[];
}

export function agedSessions(reading: SessionsAtMoment): readonly AgedSession[] {
  return reading.sessions.map(line => ({
    ...line,
    stateSeconds: ageAt(reading, line.stateSince),
    transactionSeconds: ageAt(reading, line.transactionSince),
  }));
}

/** The code that a session works for. */
export interface SessionCode {
  /** `app/orders.py:42 in place_order`, or what the statement's comment says. */
  readonly text: string;
  readonly place: Place | null;
  /** `told` by the process that holds it, said in a `comment`, or found by the `statement`. */
  readonly from: 'told' | 'comment' | 'statement';
}
