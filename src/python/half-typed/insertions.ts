/**
 * Text inserted into a source so that half-typed code parses, and the way back from offsets in the patched text to
 * offsets in the source. What was inserted has no width in the source.
 */
export interface Insertion {
  /** Where in the source. */
  readonly offset: number;
  readonly text: string;
}

/** Sorted by offset; several at one offset are applied in order. */
export type Insertions = readonly Insertion[];

export function applyInsertions(source: string, insertions: Insertions): string {
  let patched = '';
  let taken = 0;
  for (const { offset, text } of insertions) {
    patched += source.slice(taken, offset) + text;
    taken = offset;
  }
  return patched + source.slice(taken);
}

/** Offsets inside an inserted text map to the place of the insertion. */
export function createOffsetMap(insertions: Insertions): (patchedOffset: number) => number {
  if (insertions.length === 0) return offset => offset;
  const starts: number[] = [];
  const shifts: number[] = [];
  let shift = 0;
  for (const { offset, text } of insertions) {
    starts.push(offset + shift);
    shift += text.length;
    shifts.push(shift);
  }
  return patched => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= patched) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return patched;
    const insertion = insertions[low - 1];
    return Math.max(insertion?.offset ?? 0, patched - (shifts[low - 1] ?? 0));
  };
}
