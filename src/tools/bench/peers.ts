/** Other tools' time on the same folder, where they are installed: a measure for the machine, not a contest. */
import { delimiter, join } from 'node:path';
import { run } from '../command.ts';
import { SetupError } from '../setup-error.ts';

export interface PeerTime {
  /** With its version. */
  readonly name: string;
  readonly milliseconds: number;
}

const peers: readonly { readonly command: string; readonly check: readonly string[] }[] = [
  { command: 'ruff', check: ['check', '--select', 'ALL', '--no-cache', '--quiet', '--exit-zero'] },
  { command: 'pyright', check: ['--stats'] },
];

const programs = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin');

export async function timePeers(folder: string, signal: AbortSignal): Promise<readonly PeerTime[]> {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}${delimiter}${programs}` };
  const times: PeerTime[] = [];
  for (const { command, check } of peers) {
    const version = await versionOf(command, env, signal);
    if (version === null) continue;
    const started = performance.now();
    await run(command, [...check, folder], { env, signal });
    times.push({ name: version, milliseconds: performance.now() - started });
  }
  return times;
}

/** Null where the program is not installed. */
async function versionOf(
  command: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { code, stdout } = await run(command, ['--version'], { env, signal });
    return code === 0 ? (stdout.trim().split('\n').at(-1) ?? command) : null;
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}
