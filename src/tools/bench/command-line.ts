/** The built command line on one folder: reading it, checking it with nothing kept, and again with nothing changed. */
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Cost, measuredRun } from './measured-run.ts';

export interface CommandLineCosts {
  /** `dbpatterns models`: from nothing to all models. */
  readonly read: Cost;
  readonly check: Cost;
  readonly checkAgain: Cost;
}

const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js');

export async function measureCommandLine(folder: string, signal: AbortSignal): Promise<CommandLineCosts> {
  await using cache = await temporaryFolder('bench');
  const env = { ...process.env, XDG_CACHE_HOME: cache.path };
  const cost = (...parameters: readonly string[]) =>
    measuredRun([process.execPath, program, ...parameters], env, signal);
  const check = () => cost('check', folder, '--fail-on', 'never');
  return { read: await cost('models', folder), check: await check(), checkAgain: await check() };
}
