/** The built command line, as programs call it. What it keeps goes when the tests of the file have run. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after } from 'node:test';
import { temporaryFolder } from '../src/tools/temporary-folder.ts';
import { buildOnce } from './build.ts';

export interface CommandRun {
  /** -1 where it was ended by a signal. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

interface Surroundings {
  /** In the place of the built one. */
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const cache = await temporaryFolder('cache');
after(() => cache[Symbol.asyncDispose]());

export async function runCommandLine(
  parameters: readonly string[],
  { program, cwd, env = { ...process.env, XDG_CACHE_HOME: cache.path } }: Surroundings = {},
): Promise<CommandRun> {
  const started = program ?? join(await buildOnce(), 'cli.js');
  return new Promise(resolve => {
    execFile(process.execPath, [started, ...parameters], { cwd, env }, (error, output, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output, errors });
    });
  });
}
