/**
 * Sessions out of the portions that the server tells of them: see activityStatements. A portion whose digest is the one
 * that is known is not told again, and a row that reads as it did before is the same session doing the same: it is not
 * read again, and whoever keeps the object from before sees so at once. Most sessions rest.
 */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Session, SessionState } from '../activity.ts';
import { sessionPortions } from './activity-query.ts';
import { readRowText } from './row-text.ts';

/** Where a row stands in the text of all, and what it says. */
interface KnownRow {
  readonly start: number;
  readonly end: number;
  /** Seconds since 1970; 0 where it is not to be seen. */
  readonly began: number;
  /** It bears our name: nothing is told of it but the process id. */
  readonly isOurs: boolean;
  readonly session: Session;
}

interface Portion {
  readonly digest: string;
  /** Of the answer that the rows stand in. */
  readonly text: string;
  readonly rows: readonly KnownRow[];
}

export interface ListedSessions {
  /** Oldest first: the very array from before where none of them did anything. */
  readonly others: readonly Session[];
  readonly ours: number;
}

const nothingKnown: Portion = { digest: '', text: '', rows: [] };

export class SessionTexts {
  #portions: ReadonlyMap<number, Portion> = new Map();
  #ownPids: readonly number[] = [];
  #listed: ListedSessions = { others: [], ours: 0 };

  /** Of what is known, as an array of PostgreSQL. */
  get digests(): string {
    const known = Array.from({ length: sessionPortions + 1 }, (_, number) => this.#portions.get(number));
    return `{${known.map(portion => portion?.digest || 'NULL').join()}}`;
  }

  /** `text`: the portions; one that is not among them has no sessions any more. `ownPids`: sessions that are ours. */
  read(text: string, ownPids: readonly number[]): ListedSessions {
    const before = this.#portions;
    const portions = readPortions(text, before);
    const own = keepSameItems(this.#ownPids, ownPids);
    const isSame =
      portions.size === before.size && [...portions].every(([key, one]) => one === before.get(key));
    if (isSame && own === this.#ownPids) return this.#listed;
    this.#portions = portions;
    this.#ownPids = own;
    const rows = [...portions.values()].flatMap(portion => portion.rows);
    const others = rows.filter(({ isOurs, session }) => !isOurs && !own.includes(session.pid));
    others.sort((a, b) => a.began - b.began || a.session.pid - b.session.pid);
    this.#listed = {
      others: keepSameItems(
        this.#listed.others,
        others.map(({ session }) => session),
      ),
      ours: rows.length - others.length,
    };
    return this.#listed;
  }
}

function readPortions(text: string, before: ReadonlyMap<number, Portion>): ReadonlyMap<number, Portion> {
  const portions = new Map<number, Portion>();
  const heading = /(\d+):(-?\d*);/y;
  for (let found = heading.exec(text); found !== null; found = heading.exec(text)) {
    const [, number = '', digest = ''] = found;
    const known = before.get(Number(number)) ?? nothingKnown;
    const rows = readRows(text, heading.lastIndex, known);
    heading.lastIndex = rows.at(-1)?.end ?? heading.lastIndex;
    portions.set(Number(number), rows.length === 0 ? known : { digest, text, rows });
  }
  return portions;
}

/** As many as stand there. They mostly come in the order of before, so that the one that is expected next is the next. */
function readRows(
  text: string,
  from: number,
  { text: textBefore, rows: before }: Portion,
): readonly KnownRow[] {
  const rows: KnownRow[] = [];
  let places: ReadonlyMap<number, number> | null = null;
  let next = 0;
  for (let start = from; text[start] === '('; ) {
    const expected = before[next];
    // No whole row is the beginning of another one.
    if (expected !== undefined && text.startsWith(textBefore.slice(expected.start, expected.end), start)) {
      const end = start + expected.end - expected.start;
      rows.push({ ...expected, start, end });
      next++;
      start = end;
      continue;
    }
    const { columns, end } = readRowText(text, start);
    places ??= new Map(before.map(({ session: { pid } }, index) => [pid, index]));
    const place = places.get(Number(columns[0]));
    const known = place === undefined ? undefined : before[place];
    const isSame = known !== undefined && textBefore.slice(known.start, known.end) === text.slice(start, end);
    const session = isSame ? known.session : readSession(columns, known?.session ?? null);
    rows.push({ start, end, began: readMoment(columns[12]) ?? 0, isOurs: columns.length === 1, session });
    if (place !== undefined) next = place + 1;
    start = end;
  }
  return rows;
}

/** The columns of the query for sessions. `before`: what the session was, of which most stays. */
function readSession(columns: readonly (string | null)[], before: Session | null): Session {
  const [pid, startedAt, applicationName, user, database, client, state, waitEventType, waitEvent] = columns;
  const [transactionSince, stateSince, query, _began, blockedBy] = columns.slice(9);
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
