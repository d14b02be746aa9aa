/**
 * A handle on one run of the shadow's process: sends requests, gives back replies in order, and tells which request was
 * being answered when it died or hung. Does not restart anything.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { Logger } from '../../base/logger.ts';
import type { ShadowReply, ShadowRequest } from './messages.ts';
import type { SchemaProgress } from './schema-progress.ts';

export type RequestBody = ShadowRequest extends infer R
  ? R extends ShadowRequest
    ? Omit<R, 'id'>
    : never
  : never;

/** The process ended, or was ended since it hung, before this request was answered. */
export class ShadowDiedError extends Error {
  /** True for the request that was being answered; the ones behind it had no part in it. */
  readonly culprit: boolean;

  constructor(message: string, culprit: boolean) {
    super(message);
    this.culprit = culprit;
  }
}

const late = 'it did not answer in time';

interface Pending {
  readonly id: number;
  readonly timeoutMs: number;
  readonly progressed: (progress: SchemaProgress) => void;
  readonly resolve: (reply: ShadowReply) => void;
  readonly reject: (error: ShadowDiedError) => void;
}

export class ShadowChild {
  readonly #process: ChildProcess;
  readonly #logger: Logger;
  readonly #pending: Pending[] = [];
  readonly #killWithParent = () => this.#process.kill('SIGKILL');
  #nextId = 1;
  #timer: NodeJS.Timeout | undefined;
  #ending: string | null = null;
  #lastWords = '';

  constructor(entry: string, logger: Logger) {
    this.#logger = logger;
    this.#process = fork(entry, [], {
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-2000);
    });
    this.#process.on('message', (reply: ShadowReply) => this.#receive(reply));
    this.#process.on('error', error => this.#end(error.message));
    this.#process.on('exit', (code, signal) => {
      if (this.#ending === null)
        logger.warn(`The shadow database ended (${signal ?? code}). ${this.#lastWords}`);
      this.#end(`it ended (${signal ?? code})`);
    });
    // A child that hangs does not notice that its parent is gone.
    process.once('exit', this.#killWithParent);
  }

  get alive(): boolean {
    return this.#ending === null;
  }

  /** True where it was ended since it did not answer in time: it would not another time either. */
  get hung(): boolean {
    return this.#ending === late;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Rejects with ShadowDiedError. The time counts from when the child has nothing else to answer, or told of progress. */
  request(
    body: RequestBody,
    timeoutMs: number,
    progressed: (progress: SchemaProgress) => void = () => {},
  ): Promise<ShadowReply> {
    if (this.#ending !== null) return Promise.reject(new ShadowDiedError(this.#ending, false));
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#pending.push({ id, timeoutMs, progressed, resolve, reject });
      if (this.#pending.length === 1) this.#watch();
      this.#process.send({ ...body, id });
    });
  }

  kill(reason: string): void {
    this.#end(reason);
  }

  #receive(reply: ShadowReply): void {
    const oldest = this.#pending[0];
    if (oldest?.id !== reply.id) {
      this.#end('it answered out of order');
      return;
    }
    if (reply.kind === 'problem') {
      this.#logger.warn(`The shadow database: ${reply.problem.message}`);
      return;
    }
    if (reply.kind === 'progress') {
      this.#watch();
      oldest.progressed({ done: reply.done, total: reply.total });
      return;
    }
    this.#pending.shift();
    this.#watch();
    oldest.resolve(reply);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const oldest = this.#pending[0];
    if (oldest) this.#timer = setTimeout(() => this.#end(late), oldest.timeoutMs);
  }

  #end(reason: string): void {
    if (this.#ending !== null) return;
    this.#ending = reason;
    clearTimeout(this.#timer);
    process.off('exit', this.#killWithParent);
    this.#process.kill('SIGKILL');
    for (const [index, pending] of this.#pending.splice(0).entries()) {
      pending.reject(new ShadowDiedError(reason, index === 0));
    }
  }
}
