/** Chooses who judges SQL, by the settings: the shadow database with the right schema, a live database, or nobody. */
import type { Logger } from '../base/logger.ts';
import type { Judge } from '../database/judge.ts';
import { liveJudge, shadowJudge } from '../database/judges.ts';
import type { LiveConnection } from '../database/live/live-connection.ts';
import type { SchemaProgress } from '../database/shadow/schema-progress.ts';
import { ShadowDatabase } from '../database/shadow/shadow-database.ts';
import { rememberingJudge } from '../database/verdict-memory.ts';
import { judgedDdl, judgedSource } from '../features/judging/judged-schema.ts';
import { type ProgramMemory, verdictKey } from '../storage/program-memory.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

export interface JudgeSourceOptions {
  /** The shadow's script. */
  readonly shadowEntry: string;
  readonly logger: Logger;
  /** Where verdicts are kept between sessions; null where nothing is kept. */
  readonly memory: ProgramMemory | null;
  /** Told while the schema is built, and null when that has ended; missing where nobody waits for it. */
  readonly building?: (progress: SchemaProgress | null) => void;
  /** The connection that checks use; rejects with a sentence for users. */
  readonly openForChecks: () => Promise<{ readonly label: string; readonly connection: LiveConnection }>;
}

interface SchemaJudge {
  readonly fingerprint: string;
  readonly judge: Judge;
  remember(): void;
}

/** The shadow is stopped when nothing was asked for so long: 5 minutes. */
const idleMs = 300_000;

export class JudgeSource {
  readonly #options: JudgeSourceOptions;
  readonly #shadow: ShadowDatabase;
  /** The same judge as long as its schema is the same: whoever holds verdicts of it need not ask again. */
  #current: SchemaJudge | null = null;
  /** The same judge as long as its connection is the same. */
  readonly #liveJudges = new WeakMap<LiveConnection, Judge>();
  #trusted = false;
  /** Why SQL is not judged although it should be; null where all is well. */
  problem: string | null = null;

  constructor(options: JudgeSourceOptions) {
    this.#options = options;
    this.#shadow = new ShadowDatabase({
      entry: options.shadowEntry,
      logger: options.logger,
      idleMs,
      ...(options.building && { building: options.building }),
    });
  }

  /** An untrusted workspace starts no process and no connection. */
  setTrusted(trusted: boolean): void {
    this.#trusted = trusted;
  }

  async judgeFor(workspace: WorkspaceSnapshot): Promise<Judge | null> {
    this.problem = null;
    const source = judgedSource(workspace);
    if (source === 'none') return null;
    if (!this.#trusted) {
      this.problem = 'The workspace is not trusted: no process is started, so PostgreSQL judges nothing';
      return null;
    }
    return source === 'database' ? this.#live() : this.#fromSchema(workspace, source);
  }

  /** Writes down what was said since the last time. */
  remember(): void {
    this.#current?.remember();
  }

  dispose(): void {
    this.remember();
    this.#shadow.dispose();
  }

  async #live(): Promise<Judge | null> {
    try {
      const { label, connection } = await this.#options.openForChecks();
      const judge = this.#liveJudges.get(connection) ?? liveJudge(label, connection);
      this.#liveJudges.set(connection, judge);
      return judge;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  async #fromSchema(workspace: WorkspaceSnapshot, source: 'models' | 'migrations'): Promise<Judge> {
    const { statements, fingerprint } = judgedDdl(workspace, source);
    if (this.#current?.fingerprint === fingerprint && this.#current.judge.name === source)
      return this.#current.judge;
    this.remember();
    const open = async () => {
      await this.#shadow.setSchema(statements, fingerprint);
      return shadowJudge(source, this.#shadow);
    };
    const { memory } = this.#options;
    if (memory === null) {
      this.#current = { fingerprint, judge: shadowJudge(source, this.#shadow), remember: () => {} };
      await open();
      return this.#current.judge;
    }
    const key = verdictKey(memory, fingerprint);
    const isCurrent = () => this.#current === current;
    const judge = rememberingJudge(source, { store: memory.store, key, isCurrent }, open);
    const current: SchemaJudge = { fingerprint, judge, remember: () => judge.remember() };
    this.#current = current;
    return judge;
  }
}
