/**
 * A PostgreSQL server as checks and views ask it, over one session: reads only, within limits of time. What it reads is
 * decided by the files beside this one.
 */
import type pg from 'pg';
import { CatalogNames } from '../catalog-names.ts';
import type { PostgresTarget } from '../connection-url.ts';
import { type DescribeOptions, errorVerdict, type Verdict, verdictOnNul } from '../verdict.ts';
import { defaultLimits, type SessionLimits } from './client-settings.ts';
import { DescribeQuery } from './describe-query.ts';
import { type AskedStatement, KeptPlans } from './kept-plans.ts';
import { KeptSession } from './kept-session.ts';
import { ServerComplaint } from './server-complaint.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface LiveOptions extends Partial<SessionLimits> {
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export class LiveConnection {
  readonly #session: KeptSession;
  readonly #limits: SessionLimits;
  readonly #names: CatalogNames;
  readonly #plans = new KeptPlans();

  constructor(target: PostgresTarget, { random, now, ...limits }: LiveOptions = {}) {
    this.#limits = { ...defaultLimits, ...limits };
    this.#names = new CatalogNames(sql => this.#rowsAsText(sql));
    this.#session = new KeptSession(target, {
      limits: this.#limits,
      random,
      now,
      onLost: () => this.#names.forget(),
    });
  }

  get target(): PostgresTarget {
    return this.#session.target;
  }

  /** The session's process id on the server while it is open. */
  get pid(): number | null {
    return this.#session.pid;
  }

  /**
   * Runs one query of ours in a read-only transaction of its own, in one round trip. Throws DatabaseError; an abort
   * rejects at once, and the server ends the query at its time limit.
   */
  async rows(sql: string, signal?: AbortSignal): Promise<readonly Row[]> {
    const result = await this.#session.ask(client => client.query<Row>(this.#bounded(sql)), signal);
    return lastResult(result).rows;
  }

  /** As `rows`; with the statement `forget` the session loses what the query left there, in the same round trip. */
  async rowsAndForget(sql: string, forget: string): Promise<readonly Row[]> {
    const answer: unknown = await this.#session.ask(client =>
      client.query(this.#bounded(`${sql}; ${forget}`)),
    );
    return (answer as readonly { readonly rows: readonly Row[] }[]).at(-2)?.rows ?? [];
  }

  /** As `rows`, where names mean what the server itself means by them, whatever a search path puts before that. */
  catalogRows(sql: string, signal?: AbortSignal): Promise<readonly Row[]> {
    return this.rows(`${ownNames}; ${sql}`, signal);
  }

  /**
   * What each of the statements over the catalog answers, a text a row: the row's only column. They are one transaction
   * and one round trip. For what is asked again and again: see KeptPlans. Throws and aborts as `rows` does.
   */
  async texts(
    statements: readonly (string | AskedStatement)[],
    signal?: AbortSignal,
  ): Promise<readonly (readonly string[])[]> {
    const asked = { preface: `${this.#limitsText}; ${ownNames}`, statements };
    const answer: unknown = await this.#session.ask(
      client => this.#plans.ask(client, asked, text => client.query({ ...asText, text })),
      signal,
    );
    const all = answer as readonly { readonly rows: readonly (readonly string[])[] }[];
    return all.slice(-statements.length).map(({ rows }) => rows.map(([text = '']) => text));
  }

  /** Parsed and described by the server and never executed. Only a lost connection is an `unavailable`. */
  async describe(sql: string, { parameterTypes = [], signal }: DescribeOptions = {}): Promise<Verdict> {
    const nul = verdictOnNul(sql);
    if (nul) return nul;
    try {
      const types = await this.#names.oidsOf(parameterTypes);
      const describe = (client: pg.Client) => client.query(new DescribeQuery(sql, types)).result;
      const { parameters, fields } = await this.#session.ask(describe, signal);
      this.#names.forgetColumns();
      return await this.#names.verdict(parameters, fields);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (error instanceof ServerComplaint && error.isJudgement) return errorVerdict(sql, error.fields);
      return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Closes the session; the object opens no other. */
  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /**
   * Statements sent together are one transaction, ended by the server whatever happens. The limits travel along since
   * behind PgBouncer a session's settings would stay with somebody else's connection.
   */
  get #limitsText(): string {
    return `SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${this.#limits.statementTimeoutMs};
      SET LOCAL lock_timeout = ${this.#limits.lockTimeoutMs}`;
  }

  #bounded(sql: string): string {
    return `${this.#limitsText}; ${sql}`;
  }

  async #rowsAsText(sql: string): Promise<(string | null)[][]> {
    const query = { ...asText, text: this.#bounded(sql) };
    return lastResult(await this.#session.ask(client => client.query<(string | null)[]>(query))).rows;
  }
}

/** Values as the server writes them. */
const asText = { rowMode: 'array' as const, types: { getTypeParser: () => String } };

/**
 * A user may be given a search path with views of the server's names before it, which would do in our name what they like.
 */
const ownNames = 'SET LOCAL search_path = pg_catalog';

/** pg answers several statements with an array, against its types. */
function lastResult<R extends { readonly rows: readonly unknown[] }>(result: R): R {
  return Array.isArray(result) ? (result.at(-1) as R) : result;
}
