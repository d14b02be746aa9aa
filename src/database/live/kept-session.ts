/**
 * One session on a server: opened on first need, kept warm, opened again after a loss, used by one question at a time
 * and within limits of time. What is asked through it is its callers' business.
 */

import type pg from 'pg';
import type { ClientConfig } from 'pg';
import { once } from '../../base/once.ts';
import { displayTarget, type PostgresTarget } from '../connection-url.ts';
import { DatabaseError, noAnswer, toDatabaseError } from '../database-error.ts';
import { orAbort } from '../or-abort.ts';
import type { SessionLimits } from './client-settings.ts';
import { destroyClient, openClient } from './open-client.ts';
import { RefusedPassword } from './refused-password.ts';
import { isComplaint, ServerComplaint } from './server-complaint.ts';

export interface KeptSessionOptions {
  readonly limits: SessionLimits;
  /** From 0 to 1, for the jitter. */
  readonly random?: (() => number) | undefined;
  /** Milliseconds since 1970: a clock that goes on while the machine sleeps. */
  readonly now?: (() => number) | undefined;
  /** The session is over; the next question opens another. */
  readonly onLost?: () => void;
}

/** Attempts to connect are at least so far apart, doubled for each failure, so that a server in need is left in peace. */
const firstPauseMs = 250;
const longestPauseMs = 4000;
/**
 * A session that rested for longer is not trusted: the machine may have slept, and the network forgotten it without a
 * word. A new one costs less than waiting for an answer that does not come.
 */
const longestRestMs = 60_000;
/** What an answer may be late beyond the server's own limit. */
const graceMs = 1000;

export class KeptSession {
  readonly target: PostgresTarget;
  readonly #options: KeptSessionOptions;
  #client: Promise<pg.Client> | null = null;
  #current: pg.Client | null = null;
  #settings: ClientConfig | null = null;
  #lastTurn: Promise<void> = Promise.resolve();
  #failures = 0;
  #notBefore = 0;
  #lastFailure: DatabaseError | null = null;
  readonly #refused = new RefusedPassword();
  #pid: number | null = null;
  #lastUse = 0;
  #disposed = false;
  /** The last question that the server left without an answer. */
  #silence: { readonly at: number; readonly failure: DatabaseError } | null = null;

  constructor(target: PostgresTarget, options: KeptSessionOptions) {
    this.target = target;
    this.#options = options;
  }

  /** The session's process id on the server while it is open. */
  get pid(): number | null {
    return this.#pid;
  }

  /**
   * Asks when it is this question's turn. Throws DatabaseError, a ServerComplaint for what the server says against the
   * question; an abort rejects at once. A session that was kept from before may have died unheard, as when the server was
   * started anew: what is asked must bear being asked once more on a fresh one.
   */
  async ask<T>(question: (client: pg.Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const kept = this.#current !== null;
    try {
      return await this.#once(question, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      const worthAnother = kept && error instanceof DatabaseError && error.reason === 'lost';
      if (!worthAnother || this.#disposed) throw error;
      return this.#once(question, signal);
    }
  }

  /** Closes the session; the object opens no other. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const client = await this.#client?.catch(() => null);
    if (!client) return;
    const timer = setTimeout(() => destroyClient(client), graceMs);
    await client.end().catch(() => {});
    clearTimeout(timer);
  }

  async #once<T>(question: (client: pg.Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const asked = performance.now();
    return orAbort(
      this.#inTurn(async () => {
        signal?.throwIfAborted();
        // Who waited behind a question without an answer has waited long enough.
        if (this.#silence !== null && this.#silence.at >= asked) throw this.#silence.failure;
        const client = await this.#open();
        try {
          const answer = await this.#inTime(client, question(client));
          this.#lastUse = this.#now();
          return answer;
        } catch (error) {
          const failure = this.#failure(error, 'query');
          if (failure.reason === 'lost') this.#drop(client);
          throw isComplaint(error) ? new ServerComplaint(error, failure) : failure;
        }
      }),
      signal,
    );
  }

  /** One question at a time: pg would queue them too, but gives notice that it will not for ever. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  /** A server that is frozen or cut off cannot keep its own time limit; the session is given up for it. */
  async #inTime<T>(client: pg.Client, answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#drop(client);
        destroyClient(client);
        const failure = this.#failure(new Error(noAnswer), 'query');
        this.#silence = { at: performance.now(), failure };
        reject(failure);
      }, this.#options.limits.statementTimeoutMs + graceMs);
    });
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  #open(): Promise<pg.Client> {
    if (this.#current !== null && this.#now() - this.#lastUse > longestRestMs) this.#giveUp(this.#current);
    if (this.#client) return this.#client;
    if (this.#disposed) return Promise.reject(new DatabaseError('lost', 'The connection was closed.'));
    if (this.#lastFailure && performance.now() < this.#notBefore) return Promise.reject(this.#lastFailure);
    this.#client = this.#connect();
    this.#client.then(
      () => this.#noteSuccess(),
      error => this.#noteFailure(error),
    );
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const remembered = this.#settings;
    // What worked once need not be the way any more.
    this.#settings = null;
    const onEnd = (client: pg.Client) => this.#drop(client);
    const { target } = this;
    const { password, ...others } = this.#options.limits;
    const limits = { ...others, password: password && once(password) };
    await this.#refused.admit(target, limits);
    const opened = await openClient(target, limits, remembered, { onEnd }).catch(async (error: unknown) => {
      await this.#refused.note(this.#failure(error, 'connect'), target, limits);
      throw error;
    });
    this.#settings = opened.settings;
    this.#current = opened.client;
    this.#pid = opened.pid;
    this.#lastUse = this.#now();
    return opened.client;
  }

  /** Closed behind the back of whoever asks next; the server ends what hears of it. */
  #giveUp(client: pg.Client): void {
    this.#drop(client);
    const timer = setTimeout(() => destroyClient(client), graceMs);
    void client
      .end()
      .catch(() => {})
      .finally(() => clearTimeout(timer));
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #drop(client: pg.Client): void {
    if (this.#current !== client) return;
    this.#current = null;
    this.#client = null;
    this.#pid = null;
    this.#options.onLost?.();
  }

  #noteSuccess(): void {
    this.#failures = 0;
    this.#lastFailure = null;
    this.#refused.forget();
  }

  #noteFailure(error: unknown): void {
    this.#client = null;
    const failure = this.#failure(error, 'connect');
    this.#lastFailure = failure;
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++);
    this.#notBefore = performance.now() + pause * (0.5 + (this.#options.random ?? Math.random)() / 2);
  }

  #failure(error: unknown, phase: 'connect' | 'query'): DatabaseError {
    return toDatabaseError(error, { target: displayTarget(this.target), phase });
  }
}
