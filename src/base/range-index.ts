/** Which of many ranges hold a place: found by halving, where a look at each would cost as much as there are. */
import { contains, type TextRange } from './range.ts';

export interface RangeIndex<Item> {
  /** In the order in which they were given; ends belong to a range. */
  holding(range: TextRange): readonly Item[];
}

interface Entry<Item> {
  readonly item: Item;
  readonly range: TextRange;
  readonly index: number;
  /** The farthest end of this and all that begin before it. */
  readonly reach: number;
}

export function indexRanges<Item>(
  items: readonly Item[],
  rangeOf: (item: Item) => TextRange,
): RangeIndex<Item> {
  let reach = -1;
  const entries = items
    .map((item, index) => ({ item, index, range: rangeOf(item) }))
    .sort((one, two) => one.range.start - two.range.start)
    .map((each): Entry<Item> => {
      reach = Math.max(reach, each.range.end);
      return { ...each, reach };
    });
  return { holding: range => holding(entries, range) };
}

function holding<Item>(entries: readonly Entry<Item>[], range: TextRange): readonly Item[] {
  const found: Entry<Item>[] = [];
  for (let at = lastBeginningBefore(entries, range.start); at >= 0; at -= 1) {
    const entry = entries[at];
    if (entry === undefined || entry.reach < range.end) break;
    if (contains(entry.range, range)) found.push(entry);
  }
  return found.sort((one, two) => one.index - two.index).map(({ item }) => item);
}

function lastBeginningBefore(entries: readonly Entry<unknown>[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.range.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
