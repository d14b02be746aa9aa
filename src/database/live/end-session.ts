/** Ends what a session of a server does, or the session. The only thing that we ever change on a live server. */
import type { LiveConnection } from './live-connection.ts';

export interface SessionToEnd {
  readonly pid: number;
  /** As `Session.startedAt`: the process id alone may be another session's by now. */
  readonly startedAt: string;
  readonly how: 'cancel' | 'terminate';
}

/** `gone`: there is no such session any more. Throws DatabaseError, as where the user may not end it. */
export async function endSession(
  connection: LiveConnection,
  { pid, startedAt, how }: SessionToEnd,
): Promise<'done' | 'gone'> {
  const rows = await connection.catalogRows(
    `SELECT pg_${how}_backend(pid) AS done FROM pg_stat_activity
     WHERE pid = ${Math.trunc(pid)} AND backend_start::text = '${startedAt.replaceAll("'", "''")}'`,
  );
  return rows[0]?.done === true ? 'done' : 'gone';
}
