/**
 * A lock between processes, as a file that its holder keeps fresh. A holder that died, or whose machine went away,
 * holds nothing any more: its process is gone, or (where process ids mean nothing) the file has gone stale.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 250;
const REFRESH_MS = 5000;
const STALE_MS = 60_000;

/** Waits until nobody else holds the lock, then holds it until disposed. */
export async function holdLock(path: string, signal?: AbortSignal): Promise<AsyncDisposable> {
  for (;;) {
    const lock = await tryLock(path);
    if (lock !== undefined) return lock;
    await delay(POLL_MS, undefined, signal ? { signal } : {});
  }
}

/** Holds the lock until disposed, or returns undefined when somebody else has it. */
export async function tryLock(path: string): Promise<AsyncDisposable | undefined> {
  if (await isHeld(path)) return undefined;
  await rm(path, { force: true });
  const claim = `${path}.${randomUUID().slice(0, 8)}`;
  await writeFile(claim, String(process.pid));
  try {
    await link(claim, path); // Unlike a write, this makes the file and its content appear in one step.
  } catch {
    return undefined;
  } finally {
    await rm(claim, { force: true });
  }
  const refresh = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, REFRESH_MS);
  refresh.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(refresh);
      await rm(path, { force: true });
    },
  };
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs < STALE_MS && isAlive(Number(await readFile(path, 'utf8')));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
