/**
 * Half-open ranges of text in UTF-16 offsets from the start of a file.
 * Lines and columns exist only at the edges (LSP, command line): see `line-index.ts`.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The range alone, of something that has more, such as a node of a syntax. */
export function rangeOf({ start, end }: TextRange): TextRange {
  return { start, end };
}

export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function isSameRange(one: TextRange, other: TextRange): boolean {
  return one.start === other.start && one.end === other.end;
}

/** True where an offset lies in the range or touches its end, as an editor's cursor does. */
export function touches(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Index of the first of sorted ranges that starts at the offset or behind it. */
export function firstFrom(sorted: readonly TextRange[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function sliceOf(text: string, range: TextRange): string {
  return text.slice(range.start, range.end);
}
