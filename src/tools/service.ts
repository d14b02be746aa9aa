/**
 * A program that keeps running (a server, a traffic generator) until it is stopped: with everything it started,
 * and for certain, even when this process dies first. Waiting for it to be ready is the caller's business.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { guard } from './guard.ts';
import { groupIsAlive, signalGroup } from './process-group.ts';

export type ServiceOptions = {
  /** How the program is called in messages. */
  readonly name: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Run as this user; only root may. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** How long the program may take to end when it is asked to, before it is made to. */
  readonly graceMs?: number;
  /** Receives everything the program prints. */
  readonly onOutput?: (text: string) => void;
};

const KEPT_OUTPUT = 20_000;
const STOP_GRACE_MS = 5000;
const KILL_GRACE_MS = 2000;

export class Service implements AsyncDisposable {
  readonly name: string;
  /** Settles with the exit code when the program ends, by itself or by `stop`. */
  readonly exited: Promise<number>;
  readonly #child: ChildProcess;
  readonly #unguard: () => void;
  readonly #graceMs: number;
  #output = '';
  #ended = false;

  constructor(command: string, args: readonly string[], options: ServiceOptions) {
    this.name = options.name;
    this.#graceMs = options.graceMs ?? STOP_GRACE_MS;
    this.#child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      ...options.user,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = this.#child;
    this.#unguard = pid === undefined ? () => {} : guard({ kind: 'group', pid });
    const keep = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      this.#output = (this.#output + text).slice(-KEPT_OUTPUT);
      options.onOutput?.(text);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.exited = new Promise(resolve => {
      const end = (code: number) => {
        this.#ended = true;
        resolve(code);
      };
      this.#child.once('error', error => {
        this.#output += error.message;
        end(127);
      });
      this.#child.once('exit', code => end(code ?? 128));
    });
  }

  /** The last part of what the program printed, for messages about its failure. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Waits until `isReady` says so; throws when the program ends first, the time is over or the signal is aborted. */
  async waitUntil(
    isReady: () => boolean | Promise<boolean>,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    const deadline = Date.now() + options.timeoutMs;
    while (!(await isReady())) {
      options.signal?.throwIfAborted();
      if (this.#ended) throw new Error(`${this.name} ended before it was ready.\n${this.#output.trim()}`);
      if (Date.now() > deadline) {
        throw new Error(
          `${this.name} was not ready after ${options.timeoutMs / 1000} seconds.\n${this.#output.trim()}`,
        );
      }
      await delay(50);
    }
  }

  /** Asks the whole process group to end, insists after some seconds, and returns when nothing is left of it. */
  async stop(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    signalGroup(pid, 'SIGINT');
    if (!(await this.#isGoneWithin(pid, this.#graceMs))) {
      signalGroup(pid, 'SIGKILL');
      await this.#isGoneWithin(pid, KILL_GRACE_MS);
    }
    this.#unguard();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** To the program and all that it started: `SIGSTOP` freezes them, `SIGCONT` lets them go on. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid !== undefined) signalGroup(pid, signal);
  }

  async #isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
    const deadline = Date.now() + milliseconds;
    while (groupIsAlive(pid)) {
      if (Date.now() > deadline) return false;
      await delay(20);
    }
    return true;
  }
}
