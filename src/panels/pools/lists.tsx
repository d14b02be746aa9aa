/** What stands below the tables: who blocks whom, what happened, what follows the server. */
import { clockTime, duration } from '../../base/clock-time.ts';
import type { PoolEvent, PoolEventKind, StandbyLine } from '../../protocol/pools.ts';
import type { AgedSession } from '../../protocol/session-line.ts';
import { type Blocker, blockingTree } from './blocking.ts';

export function Blocking({ sessions }: { readonly sessions: readonly AgedSession[] }) {
  const roots = blockingTree(sessions);
  if (roots.length === 0) return <p class="quiet">No session waits for another.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that may be longer than its place is scrolled by keys.
    <div tabIndex={0}>
      <Blockers blockers={roots} />
    </div>
  );
}

function Blockers({ blockers }: { readonly blockers: readonly Blocker[] }) {
  return (
    <ul class="tree">
      {blockers.map(({ pid, session, blocks }) => (
        <li key={pid}>
          <strong>{pid === 0 ? 'A prepared transaction' : pid}</strong>{' '}
          {session === null ? null : describe(session)}
          {blocks.length === 0 ? null : <Blockers blockers={blocks} />}
        </li>
      ))}
    </ul>
  );
}

function describe({ application, state, transactionSeconds, wait, query }: AgedSession) {
  const open = transactionSeconds === null ? '' : `, in a transaction for ${duration(transactionSeconds)}`;
  return (
    <>
      {application === '' ? '' : `${application}, `}
      <span class={wait?.startsWith('Lock') ? 'warning' : ''}>
        {wait === null ? state : `waits for ${wait}`}
      </span>
      {open} <span class="quiet">{query.replace(/\s+/g, ' ').slice(0, 120)}</span>
    </>
  );
}

const marks: Readonly<Record<PoolEventKind, string>> = {
  exhausted: 'error',
  deadlock: 'error',
  lost: 'error',
  restarted: 'warning',
  'idle-in-transaction': 'warning',
  relieved: 'good',
  back: 'good',
};

export function Events({ events }: { readonly events: readonly PoolEvent[] }) {
  if (events.length === 0) return <p class="quiet">Nothing since you began to look.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above.
    <ul class="events" tabIndex={0}>
      {events.map(({ kind, at, since, times, message, advice }) => (
        <li key={`${since} ${message}`}>
          <time class="quiet">{clockTime(at)}</time> <span class={marks[kind]}>{message}</span>{' '}
          {times === 1 ? null : (
            <span>
              {times} times since {clockTime(since)}.{' '}
            </span>
          )}
          <span class="quiet">{advice}</span>
        </li>
      ))}
    </ul>
  );
}

export function Standbys({ standbys }: { readonly standbys: readonly StandbyLine[] }) {
  if (standbys.length === 0) return null;
  return (
    <section aria-label="Standbys">
      <h2>Standbys</h2>
      <ul class="events">
        {standbys.map(({ name, state, lagSeconds, lagBytes }) => (
          <li key={name}>
            <strong>{name}</strong> {state},{' '}
            {lagSeconds === null ? 'up to date' : `${duration(lagSeconds)} behind`}
            {lagBytes === null ? '' : ` (${lagBytes.toLocaleString('en')} bytes)`}
          </li>
        ))}
      </ul>
    </section>
  );
}
