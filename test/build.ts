/** The built `dist/`, made once for a run of tests: by the test runner, or by the first test of a file that needs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');

let built: Promise<string> | undefined;

/** The folder. With `DBPATTERNS_BUILT` set, the runner has built it already. */
export function buildOnce(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  if (process.env.DBPATTERNS_BUILT === undefined) {
    await promisify(execFile)(process.execPath, [join(root, 'src', 'tools', 'bundle.ts')]);
  }
  return join(root, 'dist');
}
