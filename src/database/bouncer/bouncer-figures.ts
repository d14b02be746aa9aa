/** The figures of a PgBouncer that charts draw, and what its clients' queries took since the moment before. Pure. */
import type { MomentFigures } from '../pool-figures.ts';
import type { BouncerReport, BouncerTotals } from './bouncer-report.ts';

export interface BouncerFigures extends MomentFigures {
  readonly queriesPerSecond: number | null;
  /** What a query took on average; null where none was sent. */
  readonly queryMs: number | null;
  /** Bytes from clients and to them. */
  readonly receivedPerSecond: number | null;
  readonly sentPerSecond: number | null;
}

/** A transaction that waits for a server's session is what a checkout is to a pool. */
export function bouncerFigures(before: BouncerReport | null, after: BouncerReport): BouncerFigures {
  const { pools } = after;
  const sum = (figure: (pool: BouncerReport['pools'][number]) => number) =>
    pools.reduce((total, pool) => total + figure(pool), 0);
  const grown = (counter: keyof BouncerTotals) => growth(before, after, counter);
  const seconds = before === null ? 0 : (Date.parse(after.at) - Date.parse(before.at)) / 1000;
  const perSecond = (count: number | null) => (count === null || seconds <= 0 ? null : count / seconds);
  const [transactions, queries] = [grown('transactions'), grown('queries')];
  return {
    inUse: sum(pool => pool.serversActive),
    waiting: sum(pool => pool.clientsWaiting),
    idle: sum(pool => pool.serversIdle),
    transactionsPerSecond: perSecond(transactions),
    longestTransaction: null,
    checkoutMs: average(grown('waitSeconds'), transactions),
    queriesPerSecond: perSecond(queries),
    queryMs: average(grown('querySeconds'), queries),
    receivedPerSecond: perSecond(grown('bytesReceived')),
    sentPerSecond: perSecond(grown('bytesSent')),
  };
}

/** Milliseconds each. */
function average(seconds: number | null, count: number | null): number | null {
  return seconds === null || !count ? null : (seconds / count) * 1000;
}

/** Of all databases; null where a counter was begun anew. */
function growth(
  before: BouncerReport | null,
  after: BouncerReport,
  counter: keyof BouncerTotals,
): number | null {
  if (before === null) return null;
  const count = total(after, counter) - total(before, counter);
  return count >= 0 ? count : null;
}

function total({ databases }: BouncerReport, counter: keyof BouncerTotals): number {
  return databases.reduce((sum, { totals }) => sum + totals[counter], 0);
}
