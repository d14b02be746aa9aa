/** Installs packages outside the clone: for what is too large, or too seldom needed, to be a dependency. */
import { delimiter, dirname } from 'node:path';
import { run } from './command.ts';
import { SetupError, saysUnreachable } from './setup-error.ts';

/** Runs npm in the folder `cwd`. Throws with its own words where it fails. */
export async function npm(
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
  variables: NodeJS.ProcessEnv = {},
): Promise<void> {
  const script = process.env.npm_execpath;
  const command = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const env = {
    ...process.env,
    ...variables,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  };
  const quiet = ['--no-fund', '--no-audit', '--loglevel=error', '--fetch-retry-maxtimeout=10000'];
  const all = [...command.slice(1), ...args, ...quiet];
  const { code, output } = await run(command[0] ?? 'npm', all, { cwd, env, signal });
  if (code === 0) return;
  if (saysUnreachable(output)) {
    throw new SetupError('The npm registry cannot be reached: check the network, then try again.');
  }
  throw new Error(`npm ${args.join(' ')} failed with exit code ${code}.\n${output.trim()}`);
}
