/** What happened at a server, newest first. What happens again and again is one event, so that it does not hide the others. Pure. */
import type { PoolEvent } from '../../protocol/pools.ts';

export type NewEvent = Omit<PoolEvent, 'at' | 'since' | 'times'>;

const keptEvents = 50;
/** Milliseconds after which the same is news again. */
const againMs = 60_000;

/** `at`: milliseconds since 1970. */
export function withEvents(
  before: readonly PoolEvent[],
  added: readonly NewEvent[],
  at: number,
): readonly PoolEvent[] {
  return added.reduceRight((events, event) => withEvent(events, event, at), before).slice(0, keptEvents);
}

function withEvent(before: readonly PoolEvent[], event: NewEvent, at: number): readonly PoolEvent[] {
  const same = before.find(({ kind, message }) => kind === event.kind && message === event.message);
  if (same === undefined || at - same.at > againMs) return [{ ...event, at, since: at, times: 1 }, ...before];
  const again = { ...event, at, since: same.since, times: same.times + 1 };
  return [again, ...before.filter(each => each !== same)];
}
