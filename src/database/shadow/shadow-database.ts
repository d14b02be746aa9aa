/**
 * The built-in PostgreSQL that judges statements: holds the wanted schema, starts its process on first need, stops it
 * when idle and starts it again when it dies. Every question gets a verdict; none is ever a rejection but for an abort.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from '../../base/logger.ts';
import type { DdlStatement } from '../../schema/ddl.ts';
import type { SqlQuestion } from '../judge.ts';
import { orAbort } from '../or-abort.ts';
import { SharedColumns } from '../shared-columns.ts';
import type { DescribeOptions, UnavailableVerdict, Verdict } from '../verdict.ts';
import type { PgliteFiles } from './open-pglite.ts';
import type { SchemaProgress } from './schema-progress.ts';
import { ShadowChild, ShadowDiedError } from './shadow-child.ts';

export interface ShadowOptions {
  /** The child's script: `dist/shadow.js`, or `shadow-process.ts` where Node runs TypeScript. */
  readonly entry: string;
  /** A file of `writeShadowSnapshot`; by default `shadow.tar.gz` beside the script. Without one each start runs initdb. */
  readonly snapshot?: string;
  readonly logger: Logger;
  /** The process is stopped when nothing was asked for so long. */
  readonly idleMs: number;
  /** A statement that takes longer is given up, and the process with it. 2000 by default. */
  readonly hangMs?: number;
  /** Told while a schema is built, and null when it stands or could not be built. */
  readonly building?: (progress: SchemaProgress | null) => void;
}

/** Generous, since machines differ: a start takes under a second, and the next part of a schema a tenth of one. */
const startTimeoutMs = 60_000;
const schemaTimeoutMs = 120_000;
/** So many statements are on their way to the child at once: enough that it never waits, few enough to drop. */
const window = 64;
/** A start that fails again and again is not tried for every statement. */
const startPauseMs = 30_000;

export class ShadowDatabase implements Disposable {
  readonly #options: ShadowOptions;
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #columns = new SharedColumns();
  #child: ShadowChild | null = null;
  #ready: Promise<ShadowChild> | null = null;
  #statements: readonly DdlStatement[] = [];
  #fingerprint: string | null = null;
  #applied: Promise<void> | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #busy = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #failure: string | null = null;
  #disposed = false;

  constructor(options: ShadowOptions) {
    this.#options = options;
  }

  /** Why the process did not start, if it ever failed to: statements that were asked about then are not judged. */
  get failure(): string | null {
    return this.#failure;
  }

  /** The child's process id while it runs, for diagnostics. */
  get pid(): number | undefined {
    return this.#child?.alive ? this.#child.pid : undefined;
  }

  /** Starts the process before anything is asked: what its start takes is spent beside other work. */
  start(): void {
    void this.#counted(() => this.#start().catch(() => null));
  }

  /**
   * Makes this the schema that statements are judged against from now on. The same fingerprint asks for nothing.
   * Its tables are built when statements name them. Where the process cannot run, the verdicts say why.
   */
  setSchema(statements: readonly DdlStatement[], fingerprint: string): Promise<void> {
    if (fingerprint === this.#fingerprint && this.#applied) return this.#applied;
    this.#statements = statements;
    this.#fingerprint = fingerprint;
    this.#verdicts.clear();
    this.#columns.clear();
    this.#applied = this.#counted(() => this.#sendSchema(1));
    return this.#applied;
  }

  /** Parsed and described against the schema that was set last; rejects only with the signal's reason. */
  describe(sql: string, { parameterTypes = [], signal }: DescribeOptions = {}): Promise<Verdict> {
    return this.#answer({ sql, parameterTypes }, signal);
  }

  #answer(question: SqlQuestion, signal?: AbortSignal): Promise<Verdict> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const key = keyOf(question);
    const known = this.#verdicts.get(key);
    const verdict = known ?? this.#counted(() => this.#ask(question));
    if (!known) this.#remember(key, verdict);
    return orAbort(verdict, signal);
  }

