/** Does what a user wants done about one session, and says in a sentence why it could not be done. */
import { DatabaseError } from '../../database/database-error.ts';
import { endSession } from '../../database/live/end-session.ts';
import { explainQuery, isWhole } from '../../database/live/explain-query.ts';
import type {
  QueryPlan,
  SessionEnd,
  SessionEndResult,
  SessionReference,
} from '../../protocol/session-actions.ts';
import type { SessionLine } from '../../protocol/session-line.ts';
import type { ConnectionDesk } from './connection-desk.ts';

export async function endWatchedSession(desk: ConnectionDesk, end: SessionEnd): Promise<SessionEndResult> {
  try {
    return { kind: await endSession(await desk.open(end.connection), end) };
  } catch (error) {
    return { kind: 'refused', message: messageOf(error) };
  }
}

/** `line`: the session as it was last seen. */
export async function explainWatchedSession(
  desk: ConnectionDesk,
  line: SessionLine | null,
  { connection }: SessionReference,
): Promise<QueryPlan> {
  if (line === null) return { kind: 'refused', message: 'The session has ended meanwhile.' };
  if (!isWhole(line.query))
    return {
      kind: 'refused',
      message:
        'The server keeps only the beginning of this statement. Raise track_activity_query_size to see it whole.',
    };
  try {
    const plan = await explainQuery(await desk.open(connection), line.query);
    return { kind: 'plan', text: `${line.query.trim()}\n\n${plan}\n` };
  } catch (error) {
    return { kind: 'refused', message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
