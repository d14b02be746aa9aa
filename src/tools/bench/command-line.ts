/**
 * The built command line on one folder: reading it, checking it with nothing kept, again with nothing changed, and once
 * more with one file changed. Works on a copy.
 */
import { appendFileSync, cpSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Cost, measuredRun } from './measured-run.ts';

export interface CommandLineCosts {
  /** `dbpatterns models`: from nothing to all models. */
  readonly read: Cost;
  readonly check: Cost;
  readonly checkAgain: Cost;
  readonly checkEdited: Cost;
  /** The name of the file that was changed. */
  readonly edited: string;
}

const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js');

export async function measureCommandLine(folder: string, signal: AbortSignal): Promise<CommandLineCosts> {
  await using cache = await temporaryFolder('bench');
  await using copy = await temporaryFolder('bench');
  const copied = join(copy.path, basename(folder));
  cpSync(folder, copied, { recursive: true, filter: path => basename(path) !== '.git' });
  const env = { ...process.env, XDG_CACHE_HOME: cache.path };
  const cost = (...parameters: readonly string[]) =>
    measuredRun([process.execPath, program, ...parameters], env, signal);
  const check = () => cost('check', copied, '--fail-on', 'never');
  const read = await cost('models', copied);
  const [first, again] = [await check(), await check()];
  const edited = fileToEdit(copied);
  appendFileSync(edited, '\n\ndef added_by_the_measurement():\n    return 1\n');
  return { read, check: first, checkAgain: again, checkEdited: await check(), edited: basename(edited) };
}

/** The one in the middle of those that ask a session. */
function fileToEdit(folder: string): string {
  const files = globSync('**/*.py', { cwd: folder }).sort();
  const asking = files.filter(name =>
    /session\.(?:execute|scalars)\(/.test(readFileSync(join(folder, name), 'utf8')),
  );
  const all = asking.length > 0 ? asking : files;
  return join(folder, all[Math.floor(all.length / 2)] ?? '');
}
