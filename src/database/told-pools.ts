/** The pools that processes tell of themselves, put beside the sessions of an application. Pure. */
import type { PoolTelemetry, TelemetryCheckout, TelemetryPool } from './telemetry/pool-telemetry.ts';

/** What all processes of one application tell together. */
export interface ToldPool {
  readonly processes: number;
  readonly checkedOut: number;
  readonly checkedIn: number;
  readonly overflow: number;
  /** Checkouts that wait for a connection; null where no process can tell. */
  readonly waiting: number | null;
  /** Sum of `size + max_overflow`; null where a pool has no limit. */
  readonly limit: number | null;
  readonly checkouts: number;
  readonly timeouts: number;
  /** What all checkouts waited since the processes started. */
  readonly checkoutSeconds: number;
  /** The longest held first. */
  readonly held: readonly TelemetryCheckout[];
}

/** Sessions of one application in one database, or an engine that waits for some. */
export interface ToldSubject {
  readonly application: string;
  readonly database: string;
  readonly users: readonly string[];
}

/** Null where no process tells of such a pool. */
export function toldPool(subject: ToldSubject, telemetry: readonly PoolTelemetry[]): ToldPool | null {
  const told = telemetry.flatMap(({ pools }) => pools.filter(pool => isOf(pool, subject)));
  if (told.length === 0) return null;
  const sum = (figure: (pool: TelemetryPool) => number) =>
    told.reduce((total, pool) => total + figure(pool), 0);
  const telling = told.filter(({ waiting }) => waiting !== null);
  return {
    processes: telemetry.filter(({ pools }) => pools.some(pool => isOf(pool, subject))).length,
    checkedOut: sum(pool => pool.checkedOut),
    checkedIn: sum(pool => pool.checkedIn),
    overflow: sum(pool => pool.overflow),
    waiting: telling.length === 0 ? null : sum(pool => pool.waiting ?? 0),
    limit: told.some(pool => limitOf(pool) === null) ? null : sum(pool => limitOf(pool) ?? 0),
    checkouts: sum(pool => pool.totals.checkouts),
    timeouts: sum(pool => pool.totals.timeouts),
    checkoutSeconds: sum(pool => pool.totals.checkoutSeconds),
    held: told.flatMap(({ checkouts }) => checkouts).sort((a, b) => b.heldSeconds - a.heldSeconds),
  };
}

/** Names of applications in this database that processes tell of. */
export function toldApplications(database: string, telemetry: readonly PoolTelemetry[]): readonly string[] {
  const named = telemetry.flatMap(({ pools }) =>
    pools
      .filter(({ target }) => target.database === database)
      .flatMap(({ applicationName }) => applicationName ?? []),
  );
  return [...new Set(named)];
}

/** By name; nameless ones by their user too, since a database has many nameless clients. */
function isOf({ applicationName, target }: TelemetryPool, subject: ToldSubject): boolean {
  if ((applicationName ?? '') !== subject.application) return false;
  if (target.database !== null && target.database !== subject.database) return false;
  return subject.application !== '' || (target.user !== null && subject.users.includes(target.user));
}

/** In SQLAlchemy a size of 0 means no limit, and so does an overflow of -1. */
function limitOf({ size, maxOverflow }: TelemetryPool): number | null {
  if (size === null || size === 0 || maxOverflow === null || maxOverflow < 0) return null;
  return size + maxOverflow;
}
