/** The figures that charts draw: all pools of a server at one moment, and what happened since the moment before. Pure. */
import type { DatabaseStatistics } from './activity.ts';
import type { ServerMoment } from './pool-events.ts';
import type { PoolReport } from './pools.ts';

export interface MomentFigures {
  readonly inUse: number;
  readonly waiting: number;
  readonly idle: number;
  readonly transactionsPerSecond: number | null;
  /** Seconds; 0 where no transaction is open, null where that is not known. */
  readonly longestTransaction: number | null;
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

/** What a server did between two moments; null where nothing was done, or it does not tell. */
export interface MomentRates {
  /** From 0 to 1. */
  readonly cacheHits: number | null;
  readonly rollbacks: number | null;
  /** A second. */
  readonly rowsWritten: number | null;
}

export function momentRates(before: ServerMoment | null, after: ServerMoment): MomentRates {
  const counted = (counter: (statistics: DatabaseStatistics) => number) => growth(before, after, counter);
  const commits = counted(({ commits }) => commits);
  const rollbacks = counted(({ rollbacks }) => rollbacks);
  const hit = counted(({ blocksHit }) => blocksHit);
  const read = counted(({ blocksRead }) => blocksRead);
  const written = counted(({ rowsWritten }) => rowsWritten);
  return {
    cacheHits: shareOf(hit, read),
    rollbacks: shareOf(rollbacks, commits),
    rowsWritten: written === null ? null : written / secondsBetween(before?.activity.at, after.activity.at),
  };
}

function shareOf(part: number | null, rest: number | null): number | null {
  return part === null || rest === null || part + rest === 0 ? null : part / (part + rest);
}

function transactionRate(before: ServerMoment | null, after: ServerMoment): number | null {
  const count = growth(before, after, ({ commits, rollbacks }) => commits + rollbacks);
  return count === null ? null : count / secondsBetween(before?.activity.at, after.activity.at);
}

/** By the server's counters, which start anew with it, and never over a clock that stands or goes back. */
function growth(
  before: ServerMoment | null,
  { activity }: ServerMoment,
  counter: (statistics: DatabaseStatistics) => number,
): number | null {
  const [was, is] = [before?.activity.server.statistics, activity.server.statistics];
  if (!before || !was || !is || secondsBetween(before.activity.at, activity.at) <= 0) return null;
  const count = counter(is) - counter(was);
  return count >= 0 ? count : null;
}

function secondsBetween(before: string | undefined, after: string): number {
  return before === undefined ? 0 : (Date.parse(after) - Date.parse(before)) / 1000;
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
