/** What happened between two observations of a server's pools. Pure. */
import { type Activity, ageAt } from './activity.ts';
import type { PoolObservation, PoolReport } from './pools.ts';
import { isIdleInTransaction } from './session-groups.ts';

export interface ServerMoment {
  readonly activity: Activity;
  readonly report: PoolReport;
}

export interface PoolHappening {
  readonly kind: 'exhausted' | 'relieved' | 'idle-in-transaction' | 'deadlock' | 'restarted';
  readonly message: string;
  readonly advice: string;
}

/** Seconds. */
const idleLimit = 10;

/** None where there is nothing to compare with. */
export function happenings(before: ServerMoment | null, after: ServerMoment): readonly PoolHappening[] {
  if (before === null) return [];
  return [
    ...restart(before, after),
    ...deadlocks(before, after),
    ...fills(before, after),
    ...idles(before, after),
  ];
}

function restart(before: ServerMoment, after: ServerMoment): readonly PoolHappening[] {
  const [was, is] = [before.activity.server.startedAt, after.activity.server.startedAt];
  if (was === null || is === null || was === is) return [];
  return [
    {
      kind: 'restarted',
      message: 'The server was started anew.',
      advice: 'All sessions were lost with it. Engines with pool_pre_ping open new ones unnoticed.',
    },
  ];
}

function deadlocks(before: ServerMoment, after: ServerMoment): readonly PoolHappening[] {
  const [was, is] = [before.activity.server.statistics, after.activity.server.statistics];
  const count = (is?.deadlocks ?? 0) - (was?.deadlocks ?? 0);
  if (was === null || count <= 0) return [];
  const message = count === 1 ? 'A deadlock was broken.' : `${count} deadlocks were broken.`;
  return [
    {
      kind: 'deadlock',
      message: `${message} One transaction of each failed.`,
      advice: 'Take locks in the same order everywhere, and retry the failed transaction as a whole.',
    },
  ];
}

function fills(before: ServerMoment, after: ServerMoment): readonly PoolHappening[] {
  return after.report.pools.flatMap((pool): readonly PoolHappening[] => {
    const [was, is] = [isFull(counterpart(before, pool)), isFull(pool)];
    if (was === is) return [];
    if (!is) return [{ kind: 'relieved', message: `${nameOf(pool)} has connections again.`, advice: '' }];
    const message = `${nameOf(pool)} is exhausted: all ${pool.limit?.total ?? pool.sessions} connections are in use.`;
    const advice =
      'Look which sessions hold them for long. Shorten their transactions before raising pool_size.';
    return [{ kind: 'exhausted', message, advice }];
  });
}

/** A session is told once for each time that it rests in a transaction: when it crosses the limit. */
function idles(before: ServerMoment, { activity }: ServerMoment): readonly PoolHappening[] {
  const [was, is] = [limitAt(before.activity), limitAt(activity)];
  return activity.sessions.flatMap(
    ({ stateSince, state, pid, applicationName }): PoolHappening | readonly PoolHappening[] => {
      if (stateSince === null || stateSince <= was || stateSince > is || !isIdleInTransaction(state))
        return [];
      const name = applicationName === '' ? '' : ` of ${applicationName}`;
      return {
        kind: 'idle-in-transaction',
        message: `Session ${pid}${name} has been idle in a transaction for ${Math.round(ageAt(activity, stateSince))} s.`,
        advice:
          'It keeps its locks and a connection of the pool. End the transaction before waiting for anything else.',
      };
    },
  );
}

/** Since when a session must have rested to be over the limit. */
function limitAt({ at }: Activity): number {
  return Date.parse(at) / 1000 - idleLimit;
}

function counterpart({ report }: ServerMoment, pool: PoolObservation): PoolObservation | undefined {
  return report.pools.find(each => each.application === pool.application && each.database === pool.database);
}

function isFull(pool: PoolObservation | undefined): boolean {
  return pool?.warnings.some(({ kind }) => kind === 'pool-full' || kind === 'waiting') ?? false;
}

function nameOf({ application }: PoolObservation): string {
  return application === '' ? 'A pool without a name' : `The pool of ${application}`;
}
