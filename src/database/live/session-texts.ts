/**
 * Sessions out of the rows that the server writes of them. A row that reads as it did before is the same session doing
 * the same: it is not read again, and whoever keeps the object from before sees so at once. Most sessions rest.
 */
import type { Session, SessionState } from '../activity.ts';
import { readRowText } from './row-text.ts';

export class SessionTexts {
  #known: ReadonlyMap<string, Session> = new Map();

  /** In their order; what is not among them is forgotten. */
  read(texts: readonly string[]): readonly Session[] {
    const known = new Map<string, Session>();
    const sessions = texts.map(text => {
      const session = this.#known.get(text) ?? readSession(text);
      known.set(text, session);
      return session;
    });
    this.#known = known;
    return sessions;
  }
}

/** The columns of the query for sessions. */
function readSession(text: string): Session {
  const [
    pid,
    startedAt,
    applicationName,
    user,
    database,
    client,
    state,
    waitEventType,
    waitEvent,
    transactionSince,
    stateSince,
    query,
    blockedBy,
  ] = readRowText(text);
  return {
    pid: Number(pid),
    startedAt: startedAt ?? '',
    applicationName: applicationName ?? '',
    user: user ?? '',
    database: database ?? '',
    clientAddress: client ?? null,
    state: readState(state),
    waitEventType: waitEventType ?? null,
    waitEvent: waitEvent ?? null,
    blockedBy: readPids(blockedBy),
    transactionSince: readMoment(transactionSince),
    stateSince: readMoment(stateSince),
    query: state === null ? '' : (query ?? ''),
  };
}

function readState(value: string | null | undefined): SessionState {
  switch (value) {
    case 'active':
    case 'idle':
    case 'idle in transaction':
    case 'idle in transaction (aborted)':
      return value;
    case null:
    case undefined:
      return 'hidden';
    default:
      return 'other';
  }
}

/** `{17,4}`; nothing where the server does not tell. */
function readPids(array: string | null | undefined): readonly number[] {
  return array ? (array.match(/\d+/g) ?? []).map(Number) : [];
}

function readMoment(seconds: string | null | undefined): number | null {
  return seconds ? Number(seconds) : null;
}