  /** One verdict for each question, in their order. */
  async describeAll(questions: readonly SqlQuestion[], signal?: AbortSignal): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = new Array(questions.length);
    const queue = questions.entries();
    const worker = async () => {
      for (const [index, question] of queue) {
        signal?.throwIfAborted();
        verdicts[index] = await this.#answer(question);
      }
    };
    await Promise.all(Array.from({ length: Math.min(window, questions.length) }, worker));
    return verdicts;
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop('it was stopped');
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  async #ask(question: SqlQuestion): Promise<Verdict> {
    // A statement that was answered for when the process died is tried once more: it may have been another's fault.
    for (let deaths = 0; deaths < 2; ) {
      const fingerprint = this.#fingerprint;
      try {
        const child = await this.#start();
        const reply = await child.request({ kind: 'describe', ...question }, this.#options.hangMs ?? 2000);
        // A schema that came in between may have overtaken the statement.
        if (reply.kind === 'verdict' && fingerprint === this.#fingerprint)
          return this.#columns.in(reply.verdict);
      } catch (error) {
        if (!(error instanceof ShadowDiedError))
          return unavailable(`The built-in PostgreSQL could not start: ${said(error)}.`);
        if (this.#disposed) return unavailable('The built-in PostgreSQL was stopped.');
        if (error.culprit) deaths++;
      }
    }
    return unavailable('The built-in PostgreSQL failed on this statement twice.');
  }

  async #sendSchema(retries: number): Promise<void> {
    const running = this.#child?.alive ? this.#child : null;
    if (!running) {
      // A start builds the schema itself.
      await this.#start().catch(() => null);
      return;
    }
    try {
      await this.#build(running, this.#statements);
    } catch (error) {
      if (!(error instanceof ShadowDiedError) || this.#disposed || retries === 0) return;
      return this.#sendSchema(retries - 1);
    }
  }

  /** A running child with the current schema. Rejects where it cannot be had. */
  #start(): Promise<ShadowChild> {
    if (this.#ready && this.#child?.alive) return this.#ready;
    if (this.#disposed) return Promise.reject(new ShadowDiedError('it was stopped', false));
    if (performance.now() - this.#failedAt < startPauseMs)
      return Promise.reject(new Error('it failed to start a moment ago'));
    this.#ready = this.#prepare(1);
    return this.#ready;
  }

  /** A process that something else ended is started once more. */
  async #prepare(retries: number): Promise<ShadowChild> {
    const child = new ShadowChild(this.#options.entry, this.#options.logger);
    const statements = this.#statements;
    this.#child = child;
    try {
      await child.request({ kind: 'start', files: this.#files() }, startTimeoutMs);
      // Others that were set meanwhile were sent to it at once.
      if (statements === this.#statements && statements.length > 0) await this.#build(child, statements);
      return child;
    } catch (error) {
      if (this.#disposed) throw error;
      if (error instanceof ShadowDiedError && !child.hung && retries > 0)
        return this.#again(child, retries - 1);
      this.#failedAt = performance.now();
      this.#failure = said(error);
      throw new Error(said(error));
    }
  }

  /** Another question may have noticed first that the child is gone, or the process may be wanted no more. */
  #again(child: ShadowChild, retries: number): Promise<ShadowChild> {
    if (this.#child === child) return this.#prepare(retries);
    return this.#ready ?? Promise.reject(new ShadowDiedError('it was stopped', false));
  }

  async #build(child: ShadowChild, statements: readonly DdlStatement[]): Promise<void> {
    const { building = () => {} } = this.#options;
    try {
      await child.request({ kind: 'schema', statements }, schemaTimeoutMs, building);
    } finally {
      building(null);
    }
  }

  #files(): PgliteFiles {
    const folder = dirname(this.#options.entry);
    const snapshot = this.#options.snapshot ?? join(folder, 'shadow.tar.gz');
    return {
      assets: existsSync(join(folder, 'pglite.wasm')) ? folder : null,
      snapshot: existsSync(snapshot) ? snapshot : null,
    };
  }

  #remember(key: string, verdict: Promise<Verdict>): void {
    this.#verdicts.set(key, verdict);
    void verdict.then(({ kind }) => {
      // A later start may succeed, so only judgements are kept.
      if (kind === 'unavailable' && this.#verdicts.get(key) === verdict) this.#verdicts.delete(key);
    });
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    clearTimeout(this.#idleTimer);
    try {
      return await work();
    } finally {
      if (--this.#busy === 0 && !this.#disposed) {
        this.#idleTimer = setTimeout(() => this.#stop('it was idle'), this.#options.idleMs);
        this.#idleTimer.unref();
      }
    }
  }

  #stop(reason: string): void {
    clearTimeout(this.#idleTimer);
    this.#child?.kill(reason);
    this.#child = null;
    this.#ready = null;
  }
}

function keyOf({ sql, parameterTypes, at }: SqlQuestion): string {
  const typed = parameterTypes.some(type => type !== null) ? `${sql}\0${parameterTypes.join()}` : sql;
  return at === undefined ? typed : `${typed}\0${JSON.stringify(at)}`;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unavailable(reason: string): UnavailableVerdict {
  return { kind: 'unavailable', reason };
}
