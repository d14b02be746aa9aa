/**
 * What a client is told of pools: what changed, since most sessions rest and a server may have hundreds of them. Whole
 * first, and anew after a question for it.
 */
import { notificationType } from './message.ts';
import type { PoolConnection, PoolEvent, PoolReading, PoolsSnapshot, ServerReading } from './pools.ts';
import type { SessionLine } from './session-line.ts';

export interface PoolsNews {
  /** `ConnectionInfo.id` of all that are watched, in the order in which they are shown. */
  readonly order: readonly string[];
  /** The newest state of those that have one: a connection that nothing was heard of is not told again. */
  readonly changed: readonly ConnectionNews[];
}

export interface ConnectionNews extends Omit<PoolConnection, 'observation'> {
  readonly observation: Exclude<PoolReading, ServerReading> | ServerNews;
}

export interface ServerNews extends Omit<ServerReading, 'sessions' | 'events'> {
  readonly sessions: SessionsNews;
  /** Null where they are those that were told before. */
  readonly events: readonly PoolEvent[] | null;
}

export interface SessionsNews {
  /** Process ids of all that are listed, in their order; null where they are those that were told before. */
  readonly order: readonly number[] | null;
  /** Those that are not as they were told before. */
  readonly changed: readonly SessionNews[];
}

/** What changes from second to second. */
export type SessionDoing = Pick<
  SessionLine,
  'pid' | 'state' | 'stateSince' | 'transactionSince' | 'wait' | 'blockedBy' | 'query'
>;

/** The whole line, or what a session does that was told before and is else as it was. */
export type SessionNews = SessionLine | SessionDoing;

/** Server to client. */
export const poolsChanged = notificationType<PoolsNews>('pools/changed');

/**
 * The state after the news; what did not change is the same object as before. Who began to listen late is not shown a
 * part of a server: it waits for the whole.
 */
export function withNews({ connections }: PoolsSnapshot, { order, changed }: PoolsNews): PoolsSnapshot {
  const known = new Map(connections.map(each => [each.id, each]));
  for (const news of changed) {
    const observation = readingAfter(known.get(news.id)?.observation, news.observation);
    if (observation !== null) known.set(news.id, { ...news, observation });
  }
  return { connections: order.flatMap(id => known.get(id) ?? []) };
}

function readingAfter(
  before: PoolReading | undefined,
  news: ConnectionNews['observation'],
): PoolReading | null {
  if (news.kind !== 'observed') return news;
  const known = before?.kind === 'observed' ? before : null;
  const sessions = sessionsAfter(known?.sessions ?? null, news.sessions);
  const events = news.events ?? known?.events ?? null;
  return sessions && events && { ...news, sessions, events };
}

/** Null where the news is of sessions that were never told. */
function sessionsAfter(
  before: readonly SessionLine[] | null,
  { order, changed }: SessionsNews,
): readonly SessionLine[] | null {
  if (order === null && changed.length === 0) return before;
  const pids = order ?? before?.map(({ pid }) => pid);
  if (pids === undefined) return null;
  const lines = new Map((before ?? []).map(line => [line.pid, line]));
  for (const news of changed) {
    const known = lines.get(news.pid);
    if ('startedAt' in news) lines.set(news.pid, news);
    else if (known !== undefined) lines.set(news.pid, { ...known, ...news });
  }
  const sessions = pids.flatMap(pid => lines.get(pid) ?? []);
  return sessions.length === pids.length ? sessions : null;
}

/** All of it, for who knows nothing yet. */
export function wholeNews({ connections }: PoolsSnapshot): PoolsNews {
  return {
    order: connections.map(({ id }) => id),
    changed: connections.map(connection => connectionNews(null, connection)),
  };
}

/** `told`: what was told before, where the same line of a session is the same object; null for nothing. */
export function connectionNews(
  told: PoolReading | null,
  { observation, ...connection }: PoolConnection,
): ConnectionNews {
  if (observation.kind !== 'observed') return { ...connection, observation };
  const before = told?.kind === 'observed' ? told : null;
  const sessions = sessionsNews(before?.sessions ?? null, observation.sessions);
  const events = observation.events === before?.events ? null : observation.events;
  return { ...connection, observation: { ...observation, sessions, events } };
}

function sessionsNews(told: readonly SessionLine[] | null, sessions: readonly SessionLine[]): SessionsNews {
  if (told === null) return { order: sessions.map(({ pid }) => pid), changed: sessions };
  const sameOrder =
    told.length === sessions.length && told.every(({ pid }, index) => pid === sessions[index]?.pid);
  if (sameOrder) return { order: null, changed: changes(sessions, (_, index) => told[index]) };
  const known = new Map(told.map(line => [line.pid, line]));
  return { order: sessions.map(({ pid }) => pid), changed: changes(sessions, ({ pid }) => known.get(pid)) };
}

function changes(
  sessions: readonly SessionLine[],
  toldOf: (line: SessionLine, index: number) => SessionLine | undefined,
): readonly SessionNews[] {
  return sessions.flatMap((line, index) => {
    const told = toldOf(line, index);
    if (told === line) return [];
    return told !== undefined && isSameWorker(told, line) ? doingOf(line) : line;
  });
}

/** Whether all is the same but what it does. */
function isSameWorker(told: SessionLine, line: SessionLine): boolean {
  return (
    told.startedAt === line.startedAt &&
    told.application === line.application &&
    told.user === line.user &&
    told.client === line.client &&
    told.pool === line.pool &&
    told.code === line.code &&
    told.through === line.through
  );
}

function doingOf(line: SessionLine): SessionDoing {
  const { pid, state, stateSince, transactionSince, wait, blockedBy, query } = line;
  return { pid, state, stateSince, transactionSince, wait, blockedBy, query };
}
