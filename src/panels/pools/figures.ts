/** The figures of the last hour, as charts want them: columns, with gaps where nobody looked. Pure. */
import type { PoolFigures } from '../../protocol/pools.ts';

const keptMs = 3_600_000;
/** Two points farther apart than this have nothing known between them. */
const gapMs = 8_000;

export type Figure = Exclude<keyof PoolFigures, 'at'>;

/** The new point behind the others, and what is older than an hour left out. */
export function withPoint(points: readonly PoolFigures[], point: PoolFigures): readonly PoolFigures[] {
  const last = points.at(-1);
  if (last !== undefined && point.at === last.at) return points;
  // A clock that was set back makes what it once said the future.
  const earlier =
    last !== undefined && point.at < last.at ? points.filter(({ at }) => at < point.at) : points;
  const first = earlier.findIndex(({ at }) => at > point.at - keptMs);
  return [...(first > 0 ? earlier.slice(first) : earlier), point];
}

/** Seconds since 1970, and the values; null between points that are too far apart. */
export function chartColumns(points: readonly PoolFigures[], figure: Figure): [number[], (number | null)[]] {
  const times: number[] = [];
  const values: (number | null)[] = [];
  let before: number | null = null;
  for (const point of points) {
    if (before !== null && point.at - before > gapMs) {
      times.push((before + 1) / 1000);
      values.push(null);
    }
    times.push(point.at / 1000);
    values.push(point[figure]);
    before = point.at;
  }
  return [times, values];
}

/** Of those that are known; null where none is. */
export function highest(points: readonly PoolFigures[], figure: Figure): number | null {
  let found: number | null = null;
  for (const point of points) {
    const value = point[figure];
    if (value !== null && (found === null || value > found)) found = value;
  }
  return found;
}
