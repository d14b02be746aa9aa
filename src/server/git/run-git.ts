/** Asks git, and never lets it change or run anything: no locks, no hooks, no external programs. */
import { execFile } from 'node:child_process';

/** Null where git is not there, the folder is in no repository, or the question has no answer. */
export function askGit(folder: string, parameters: readonly string[]): Promise<string | null> {
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager'];
  const options = {
    cwd: folder,
    timeout: 5000,
    maxBuffer: 16_000_000,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
  };
  return new Promise(resolve => {
    execFile('git', [...safe, ...parameters], options, (error, output) =>
      resolve(error === null ? output : null),
    );
  });
}
