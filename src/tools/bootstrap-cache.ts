/**
 * The cache folder of the heavy parts (editor, virtual environments), outside the clone so that every clone shares it.
 * A part appears under its key only when it is complete: two runs at once, or one that was aborted, do no harm.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { holdLock } from './lock-file.ts';

export type CachePart = {
  readonly name: string;
  /** Everything that the content depends on: versions, lock files, the platform. */
  readonly key: string;
  readonly root?: string;
  /** Fills the folder `directory`, which will be moved to `home` when this returns. */
  build(directory: string, home: string): Promise<void>;
};

export function cacheRoot(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'database-patterns');
}

/** The folder of a complete part, built now when it is not there yet. */
export async function cached(part: CachePart, signal?: AbortSignal): Promise<string> {
  const root = part.root ?? cacheRoot();
  const home = join(root, `${part.name}-${shortHash(part.key)}`);
  if (existsSync(home)) return home;
  await mkdir(root, { recursive: true });
  await using _lock = await holdLock(`${home}.lock`, signal);
  if (existsSync(home)) return home;
  await removeAborted(home);
  const building = `${home}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(building);
    await part.build(building, home);
    await rename(building, home);
  } finally {
    await rm(building, { recursive: true, force: true, maxRetries: 3 });
  }
  return home;
}

/** What a killed run left behind; under the lock, nobody is still building it. */
async function removeAborted(home: string): Promise<void> {
  const root = dirname(home);
  const leftovers = (await readdir(root)).filter(
    name => name.startsWith(`${basename(home)}.`) && name.endsWith('.tmp'),
  );
  for (const name of leftovers) await rm(join(root, name), { recursive: true, force: true, maxRetries: 3 });
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
