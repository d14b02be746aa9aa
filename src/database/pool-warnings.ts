/** When the figures of a pool or a server deserve a word: thresholds and sentences. Pure. */
import type { CapacityLimit } from './activity.ts';

export interface PoolWarning {
  readonly kind:
    | 'blocked'
    | 'idle-in-transaction'
    | 'aborted-transaction'
    | 'long-transaction'
    | 'pool-full'
    | 'no-limit'
    | 'limit-exceeds-server'
    | 'waiting'
    | 'paused';
  readonly message: string;
}

export interface ServerWarning {
  readonly kind: 'nearly-full' | 'pools-exceed-server';
  readonly message: string;
}

/** The figures that warnings depend on. */
export interface PoolFigures {
  readonly sessions: number;
  readonly inUse: number;
  readonly waitingForLock: number;
  readonly aborted: number;
  readonly oldestTransaction: number | null;
  readonly longestIdleInTransaction: number | null;
  readonly limit: {
    readonly total: number;
    readonly processes: number;
    readonly processesFrom: 'told' | 'declared' | 'inferred';
  } | null;
  /** What the processes tell of the pool. */
  readonly told: { readonly checkedOut: number; readonly waiting: number | null } | null;
  /** True for an engine whose overflow has no limit. */
  readonly unlimited: boolean;
  /** What it may open at most, Infinity where no limit is known, and by whose limit: `the server`, `the role app`. */
  readonly room: { readonly available: number; readonly whose: string };
}

/** Seconds. A transaction that is idle holds its locks and keeps vacuum from cleaning up. */
const idleInTransactionLimit = 10;
const longTransactionLimit = 300;
const nearlyFull = 0.9;

export function poolWarnings(pool: PoolFigures): PoolWarning[] {
  const warnings: PoolWarning[] = [];
  const { limit } = pool;
  if (pool.waitingForLock > 0) {
    warnings.push({
      kind: 'blocked',
      message: `${count(pool.waitingForLock, 'session waits', 'sessions wait')} for a lock.`,
    });
  }
  if (pool.aborted > 0) {
    const message = `${count(pool.aborted, 'session has', 'sessions have')} a failed transaction open. Roll back in the code that caught the error.`;
    warnings.push({ kind: 'aborted-transaction', message });
  }
  if (pool.longestIdleInTransaction !== null && pool.longestIdleInTransaction >= idleInTransactionLimit) {
    const message = `A transaction has been idle for ${seconds(pool.longestIdleInTransaction)}. End it before waiting for anything else.`;
    warnings.push({ kind: 'idle-in-transaction', message });
  }
  if (pool.oldestTransaction !== null && pool.oldestTransaction >= longTransactionLimit) {
    warnings.push({
      kind: 'long-transaction',
      message: `A transaction has been open for ${seconds(pool.oldestTransaction)}.`,
    });
  }
  if (pool.told?.waiting) {
    const message = `${count(pool.told.waiting, 'checkout waits', 'checkouts wait')} for a connection of the pool. Shorten transactions, or raise pool_size.`;
    warnings.push({ kind: 'waiting', message });
  } else if (limit && (pool.told?.checkedOut ?? pool.inUse) >= limit.total) {
    const message = `All ${limit.total} connections that the pool may open are in use${assumption(limit)}. Further requests wait.`;
    warnings.push({ kind: 'pool-full', message });
  }
  if (limit && limit.total > pool.room.available) {
    // One process is the least that there can be.
    const processes = limit.processes > 1 ? assumption(limit) : '';
    const message = `The pool may open ${limit.total} connections${processes}; ${pool.room.whose} has ${pool.room.available}. Lower pool_size or max_overflow.`;
    warnings.push({ kind: 'limit-exceeds-server', message });
  }
  if (pool.unlimited) {
    warnings.push({
      kind: 'no-limit',
      message: 'The pool has no upper limit (max_overflow is -1). Set one.',
    });
  }
  return warnings;
}

function assumption({ processes, processesFrom }: NonNullable<PoolFigures['limit']>): string {
  return processesFrom === 'inferred' ? ` (assuming ${count(processes, 'process', 'processes')})` : '';
}

export interface ServerFigures {
  readonly used: number;
  /** Null where it is not known. */
  readonly available: number | null;
  /** What all pools together may open, as far as their limits are known. */
  readonly possible: number;
  readonly limits: readonly CapacityLimit[];
}

export function serverWarnings({ used, available, possible, limits }: ServerFigures): ServerWarning[] {
  const warnings: ServerWarning[] = [];
  if (available !== null && used >= available * nearlyFull) {
    const message = `${used} of ${available} connections are in use. Close idle sessions or raise max_connections.`;
    warnings.push({ kind: 'nearly-full', message });
  }
  for (const { kind, name, used: taken, limit } of limits.filter(
    each => each.used >= each.limit * nearlyFull,
  )) {
    const message = `${taken} of the ${limit} connections that the ${kind} ${name} may have are in use. Close idle ones, or raise its CONNECTION LIMIT.`;
    warnings.push({ kind: 'nearly-full', message });
  }
  if (available !== null && possible > available) {
    const message = `All pools together may open ${possible} connections; the server has ${available}. Lower their sizes, or put PgBouncer between.`;
    warnings.push({ kind: 'pools-exceed-server', message });
  }
  return warnings;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function seconds(age: number): string {
  return age < 120 ? `${Math.round(age)} s` : `${Math.round(age / 60)} min`;
}
