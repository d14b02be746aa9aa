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
  readonly changed: readonly SessionLine[];
}

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
  const lines = new Map([...(before ?? []), ...changed].map(line => [line.pid, line]));
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
  if (sameOrder) return { order: null, changed: sessions.filter((line, index) => line !== told[index]) };
  const known = new Set(told);
  return { order: sessions.map(({ pid }) => pid), changed: sessions.filter(line => !known.has(line)) };
}
