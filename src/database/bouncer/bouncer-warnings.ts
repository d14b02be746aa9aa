/** When the figures of a PgBouncer's pool deserve a word. Pure. */
import type { PoolWarning } from '../pool-warnings.ts';
import type { BouncerPool } from './bouncer-report.ts';

/** Seconds. A client that waits shorter than this is the ordinary life of a pool. */
const noticedWait = 1;

export function bouncerWarnings(pool: Omit<BouncerPool, 'warnings'>): readonly PoolWarning[] {
  const { clientsWaiting, longestWait, serversActive, limit } = pool;
  if (pool.paused) {
    const waiting = clientsWaiting === 0 ? '' : `, and ${clients(clientsWaiting)}`;
    return [{ kind: 'paused', message: `The pool is paused${waiting}. RESUME lets it go on.` }];
  }
  if (clientsWaiting === 0 || longestWait < noticedWait) return [];
  const since = `the first for ${Math.round(longestWait)} s`;
  if (limit !== null && serversActive >= limit) {
    const message = `${clients(clientsWaiting)}, ${since}: all ${limit} server sessions are in use. Shorten transactions or raise pool_size.`;
    return [{ kind: 'pool-full', message }];
  }
  const message = `${clients(clientsWaiting)}, ${since}, though the pool is not full. Look whether PgBouncer is paused, and whether the server takes connections.`;
  return [{ kind: 'waiting', message }];
}

function clients(count: number): string {
  return count === 1 ? '1 client waits' : `${count} clients wait`;
}
