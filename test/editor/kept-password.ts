/** That an editor keeps no copy of the password of the database that it has looked at: not in a log, not in a state. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestResult } from './bridge-protocol.ts';

export interface Kept {
  readonly workspace: string;
  /** Whose files are searched. */
  readonly folders: readonly string[];
  /** What programs printed. */
  readonly printed: readonly string[];
}

export async function testKeptPassword({ workspace, folders, printed }: Kept): Promise<TestResult> {
  const title = ['Passwords', 'The database’s own is in no log and no state of the editor'];
  const began = performance.now();
  const result = (error?: string): TestResult => ({
    title,
    state: error === undefined ? 'passed' : 'failed',
    durationMs: performance.now() - began,
    ...(error === undefined ? {} : { error }),
  });
  const password = /:\/\/[^:]+:([^@]+)@/.exec(await readFile(join(workspace, '.env'), 'utf8'))?.[1];
  if (password === undefined) return result('The workspace’s .env holds no password to look for.');
  if (printed.some(text => text.includes(password))) return result('A program printed it.');
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && (await readFile(path)).includes(password)) return result(`It is in ${path}.`);
    }
  }
  return result();
}
