/** Waits for a condition, and says what was waited for when it never comes. */
import { setTimeout as delay } from 'node:timers/promises';

const timeoutMs = 30_000;

/** Asks until the answer is something other than undefined, null or false. */
export async function waitFor<Value>(
  what: string,
  read: () => Value | PromiseLike<Value>,
): Promise<Exclude<Awaited<Value>, undefined | null | false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false)
      return value as Exclude<Awaited<Value>, undefined | null | false>;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await delay(20);
  }
}
