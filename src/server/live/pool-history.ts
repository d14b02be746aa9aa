/** The figures of the last hour, as long as somebody looks: what charts begin with when a panel is opened. */
import type { PoolFigures } from '../../protocol/pools.ts';

const keptMs = 3_600_000;
/** At the shortest interval an hour has more than anybody can see. */
const mostPoints = 3_600;

export class PoolHistory {
  #points: PoolFigures[] = [];

  /** A clock that was set back makes what it once said the future: that is let go. */
  add(point: PoolFigures): void {
    const last = this.#points.at(-1);
    if (last !== undefined && point.at < last.at)
      this.#points = this.#points.filter(({ at }) => at < point.at);
    this.#points.push(point);
    const first = this.#points.findIndex(({ at }) => at > point.at - keptMs);
    const excess = Math.max(first, this.#points.length - mostPoints);
    if (excess > 0) this.#points.splice(0, excess);
  }

  get points(): readonly PoolFigures[] {
    return this.#points;
  }
}
