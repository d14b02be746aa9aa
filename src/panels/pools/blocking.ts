/** Who blocks whom: sessions that hold a lock, and below each those that wait for it. Pure. */
import type { AgedSession } from '../../protocol/session-line.ts';

export interface Blocker {
  readonly pid: number;
  /** Null for a session that is not listed: another database's, or a prepared transaction (pid 0). */
  readonly session: AgedSession | null;
  readonly blocks: readonly Blocker[];
}

/** Roots wait for nobody; a circle, which the server will break soon, begins at its first session. */
export function blockingTree(sessions: readonly AgedSession[]): readonly Blocker[] {
  const byPid = new Map(sessions.map(session => [session.pid, session]));
  const waiting = sessions.filter(({ blockedBy }) => blockedBy.length > 0);
  const holders = [...new Set(waiting.flatMap(({ blockedBy }) => blockedBy))];
  const seen = new Set<number>();
  const grow = (pid: number): Blocker => {
    seen.add(pid);
    const blocked = waiting.filter(session => session.blockedBy.includes(pid) && !seen.has(session.pid));
    return { pid, session: byPid.get(pid) ?? null, blocks: blocked.map(({ pid: each }) => grow(each)) };
  };
  const roots = holders.filter(pid => (byPid.get(pid)?.blockedBy.length ?? 0) === 0).map(grow);
  const circles = waiting.flatMap(({ pid }) => (seen.has(pid) ? [] : [grow(pid)]));
  return [...roots, ...circles];
}
