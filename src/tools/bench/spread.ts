/** How long something took that was done many times. */

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

/** The first ones are for the compiler. */
const untimed = 15;

export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.slice(untimed).sort((a, b) => a - b);
  const share = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: share(0.5), p95: share(0.95) };
}
