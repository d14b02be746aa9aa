/**
 * Sessions out of the rows that the server writes of them. A row that reads as it did before is the same session doing
 * the same: it is not read again, and whoever keeps the object from before sees so at once. Most sessions rest.
 */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Session, SessionState } from '../activity.ts';
import { readRowText } from './row-text.ts';

/** Where a row stands in the text of all, and what it says. */
interface KnownRow {
  readonly start: number;
  readonly end: number;
  readonly session: Session;
}

export interface ListedSessions {
  /** The very array from before where none of them did anything. */
  readonly others: readonly Session[];
  readonly ours: number;
}

export class SessionTexts {
  #text = '';
  #rows: readonly KnownRow[] = [];
  #others: readonly Session[] = [];

  /** `text`: rows that follow each other; what is not among them is forgotten. */
  read(text: string, isOurs: (session: Session) => boolean): ListedSessions {
    this.#rows = readRows(text, this.#text, this.#rows);
    this.#text = text;
    const others: Session[] = [];
    for (const { session } of this.#rows) if (!isOurs(session)) others.push(session);
    this.#others = keepSameItems(this.#others, others);
    return { others: this.#others, ours: this.#rows.length - others.length };
  }
}

/** Rows come in the order of before, so that the one that is expected next mostly is the next. */
function readRows(text: string, textBefore: string, before: readonly KnownRow[]): readonly KnownRow[] {
  const rows: KnownRow[] = [];
  let places: ReadonlyMap<number, number> | null = null;
  let next = 0;
  for (let start = 0; start < text.length; ) {
    const expected = before[next];
    // No whole row is the beginning of another one.
    if (expected !== undefined && text.startsWith(textBefore.slice(expected.start, expected.end), start)) {
      const end = start + expected.end - expected.start;
      rows.push({ start, end, session: expected.session });
      next++;
      start = end;
      continue;
    }
    const { columns, end } = readRowText(text, start);
    places ??= new Map(before.map(({ session: { pid } }, index) => [pid, index]));
    const place = places.get(Number(columns[0]));
    const known = place === undefined ? undefined : before[place];
    const isSame = known !== undefined && textBefore.slice(known.start, known.end) === text.slice(start, end);
    rows.push({ start, end, session: isSame ? known.session : readSession(columns, known?.session ?? null) });
    if (place !== undefined) next = place + 1;
    start = end;
  }
  return rows;
}

/** The columns of the query for sessions. `before`: what the session was, of which most stays. */
function readSession(columns: readonly (string | null)[], before: Session | null): Session {
  const [pid, startedAt, applicationName, user, database, client, state, waitEventType, waitEvent] = columns;
  const [transactionSince, stateSince, query, blockedBy] = columns.slice(9);
  return {
    pid: Number(pid),
    startedAt: kept(startedAt, before?.startedAt) ?? '',
    applicationName: kept(applicationName, before?.applicationName) ?? '',
    user: kept(user, before?.user) ?? '',
    database: kept(database, before?.database) ?? '',
    clientAddress: kept(client, before?.clientAddress),
    state: readState(state),
    waitEventType: kept(waitEventType, before?.waitEventType),
    waitEvent: kept(waitEvent, before?.waitEvent),
    blockedBy: readPids(blockedBy),
    transactionSince: readMoment(transactionSince),
    stateSince: readMoment(stateSince),
    query: state === null ? '' : (kept(query, before?.query) ?? ''),
  };
}

/** A piece of a text holds on to the whole of it: one that may be kept for long is copied, or the one from before taken. */
function kept(piece: string | null | undefined, before: string | null | undefined): string | null {
  if (piece === null || piece === undefined) return null;
  return piece === before ? before : Buffer.from(piece).toString();
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
