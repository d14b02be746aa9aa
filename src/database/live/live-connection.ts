/**
 * One session on a PostgreSQL server: opened on first need, kept warm, opened again after a loss. Reads only, within
 * limits of time. What it reads is decided by the files beside this one.
 */

import type pg from 'pg';
import type { ClientConfig } from 'pg';
import { CatalogNames } from '../catalog-names.ts';
import { displayTarget, type PostgresTarget } from '../connection-url.ts';
import { DatabaseError, toDatabaseError } from '../database-error.ts';
import { orAbort } from '../or-abort.ts';
import { type DescribeOptions, errorVerdict, type Verdict, verdictOnNul } from '../verdict.ts';
import type { SessionLimits } from './client-settings.ts';
import { DescribeQuery } from './describe-query.ts';
import { destroyClient, openClient } from './open-client.ts';
import { isComplaint, ServerComplaint } from './server-complaint.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface LiveOptions extends Partial<SessionLimits> {
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
}

/** Attempts to connect are at least so far apart, doubled for each failure, so that a server in need is left in peace. */
const firstPauseMs = 250;
const longestPauseMs = 4000;
/** What an answer may be late beyond the server's own limit. */
const graceMs = 1000;

export class LiveConnection {
  readonly target: PostgresTarget;
  readonly #limits: SessionLimits;
  readonly #random: () => number;
  readonly #names: CatalogNames;
  #client: Promise<pg.Client> | null = null;
  #current: pg.Client | null = null;
  #settings: ClientConfig | null = null;
  #lastTurn: Promise<void> = Promise.resolve();
  #failures = 0;
  #notBefore = 0;
  #lastFailure: DatabaseError | null = null;
  #pid: number | null = null;
  #disposed = false;

  constructor(target: PostgresTarget, options: LiveOptions = {}) {
    this.target = target;
    this.#limits = { connectTimeoutMs: 4000, statementTimeoutMs: 3000, lockTimeoutMs: 500, ...options };
    this.#random = options.random ?? Math.random;
    this.#names = new CatalogNames(sql => this.#rowsAsText(sql));
  }

  /** The session's process id on the server while it is open. */
  get pid(): number | null {
    return this.#pid;
  }

  /**
   * Runs one query of ours in a read-only transaction of its own, in one round trip. Throws DatabaseError; an abort
   * rejects at once, and the server ends the query at its time limit.
   */
  async rows(sql: string, signal?: AbortSignal): Promise<readonly Row[]> {
    const result = await this.#guarded(client => client.query<Row>(this.#bounded(sql)), signal);
    return lastResult(result).rows;
  }

  /** Parsed and described by the server and never executed. Only a lost connection is an `unavailable`. */
  async describe(sql: string, { parameterTypes = [], signal }: DescribeOptions = {}): Promise<Verdict> {
    const nul = verdictOnNul(sql);
    if (nul) return nul;
    try {
      const types = await this.#names.oidsOf(parameterTypes);
      const { parameters, fields } = await this.#guarded(
        client => client.query(new DescribeQuery(sql, types)).result,
        signal,
      );
      this.#names.forgetColumns();
      return await this.#names.verdict(parameters, fields);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (error instanceof ServerComplaint && error.isJudgement) return errorVerdict(sql, error.fields);
      return { kind: 'unavailable', reason: this.#failure(error, 'query').message };
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

  /**
   * Statements sent together are one transaction, ended by the server whatever happens. The limits travel along since
   * behind PgBouncer a session's settings would stay with somebody else's connection.
   */
  #bounded(sql: string): string {
    return `SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${this.#limits.statementTimeoutMs};
      SET LOCAL lock_timeout = ${this.#limits.lockTimeoutMs}; ${sql}`;
  }

  async #rowsAsText(sql: string): Promise<(string | null)[][]> {
    const query = {
      text: this.#bounded(sql),
      rowMode: 'array' as const,
      types: { getTypeParser: () => String },
    };
    return lastResult(await this.#guarded(client => client.query<(string | null)[]>(query))).rows;
  }

  /**
   * A session that was kept from before may have died unheard, as when the server was started anew. What is sent is only
   * ever read or described, so it is sent once more on a fresh one.
   */
  async #guarded<T>(work: (client: pg.Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const kept = this.#current !== null;
    try {
      return await this.#once(work, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      const worthAnother = kept && error instanceof DatabaseError && error.reason === 'lost';
      if (!worthAnother || this.#disposed) throw error;
      return this.#once(work, signal);
    }
  }

  async #once<T>(work: (client: pg.Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return orAbort(
      this.#inTurn(async () => {
        signal?.throwIfAborted();
        const client = await this.#open();
        try {
          return await this.#inTime(client, work(client));
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
        reject(this.#failure(new Error('timed out: no answer came'), 'query'));
      }, this.#limits.statementTimeoutMs + graceMs);
    });
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  #open(): Promise<pg.Client> {
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
    const opened = await openClient(this.target, this.#limits, remembered, { onEnd });
    this.#settings = opened.settings;
    this.#current = opened.client;
    this.#pid = opened.pid;
    return opened.client;
  }

  #drop(client: pg.Client): void {
    if (this.#current !== client) return;
    this.#current = null;
    this.#client = null;
    this.#pid = null;
    this.#names.forget();
  }

  #noteSuccess(): void {
    this.#failures = 0;
    this.#lastFailure = null;
  }

  #noteFailure(error: unknown): void {
    this.#client = null;
    this.#lastFailure = this.#failure(error, 'connect');
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++);
    this.#notBefore = performance.now() + pause * (0.5 + this.#random() / 2);
  }

  #failure(error: unknown, phase: 'connect' | 'query'): DatabaseError {
    return toDatabaseError(error, { target: displayTarget(this.target), phase });
  }
}

/** pg answers several statements with an array, against its types. */
function lastResult<R extends { readonly rows: readonly unknown[] }>(result: R): R {
  return Array.isArray(result) ? (result.at(-1) as R) : result;
}
