/** Which sessions a table shows, and in which order. Pure. */
import type { AgedSession } from '../../protocol/session-line.ts';

export type SessionColumn =
  | 'pid'
  | 'application'
  | 'user'
  | 'client'
  | 'state'
  | 'stateSeconds'
  | 'transactionSeconds'
  | 'wait'
  | 'query';

export interface SessionOrder {
  readonly column: SessionColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Every word must stand somewhere in the session, in any case; `busyOnly` leaves out what is at rest. */
export function filterSessions(
  all: readonly AgedSession[],
  filter: string,
  busyOnly: boolean,
): readonly AgedSession[] {
  const sessions = busyOnly ? all.filter(({ state }) => state !== 'idle') : all;
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (words.length === 0) return sessions;
  return sessions.filter(session => {
    const text = [
      session.pid,
      session.application,
      session.user,
      session.client,
      session.state,
      session.wait,
      session.query,
      session.code?.text,
      session.through,
    ]
      .join('\n')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** What is not known stands last in either direction; equals keep their order. */
export function sortSessions(
  sessions: readonly AgedSession[],
  { column, direction }: SessionOrder,
): readonly AgedSession[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return sessions.toSorted((a, b) => {
    const [one, other] = [a[column], b[column]];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return sign * (one < other ? -1 : one > other ? 1 : 0);
  });
}
