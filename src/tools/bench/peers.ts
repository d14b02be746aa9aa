/** Other tools on the same folder in the same run: a measure for the machine, not a contest. */
import { delimiter, dirname, join } from 'node:path';
import { run } from '../command.ts';
import { scaffoldEnvironment } from '../scaffold-environment.ts';
import { SetupError } from '../setup-error.ts';
import { type Cost, measuredRun } from './measured-run.ts';

export interface PeerCosts {
  /** `ruff check --select ALL` without its cache; null where it is not installed. */
  readonly ruff: Cost | null;
  readonly pyright: Cost | null;
}

const programs = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin');

export async function measurePeers(folder: string, signal: AbortSignal): Promise<PeerCosts> {
  const { python } = await scaffoldEnvironment(signal);
  const path = [dirname(python), programs, process.env.PATH ?? ''].join(delimiter);
  const env = { ...process.env, PATH: path };
  const measured = async (command: readonly [string, ...string[]]) =>
    (await isThere(command[0], env, signal)) ? measuredRun([...command, folder], env, signal) : null;
  return {
    ruff: await measured(['ruff', 'check', '--select', 'ALL', '--no-cache', '--quiet', '--exit-zero']),
    pyright: await measured(['pyright', '--stats']),
  };
}

async function isThere(command: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  try {
    return (await run(command, ['--version'], { env, signal })).code === 0;
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  }
}
