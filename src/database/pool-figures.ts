/** The figures that charts draw: all pools of a server at one moment, and what happened since the moment before. Pure. */
import type { ServerMoment } from './pool-events.ts';
import type { PoolReport } from './pools.ts';

export interface MomentFigures {
  readonly inUse: number;
  readonly waiting: number;
  readonly idle: number;
  readonly transactionsPerSecond: number | null;
  /** Seconds; 0 where no transaction is open. */
  readonly longestTransaction: number;
  readonly checkoutMs: number | null;
}

export function momentFigures(before: ServerMoment | null, after: ServerMoment): MomentFigures {
  const { pools } = after.report;
  const sum = (figure: (pool: PoolReport['pools'][number]) => number) =>
    pools.reduce((total, pool) => total + figure(pool), 0);
  return {
    inUse: sum(pool => pool.inUse),
    waiting: sum(pool => pool.waitingForLock + (pool.told?.waiting ?? 0)),
    idle: sum(pool => pool.idle),
    transactionsPerSecond: transactionRate(before, after),
    longestTransaction: Math.max(0, ...pools.map(pool => pool.oldestTransaction ?? 0)),
    checkoutMs: checkoutTime(before, after),
  };
}

/** By the server's clock and its counters, which start anew with it. */
function transactionRate(before: ServerMoment | null, { activity }: ServerMoment): number | null {
  const [was, is] = [before?.activity.server.statistics, activity.server.statistics];
  if (!before || !was || !is) return null;
  const seconds = (Date.parse(activity.at) - Date.parse(before.activity.at)) / 1000;
  const count = is.commits + is.rollbacks - was.commits - was.rollbacks;
  return seconds > 0 && count >= 0 ? count / seconds : null;
}

function checkoutTime(before: ServerMoment | null, after: ServerMoment): number | null {
  if (before === null) return null;
  const [was, is] = [toldTotals(before.report), toldTotals(after.report)];
  const count = is.checkouts - was.checkouts;
  const seconds = is.seconds - was.seconds;
  return count > 0 && seconds >= 0 ? (seconds / count) * 1000 : null;
}

function toldTotals({ pools }: PoolReport): { readonly checkouts: number; readonly seconds: number } {
  return pools.reduce(
    (sum, { told }) => ({
      checkouts: sum.checkouts + (told?.checkouts ?? 0),
      seconds: sum.seconds + (told?.checkoutSeconds ?? 0),
    }),
    { checkouts: 0, seconds: 0 },
  );
}
