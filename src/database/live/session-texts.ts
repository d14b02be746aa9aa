/**
 * Sessions out of the portions that the server tells of them: see activityStatements. A portion whose digest is the one
 * that is known is not told again, and a row that reads as it did before is the same session doing the same: it is not
 * read again, and whoever keeps the object from before sees so at once. Most sessions rest; of one that does not, only
 * what it does is read.
 */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Session, SessionState } from '../activity.ts';
import { sessionPortions } from './activity-query.ts';
import { readColumns } from './row-text.ts';

/** Where a row stands in the text of all, and what it says. */
interface KnownRow {
  readonly start: number;
  readonly end: number;
  /** Where behind `start` the comma stands behind which it tells what the session does. */
  readonly doing: number;
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
function readRows(text: string, from: number, before: Portion): readonly KnownRow[] {
  const rows: KnownRow[] = [];
  let places: ReadonlyMap<number, number> | null = null;
  let next = 0;
  const rowAt = (index: number, start: number): KnownRow | null => {
    const row = before.rows[index];
    return row !== undefined && isSessionAt(text, start, row, before.text) ? row : null;
  };
  for (let start = from; text[start] === '('; ) {
    let known = rowAt(next, start);
    if (known === null) {
      places ??= new Map(before.rows.map(({ session: { pid } }, index) => [pid, index]));
      next = places.get(Number.parseInt(text.slice(start + 1, start + longestPid), 10)) ?? next;
      known = rowAt(next, start);
    }
    const row = known === null ? readNewRow(text, start) : readKnownRow(text, start, known, before.text);
    rows.push(row);
    if (row.session.pid === before.rows[next]?.session.pid) next++;
    start = row.end;
  }
  return rows;
}

const longestPid = 12;

/** Whether what tells who the session is stands there: all but what it does. */
function isSessionAt(text: string, start: number, { start: from, doing }: KnownRow, before: string): boolean {
  return isSameText(text, start, before, from, doing + 1);
}

/** Two pieces are compared at once; `startsWith` goes from character to character, which takes ten times as long. */
function isSameText(text: string, start: number, before: string, from: number, length: number): boolean {
  return text.slice(start, start + length) === before.slice(from, from + length);
}

/** Of a session that is the known one. */
function readKnownRow(text: string, start: number, known: KnownRow, before: string): KnownRow {
  const { doing, began, isOurs, session } = known;
  // No whole row is the beginning of another one.
  const length = known.end - known.start;
  if (isSameText(text, start, before, known.start, length))
    return { start, end: start + length, doing, began, isOurs, session };
  const { columns, end } = readColumns(text, start + doing);
  return { start, end: end + 1, doing, began, isOurs, session: sessionOf(session, columns) };
}

function readNewRow(text: string, start: number): KnownRow {
  const { columns, end } = readColumns(text, start, identityColumns);
  const [pid, startedAt, began, applicationName, user, database, client] = columns;
  const isOurs = columns.length === 1;
  const rest = isOurs ? { columns: [], end } : readColumns(text, end);
  const identity = {
    pid: Number(pid),
    startedAt: copied(startedAt ?? ''),
    applicationName: copied(applicationName ?? ''),
    user: copied(user ?? ''),
    database: copied(database ?? ''),
    clientAddress: client ? copied(client) : null,
  };
  const session = sessionOf(identity, rest.columns);
  return { start, end: rest.end + 1, doing: end - start, began: readMoment(began) ?? 0, isOurs, session };
}

/** Of the columns of the query for sessions, those that tell who it is. */
const identityColumns = 7;

type Identity = Pick<
  Session,
  'pid' | 'startedAt' | 'applicationName' | 'user' | 'database' | 'clientAddress'
>;

/** Written out: to spread one object into another takes longer than all the reading. */
function sessionOf(identity: Identity & Partial<Session>, columns: readonly (string | null)[]): Session {
  const [state, waitEventType, waitEvent, transactionSince, stateSince, query = null, blockedBy] = columns;
  return {
    pid: identity.pid,
    startedAt: identity.startedAt,
    applicationName: identity.applicationName,
    user: identity.user,
    database: identity.database,
    clientAddress: identity.clientAddress,
    state: readState(state),
    waitEventType: named(waitEventType),
    waitEvent: named(waitEvent),
    blockedBy: readPids(blockedBy),
    transactionSince: readMoment(transactionSince),
    stateSince: readMoment(stateSince),
    query: queryOf(state, query, identity.query),
  };
}

/** `before`: of the same session, which most often is still the last. */
function queryOf(state: string | null | undefined, query: string | null, before: string | undefined): string {
  if (state === null || query === null) return '';
  return query === before ? before : copied(query);
}

/**
 * A piece of a text holds on to the whole of it, and this one may be kept for long. To put it together with something
 * and to cut that off again makes a text of its own.
 */
function copied(piece: string): string {
  return ` ${piece}`.slice(1);
}

/** There are a few hundred names of what sessions wait for: each is copied once. */
const names = new Map<string, string>();

function named(piece: string | null | undefined): string | null {
  if (piece === null || piece === undefined) return null;
  const known = names.get(piece);
  if (known !== undefined) return known;
  const name = copied(piece);
  names.set(name, name);
  return name;
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
  return array && array !== '{}' ? (array.match(/\d+/g) ?? []).map(Number) : nobody;
}

const nobody: readonly number[] = [];

function readMoment(seconds: string | null | undefined): number | null {
  return seconds ? Number(seconds) : null;
}
