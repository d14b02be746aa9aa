/**
 * Makes sure that what this process started does not outlive it, even when it is killed without notice (SIGKILL).
 * A small program of its own (guard-main.ts) holds the other end of a pipe: when the pipe breaks, it cleans up.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** A process group by the id of its leader, or a temporary folder by its absolute path. */
export type Guarded =
  | { readonly kind: 'group'; readonly pid: number }
  | { readonly kind: 'folder'; readonly path: string };

let pipe: Writable | undefined;

/** Has the guard end or remove `guarded` should this process die; the returned function takes that back. */
export function guard(guarded: Guarded): () => void {
  pipe ??= startGuard();
  const subject = JSON.stringify(guarded);
  pipe.write(`+${subject}\n`);
  return () => pipe?.write(`-${subject}\n`);
}

function startGuard(): Writable {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guard-main.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.stdin.on('error', () => {}); // A guard that was killed must not take this process with it.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return child.stdin;
}
