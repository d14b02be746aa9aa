/**
 * Asks a source for its state at an interval while somebody listens, one question at a time. A failure is news like an
 * observation, and makes the questions rarer. Knows nothing of connections: how to read is handed in.
 */
import { DatabaseError, type DatabaseFailure } from './database-error.ts';

export type MonitorEvent<Observation> =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | {
      readonly kind: 'failure';
      readonly reason: DatabaseFailure;
      /** A sentence for users. */
      readonly message: string;
      /** When the failures began, in milliseconds since 1970. */
      readonly since: number;
    };

/** Starts a timer and returns what cancels it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

export interface MonitorOptions<Observation> {
  /** Throws DatabaseError; rejects when aborted. */
  readonly read: (signal: AbortSignal) => Promise<Observation>;
  readonly intervalMs: number;
  readonly schedule?: Schedule;
  /** Milliseconds since 1970, for people; it may be set back and forth. */
  readonly now?: () => number;
  /** Milliseconds that only ever grow. */
  readonly elapsed?: () => number;
  /** From 0 to 1: many windows that lost one server do not come back to it at once. */
  readonly random?: () => number;
}

const longestPauseMs = 5000;
/** How much of a pause may be left out. */
const shareOfChance = 0.25;

export class Monitor<Observation> {
  readonly #options: Required<MonitorOptions<Observation>>;
  readonly #listeners = new Set<(event: MonitorEvent<Observation>) => void>();
  #latest: MonitorEvent<Observation> | null = null;
  #cancelTimer: (() => void) | null = null;
  #asking: AbortController | null = null;
  #failures = 0;

  constructor(options: MonitorOptions<Observation>) {
    this.#options = {
      schedule: scheduleTimeout,
      now: Date.now,
      elapsed: () => performance.now(),
      random: Math.random,
      ...options,
    };
  }

  /** The listener hears the latest news at once, if there is any. Call the result to stop listening. */
  listen(listener: (event: MonitorEvent<Observation>) => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#ask();
    else if (this.#latest) listener(this.#latest);
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#rest();
    };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#rest();
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const event = await this.#read(asking.signal);
    // Somebody may have stopped listening, and somebody else begun, while this was under way.
    if (this.#asking !== asking) return;
    this.#asking = null;
    this.#latest = event;
    this.#planNext();
    for (const listener of [...this.#listeners]) listener(event);
  }

  async #read(signal: AbortSignal): Promise<MonitorEvent<Observation>> {
    try {
      const observation = await this.#options.read(signal);
      this.#failures = 0;
      return { kind: 'observation', observation };
    } catch (error) {
      if (!signal.aborted) this.#failures++;
      const since = this.#latest?.kind === 'failure' ? this.#latest.since : this.#options.now();
      const reason = error instanceof DatabaseError ? error.reason : 'query';
      return {
        kind: 'failure',
        reason,
        message: error instanceof Error ? error.message : String(error),
        since,
      };
    }
  }

  #planNext(): void {
    const { intervalMs, schedule, random, elapsed } = this.#options;
    const pause = Math.min(Math.max(longestPauseMs, intervalMs), intervalMs * 2 ** (this.#failures - 1));
    const delay =
      this.#failures === 0 ? untilTick(intervalMs, elapsed()) : pause * (1 - shareOfChance * random());
    this.#cancelTimer = schedule(() => this.#ask(), delay);
  }

  #rest(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#asking?.abort();
    this.#asking = null;
    this.#latest = null;
    this.#failures = 0;
  }
}

/**
 * All monitors of one interval ask at the same moments: to wake once for ten of them costs a third of waking ten times. A
 * tick that is nearly there is the one that a timer came early for.
 */
function untilTick(intervalMs: number, elapsedMs: number): number {
  const left = intervalMs - (elapsedMs % intervalMs);
  return left < intervalMs / 10 ? left + intervalMs : left;
}

function scheduleTimeout(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
