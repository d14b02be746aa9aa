/** What a subcommand is: its name, its help, and a run that gives an exit code. */
import type { Writable } from 'node:stream';

/** 0: nothing found at the failing level. 1: findings. 2: usage or set-up error, such as a PostgreSQL that does not start. */
export type ExitCode = 0 | 1 | 2;

export interface CommandStreams {
  readonly output: Writable;
  readonly errors: Writable;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Command {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  readonly usage: string;
  /** What `--help` says beside it, a line each. */
  readonly details?: readonly string[];
  run(parameters: readonly string[], streams: CommandStreams): Promise<ExitCode>;
}
