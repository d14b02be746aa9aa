/** Runs one command to its end and returns what it printed; leaves programs that keep running to service.ts. */
import { spawn } from 'node:child_process';
import { guard } from './guard.ts';
import { signalGroup } from './process-group.ts';
import { SetupError } from './setup-error.ts';

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Run as this user; only root may. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly signal?: AbortSignal | undefined;
};

export type CommandResult = {
  /** The exit code, or 128 for a command ended by a signal. */
  readonly code: number;
  readonly stdout: string;
  /** Standard output and standard error in the order in which they came. */
  readonly output: string;
};

/**
 * Runs a command with its own process group, without a terminal and without a shell.
 * Any exit code is a result. Throws a SetupError when the command does not exist, and the signal's reason when aborted.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    ...options.user,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const unguard = child.pid === undefined ? () => {} : guard({ kind: 'group', pid: child.pid });
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    all.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
  const end = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  options.signal?.addEventListener('abort', end);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', error =>
        reject(new SetupError(`${command} could not be started: ${error.message}.`)),
      );
      child.once('close', exit => resolve(exit ?? 128));
    });
    options.signal?.throwIfAborted();
    return { code, stdout: text(stdout), output: text(all) };
  } finally {
    options.signal?.removeEventListener('abort', end);
    unguard();
  }
}

/** Thrown by runOrThrow: what was run, and everything it printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly result: CommandResult;

  constructor(what: string, result: CommandResult) {
    super(`${what} failed with exit code ${result.code}.\n${result.output.trim()}`);
    this.result = result;
  }
}

/** As `run`, for commands that must succeed: any other exit code than 0 is thrown as a CommandError. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await run(command, args, options);
  if (result.code !== 0) throw new CommandError([command, ...args].join(' '), result);
  return result;
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
